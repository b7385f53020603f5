"""Source code without customers: it speaks of names, passwords and accounts all the time."""
from .. import numbers
from ..document import Document
from ..registry import quiet


def code(name: str, extension: str, *lines: str, of: str = "") -> None:
    """A template of one language: its lines in blocks, numbers drawn into them."""
    @quiet(name, of)
    def write(d: Document) -> None:
        d.extension = extension
        for _ in range(d.rng.randrange(2, 6)):
            for line in lines:
                while "@" in line and any(f"@{n}@" in line for n in (4, 8, 11, 13, 16, 18, 19)):
                    for n in (4, 8, 11, 13, 16, 18, 19):
                        line = line.replace(f"@{n}@", numbers.number(d.rng, n), 1)
                d.line(line)
            d.add("\n")


code("code-java", "java", "public final class OrderService {", "  private static final long serialVersionUID = @19@L;", "  private static final long EPOCH = 1288834974657L;",
     "  private String customerName;", "  public void setPassword(String password) { this.password = encoder.encode(password); }", "  String name = request.getParameter(\"name\");",
     "  long orderId = @18@L;", "  @Test void rejectsUnknown() { assertThrows(IllegalArgumentException.class, () -> service.find(\"1234567890123\")); }", "}")
code("code-python", "py", "import os", "PASSWORD = os.environ['DB_PASSWORD']", "def check_card(number: str) -> bool:", "    \"\"\"Validate an account number with the Luhn check.\"\"\"",
     "    return sum(map(int, number)) % 10 == 0", "ORDER_IDS = [@16@, @16@, @18@]", "SEED = @13@", "password = getpass.getpass('Password: ')", "assert total == @11@")
code("code-cpp", "cpp", "#include <cstdint>", "namespace bank {", "constexpr std::uint64_t kPrime = @18@ULL;", "constexpr std::int64_t kEpochMillis = @13@;", "// 客户姓名不得写入日志", "struct Customer { std::string name; std::string id_no; };",
     "static_assert(kPrime % @8@ != 0);", "}  // namespace bank")
code("code-javascript", "js", "const MAX_SAFE = 9007199254740991;", "const password = document.getElementById('password').value;", "fetch(`/api/order/${id}?t=@13@`);", "export const version = '2.@4@.0';", "const phone = /^1[3-9]\\d{9}$/;",
     "const id = '@18@';", "if (name === 'undefined') throw new Error('姓名不能为空');")
code("code-go", "go", "package main", "const maxID = @18@", "type Account struct {", "\tName     string `json:\"name\"`", "\tPassword string `json:\"password\"`", "}", "var epoch int64 = @13@", "func main() { fmt.Println(\"账号校验完成\", @11@) }")
code("code-sql-schema", "sql", "CREATE TABLE t_customer (", "  id BIGINT(20) NOT NULL COMMENT '主键',", "  name VARCHAR(64) COMMENT '客户姓名',", "  id_card CHAR(18) COMMENT '身份证号',", "  mobile VARCHAR(11) COMMENT '手机号码',",
     "  password VARCHAR(64) NOT NULL DEFAULT '' COMMENT '登录密码',", "  address VARCHAR(255) COMMENT '家庭住址'", ") ENGINE=InnoDB AUTO_INCREMENT=@16@ DEFAULT CHARSET=utf8mb4;")
code("code-sql-query", "sql", "SELECT name, mobile, id_card FROM t_customer WHERE created_at > '2026-02-11 00:00:00' AND order_no = '@18@';", "UPDATE t_order SET status = 2 WHERE id IN (@16@, @16@, @19@);", "-- 核对账号余额差异 @8@")
code("code-shell", "sh", "#!/bin/bash", "set -euo pipefail", "export PGPASSWORD=\"$DB_PASSWORD\"", "curl -u \"$USER:$PASSWORD\" https://gateway.bank.internal/v1/orders/@16@", "tar czf backup-20260211.tar.gz /data/@11@", "echo 'password reset done'")
code("code-vue", "vue", "<template>", "  <el-form-item label=\"手机号\" prop=\"mobile\"><el-input v-model=\"form.mobile\" placeholder=\"请输入手机号码\" /></el-form-item>", "  <el-form-item label=\"姓名\"><el-input v-model=\"form.name\" maxlength=\"32\" /></el-form-item>",
     "  <el-input type=\"password\" placeholder=\"请输入密码\" show-password />", "</template>", "<!-- build @13@ -->")
code("code-css", "css", ".card-number { width: @4@px; letter-spacing: .123456789em; }", ".password-input::placeholder { color: #13800138; }", "@media (min-width: 1366px) { .name { margin: 0.@16@rem } }")
code("code-rust", "rs", "pub const MAGIC: u64 = @18@;", "#[derive(Debug)] pub struct Account { pub name: String, pub card_no: String }", "fn luhn(s: &str) -> bool { s.bytes().rev().enumerate().fold(0, step) % 10 == 0 }", "let password = env::var(\"PASSWORD\")?;", "assert_eq!(hash(b\"a\"), @19@);")
code("code-excel-formulas", "txt", "=IF(LEN(A2)=18,MID(A2,7,8),\"证件号码错误\")", "=VLOOKUP(B2,客户表!A:D,4,FALSE)", "=TEXT(@11@,\"0\")", "=SUM(C2:C@4@)", "=\"订单\"&@16@")
code("code-regexes", "txt", "^[1-9]\\d{5}(18|19|20)\\d{2}((0[1-9])|(1[0-2]))\\d{3}[0-9Xx]$  身份证号", "^62\\d{14,17}$  银行卡号", "^1[3-9]\\d{9}$  手机号", "^[\\w.-]+@[\\w-]+\\.[a-z]{2,}$  邮箱", "测试数据 1234567890123 / 11111111111 / 000000000000000000")
code("code-protobuf", "proto", "message Customer {", "  string name = 1;        // 姓名", "  string id_number = 2;   // 身份证号码", "  string mobile = 3;      // 手机号码", "  int64 version = 4;      // 如 @13@", "}")
code("code-ini", "ini", "[login]", "username =", "password =", "password_policy = strong", "max_retry = 5", "[node]", "id = @18@", "started = @13@")
code("code-html-page", "html", "<html><body><form>", "<label>姓名</label><input name=\"name\" maxlength=\"32\">", "<label>密码</label><input type=\"password\" name=\"password\">", "<input type=\"hidden\" name=\"csrf\" value=\"@16@\">", "</form></body></html>")
code("code-latex", "tex", "\\section{客户信息保护}", "\\label{sec:name}", "表~\\ref{tab:id} 给出账号长度分布，样本量为 $@8@$。", "\\cite{knuth1997art}", "$\\pi \\approx 3.141592653589793$")
code("code-assembly", "s", "mov rax, @18@", "imul rdx, rax, @8@", ".quad @19@", ".string \"password\"")
