"""Code and configuration that speaks of passwords and keys and holds none."""
from ..registry import quiet
from .quiet_code import code

code("secretless-spring", "yml", "spring:", "  datasource:", "    username: ${DB_USER}", "    password: ${DB_PASSWORD:}", "  redis:", "    password: ENC(@16@)", "jwt:", "  secret-ref: vault:secret/data/core#jwt", "  expiration: @8@")
code("secretless-compose", "yml", "services:", "  db:", "    environment:", "      MYSQL_ROOT_PASSWORD_FILE: /run/secrets/db_root", "      MYSQL_PASSWORD: \"$MYSQL_PASSWORD\"", "    ports: [\"3306:3306\"]")
code("secretless-typescript", "ts", "interface Credentials { username: string; password: string }", "const password = form.value.password ?? '';", "if (!password || password.length < 8) return t('login.password.tooShort');", "await api.post('/login', { username, password });", "type PasswordField = 'password' | 'confirmPassword';")
code("secretless-csharp", "cs", "public string Password { get; set; }", "var password = Configuration[\"Db:Password\"];", "builder.Password = secrets.GetSecret(\"core-db\").Value;", "throw new ArgumentException(\"密码不能为空\", nameof(password));", "private const long Epoch = @13@L;")
code("secretless-php", "php", "<?php", "$password = $_POST['password'];", "if (!password_verify($password, $row['password_hash'])) { exit('密码错误'); }", "define('ORDER_BASE', @18@);")
code("secretless-terraform", "tf", "resource \"db_instance\" \"core\" {", "  password = var.db_password", "  username = var.db_username", "  port     = 3306", "}")
code("secretless-form-rules", "js", "const rules = {", "  password: [{ required: true, message: '请输入密码', trigger: 'blur' }],", "  mobile: [{ pattern: /^1\\d{10}$/, message: '手机号格式不正确' }],", "  name: [{ max: 32, message: '姓名过长' }],", "};")
code("secretless-i18n", "json", "{\"login\": {\"username\": \"用户名\", \"password\": \"密码\", \"forgot\": \"忘记密码\", \"captcha\": \"验证码\"}, \"build\": \"@13@\"}")


def sentences(name: str, *lines: str) -> None:
    """A template of sentences, one a line."""
    @quiet(name)
    def write(d) -> None:
        for line in d.rng.sample(lines, len(lines)):
            d.line(line)


sentences("secretless-guide", "密码长度应为8至16位，须包含大小写字母和数字。", "首次登录请修改初始密码，新密码不得与旧密码相同。", "忘记密码：请携带本人有效身份证件到任一网点办理。",
          "验证码已发送至您的手机，有效期5分钟。", "密码输入错误6次，账户将被锁定。", "请勿将密码、验证码告知任何人，包括银行工作人员。")
sentences("secretless-tickets", "工单：用户反映网银登录密码输入后无反应，已清除缓存解决。", "密码控件版本 3.1.2 与浏览器不兼容。", "重置密码短信未收到，运营商拦截。", "管理员口令到期提醒已发送。", "用户名大小写不敏感。")


def twins(family: str, **languages: tuple) -> None:
    """Templates of one family, which take turns between the halves."""
    for extension, lines in languages.items():
        code(f"{family}-{extension}", extension, *lines, of=family)


twins("references", rb=("class Session", "  def initialize(password:)", "    @password = password.freeze", "  end", "  password = ENV.fetch('CORE_DB_PASSWORD')", "  SALT_LENGTH = @4@", "end"),
      kt=("data class Login(val username: String, val password: String)", "val password = intent.getStringExtra(\"password\") ?: return", "val pin = binding.pinInput.text.toString()", "const val EPOCH = @13@L"),
      lua=("local password = os.getenv('REDIS_PASSWORD')", "if password == nil then error('no password') end", "local id = '@18@'"),
      swift=("let password = passwordField.text ?? \"\"", "guard password.count >= 8 else { return showError(.weakPassword) }", "let order = Order(id: \"@16@\")"))
twins("settings", toml=("[database]", "user = \"core\"", "password = \"${env:DB_PASSWORD}\"", "max_age = @11@"), conf=("requirepass <password>", "masterauth <master-password>", "# password: see vault", "id @18@"),
      env=("DB_PASSWORD=", "REDIS_PASSWORD=$REDIS_PASSWORD", "BUILD_ID=@16@"), xml=("<property name=\"password\" value=\"${jdbc.password}\"/>", "<entry key=\"password.label\">密码</entry>", "<version>@13@</version>"))
