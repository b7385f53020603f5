// Passwords are literals: what a program or a form writes down, not what it refers to.
#include <catch2/catch_test_macros.hpp>

#include "tests/policy/detect/support.hpp"

namespace huxin::detect {
namespace {

using test::check;

TEST_CASE("a password that is written down is found") {
  check({{"password=Tr0ub4dor&3", "D49=Tr0ub4dor&3", "assigned"},
         {"user=a&password=Secr3tXY&x=1", "D49=Secr3tXY", "in a form's body"},
         {"登录密码：Abc@12345", "D49=Abc@12345", "Chinese label"},
         {"密码：abc123", "D49=abc123", "a weak one"},
         {"(初始密码:abc123)", "D49=abc123", "the bracket belongs to the sentence"},
         {"密码是abc123的账号", "D49=abc123", "in a sentence"},
         {"\"pwd\": \"hunter42\"", "D49=hunter42", "JSON"},
         {"\"password\" : \"123456\",", "D49=123456", "digits in quotes"},
         {"password = \"Xk9#mQ2\"", "D49=Xk9#mQ2", "a string of a program"},
         {"password: Zhang.San#2026", "D49=Zhang.San#2026", "with a dot"},
         {"String password = \"Q7!rt(9x\";", "D49=Q7!rt(9x", "Java, with a bracket"},
         {"'password' => 'Sommer2024',", "D49=Sommer2024", "PHP"},
         {"password = b'zx81spectrum'", "D49=zx81spectrum", "bytes of Python"},
         {"DB_PASSWORD=admin_2024", "D49=admin_2024", "an environment file"},
         {"spring.datasource.password=Root#2024", "D49=Root#2024", "properties"},
         {"Server=db;User Id=sa;Password=hunter42;", "D49=hunter42", "a connection string"},
         {"connect(host, password=hunter42)", "D49=hunter42", "the bracket is the call's"},
         {"<password>Qx7mKpLw</password>", "D49=Qx7mKpLw", "an element of XML"},
         {"password: \"P@ssword\"", "D49=P@ssword", "a sign within a word"},
         {"passwd: 20240917", "D49=20240917", "digits alone"},
         {"password: Abc12345 (valid for 3 days)", "D49=Abc12345", "a note behind it"},
         {"您的登录密码已重置为 Admin_954 ，请尽快修改", "D49=Admin_954", "what it was made"},
         {"密码更新为SHA256加密存储", "", "how it is kept"},
         {"curl -d \"username=li9Hua&password=Huaxia#0714x\" http://h/login",
          "D53=li9Hua D49=Huaxia#0714x", "the quote opened before its label"}});
}

TEST_CASE("behind a label in Han nothing needs to assign what is hardly anything but a password") {
  check({{"数据库密码 D8Dkye6GbDtD", "D49=D8Dkye6GbDtD", "a space"},
         {"口令 `Zxcv_1045!`", "D49=Zxcv_1045!", "Markdown"},
         {"密码 abc123", "", "too short to be sure"},
         {"密码SHA256withRSA加密", "", "a method"},
         {"登录密码 PBKDF2 存储", "", "another"},
         {"密码 6-20位字母和数字", "", "what it may be"},
         {"密码 username2", "", "a name"},
         {"用户修改密码 2024-05-06T10:11:12.345Z", "", "when it was changed"},
         {"重置密码 zhangsan88 成功", "", "whose it was"},
         {"弱密码 CVE-2023-12345 漏洞", "", "a fault"},
         {"密码：****ab12", "", "masked"},
         {"输入口令 root@tjener01:~# ls", "", "a prompt"},
         {"重置密码 li2026@bank.com.cn", "D31=li2026@bank.com.cn", "an address"},
         {"交易密码 12345678", "", "a number of anything"},
         {"database password D8Dkye6GbDtD", "", "programs speak so"}});
}

TEST_CASE("a column of passwords is read where spaces line it up, and not among arguments") {
  CHECK(test::found("用户登录名    登录密码            手机号\n"
                    "yan1064       P@ssw0rd547         13800138000\n"
                    "jiaqi4143     9umj-gDNQ-e5MY      13800138001\n") ==
        "D53=yan1064 D49=P@ssw0rd547 D27=13800138000 D53=jiaqi4143 D49=9umj-gDNQ-e5MY "
        "D27=13800138001");
  CHECK(test::found("用户登录名    上次变更密码日    手机号\n"
                    "yan1064       2026-01-06        13800138000\n"
                    "jiaqi4143     2026-01-07        13800138001\n") ==
        "D53=yan1064 D27=13800138000 D53=jiaqi4143 D27=13800138001");
  CHECK(test::found("exit('密码错误'), log('密码错误')\ndefine('BASE', 125509522025990083);\n"
                    "define('NEXT', 125509522025990084);\n")
            .empty());
}

TEST_CASE("where a program keeps a password is no password") {
  check({{"PASSWORD = os.environ[\"PASSWORD\"]", "", "a subscript"},
         {"password = os.environ['DB_PASSWORD_2']", "", "single quotes"},
         {"password = os.getenv(\"PASS2024\")", "", "a call with a string"},
         {"password: ${DB_PASS}", "", "a variable of the shell"},
         {"password=$DB_PASS1", "", "without braces"},
         {"set pwd=%DB_PASS1%", "", "a variable of a batch file"},
         {"password = getpass()", "", "a call"},
         {"pwd = config.get('pwd2024')", "", "a call of a member"},
         {"password = var.db_password", "", "a variable of Terraform"},
         {"@password = password.freeze", "", "a call without brackets"},
         {"const password = form.value.password ?? ''", "", "a field"},
         {"pwd: self.pwd", "", "a member"},
         {"passwd = argv[2];", "", "an argument"},
         {"passwd = ctx->pw1;", "", "a pointer"},
         {"password = Secrets::get(3)", "", "a scope"},
         {"password = newPassword2", "", "a variable with a number"},
         {"password=password1+salt", "", "an expression"},
         {"password = token9a ? token9a : ''", "", "a condition"},
         {"password: @Password1", "", "a parameter of SQL"},
         {"password = f\"{user}_{year2024}\"", "", "an interpolated string"},
         {"password = `${prefix}2024`", "", "a template"},
         {"\"password\": \"{{ vault_db_2 }}\"", "", "a template of Ansible"},
         {"password: !vault v2", "", "a tag of YAML"},
         {"password = \"{0}\".format(x)", "", "a format"},
         {"secret: my-app-tls-v2", "", "a name of Kubernetes"},
         {"secret=/run/secrets/db2", "", "a file"}});
}

TEST_CASE("what describes a password is no password") {
  check({{"password=******", "", "masked"},
         {"\"密码\": \"******\"", "", "masked, Chinese"},
         {"密码：请输入密码", "", "a prompt"},
         {"密码：6-20位字母或数字", "", "a rule"},
         {"password: string", "", "a type"},
         {"def login(user: str, password: str) -> bool:", "", "a type of Python"},
         {"password: Optional[str] = None", "", "a generic type"},
         {"password: varchar2(64)", "", "a type of SQL"},
         {"uint8_t password[32];", "", "an array"},
         {"password: 'required|min:6|max:20'", "", "a rule of validation"},
         {"password: { type: 'string2', min: 8 }", "", "a schema"},
         {"password: 'form.login.password2'", "", "a key of translations"},
         {"\"password\": \"Passwort:\"", "", "a translation"},
         {"\"password\": \"Forgot?\"", "", "a message"},
         {"password = 'sha256'", "", "an algorithm"},
         {"password: utf8", "", "an encoding"},
         {"<input type=password name=pwd>", "", "a field of a page"},
         {"<input type=\"password\" name=\"pwd\" id=\"pwd2024\">", "", "with quotes"},
         {"<option value=password>Reset2024</option>", "", "the text behind a tag"},
         {"<label for=pwd>Kennwort12</label>", "", "a label"},
         {"password: 0x1F2E", "", "a number"},
         {"pass: 1204 fail: 3", "", "tests that pass"},
         {"password = \"<your-password-1>\"", "", "a placeholder"},
         {"password=changeme", "", "another"},
         {"忘记密码 请联系", "", "prose"}});
}

TEST_CASE("a password that opens no account is nobody's") {
  check({{"会议号：731-183-051 会议密码：482913", "", "of a meeting"},
         {"WIFI密码：bank8888", "", "of a network for guests"},
         {"解压密码：Hx2025bank", "", "of an archive"},
         {"门禁密码：2580#", "", "of a door"},
         {"Wi-Fi password: welcome2025", "", "in English"},
         {"网银密码：bank8888", "D49=bank8888", "of an account"}});
}

TEST_CASE("a plain word in a table of passwords is a command or a keyword") {
  using test::table;
  const auto summary = [](const std::vector<std::vector<std::string>>& rows) {
    return test::summary(test::inspect(table(rows)));
  };
  CHECK(
      summary({{"pwd", "显示当前目录"}, {"whoami", "显示用户名"}, {"chage", "改有效期"}}).empty());
  CHECK(summary({{"password", "files"}, {"passwd", "compat"}}).empty());
  CHECK(summary({{"user", "password"}, {"li01", "ZapNMfWffxPD"}, {"li02", "Tr0ub4dor"}}) ==
        "D49=ZapNMfWffxPD D49=Tr0ub4dor");
  CHECK(test::found("|pwd     |显示当前目录|\n|--------+------------|\n|whoami  |显示用户名  |\n")
            .empty());
}

}  // namespace
}  // namespace huxin::detect
