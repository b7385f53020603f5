"""Customers and secrets in what machines write and engineers leave behind."""
import base64
import json

from .. import numbers
from ..document import Document, Value, escape_json
from . import customers, values
from .customers import Customer, plain
from .register import personal


def stamp(d: Document) -> str:
    return f"2026-02-{d.rng.randrange(10, 28)}T{d.rng.randrange(24):02}:{d.rng.randrange(60):02}:{d.rng.randrange(60):02}.{d.rng.randrange(1000):03}+0800"


def chatter(d: Document) -> str:
    return d.rng.choice([
        f"{stamp(d)} [INFO ] [tid:{d.rng.getrandbits(64):x}] c.j.b.gw.RouteFilter - svc=ECIF0012 cost={d.rng.randrange(900)} seq={numbers.digits(d.rng, 20)}",
        f"{stamp(d)} [DEBUG] [redis-{d.rng.randrange(8)}] GET limit:{numbers.digits(d.rng, 8)} -> {d.rng.randrange(10**6)}",
        f"{stamp(d)} [WARN ] [mq] consumer lag {numbers.digits(d.rng, 5)} at offset {numbers.number(d.rng, 12)}"])


@personal("log-requests")
def requests(d: Document) -> None:
    d.extension = "log"
    for _ in range(d.rng.randrange(2, 10)):
        c = Customer(d)
        d.line(chatter(d))
        d.line(stamp(d), " [INFO ] ECIF >>> {\"custNm\":\"", c["name"], "\",\"idTp\":\"110\",\"idNo\":\"", c["id"], "\",\"mblNo\":\"",
               plain(c["mobile"]), "\",\"seqNo\":\"", numbers.number(d.rng, 20), "\"}")


@personal("log-pairs")
def pairs(d: Document) -> None:
    d.extension = "log"
    for _ in range(d.rng.randrange(2, 10)):
        c = Customer(d)
        d.line(chatter(d))
        d.line(f"{stamp(d)} event=transfer payer_acct=", plain(c["debit"]), " payer_name=", c["name"],
               f" amt={d.rng.randrange(10**6)} ccy=CNY device_mac=", c["mac"], " client_ip=", c["ip"], " rc=00")


@personal("log-login-audit")
def login_audit(d: Document) -> None:
    d.extension = "log"
    for _ in range(d.rng.randrange(3, 12)):
        c = Customer(d)
        d.line(stamp(d), " 登录名=", c["login"], " 手机号=", plain(c["mobile"]), " 登录IP=", c["ip"], " IMEI=", c["imei"], " 结果=",
               d.rng.choice(["成功", "密码错误", "锁定"]))


@personal("log-query-strings")
def query_strings(d: Document) -> None:
    d.extension = "log"
    for _ in range(d.rng.randrange(3, 12)):
        c = Customer(d)
        d.line(numbers.private_address(d.rng),
               f' - - [09/Feb/2026:1{d.rng.randrange(10)}:{d.rng.randrange(60):02}:02 +0800] "POST /api/v3/bind?cardNo=', plain(c["debit"]), "&phone=", plain(c["mobile"]), f'&_={1_770_600_000_000 + d.rng.randrange(10**8)} HTTP/1.1" 200 {d.rng.randrange(9000)}')


@personal("log-objects")
def objects(d: Document) -> None:
    d.extension = "log"
    for _ in range(d.rng.randrange(2, 8)):
        c = Customer(d)
        d.line(chatter(d))
        d.line(stamp(d), " [ERROR] save failed: PartyDTO[partyId=", numbers.digits(d.rng, 10), ", customer_name=", c["name"], ", certNo=",
               c["id"], ", email=", c["email"], ", addr=", c["address"], "]")
        d.line("\tat com.jnbank.ecif.PartyService.save(PartyService.java:214)")


@personal("log-hsm")
def hsm(d: Document) -> None:
    d.extension = "log"
    for _ in range(d.rng.randrange(2, 8)):
        c = Customer(d)
        d.line(stamp(d), " HSM cmd=CA key=ZPK.", numbers.digits(d.rng, 3), " pinBlock=", c["pin_block"], " pan=", plain(c["debit"]),
               " rc=0")


@personal("log-tracks")
def tracks(d: Document) -> None:
    d.extension = "txt"
    d.line("POS simulator replay, ISO 8583 field 35/45/36")
    for _ in range(d.rng.randrange(1, 5)):
        c = Customer(d)
        month, year = numbers.expiry(d.rng)
        pan = c["credit"].text if d.rng.random() < 0.4 else c["debit"].text
        name = c["latin"].text.upper().replace(" ", "/")
        d.line("F45 ", c.value("D42", f"%B{pan}^{name}^{year}{month}220{numbers.digits(d.rng, 11)}?"))
        d.line("F35 ", c.value("D43", f";{pan}={year}{month}220{numbers.digits(d.rng, 9)}?"))
        d.line("F36 ", c.value("D44", f";99{c['debit'].text}=1561560500000{numbers.digits(d.rng, 18)}000000=00000000?"))


@personal("log-payment-test")
def payment_test(d: Document) -> None:
    c = Customer(d)
    d.line("联调记录：快捷支付签约").line("银行卡号：", c["debit"]).line("户名：", c["name"]).line("证件号码：", c["id"]).line("预留手机号：", c["mobile"])
    d.line("短信验证码：", c["otp"]).line("支付标记：", c["token"]).line("交易密码：", c["pin"]).line("返回码 0000，订单号 ", numbers.number(d.rng, 20))


@personal("dump-escaped", 2)
def escaped(d: Document) -> None:
    """JSON whose Chinese is written as escapes."""
    d.extension, d.escape, d.encoding = "json", lambda text: json.dumps(text)[1:-1], "utf-8"
    d.add("[")
    for index in range(d.rng.randrange(1, 9)):
        c = Customer(d)
        d.add(", " if index else "", '{"id": ', str(d.rng.randrange(10**6)), ', "customerName": "', c["name"], '", "mobile": "',
              plain(c["mobile"]), '", "identityNo": "', c["id"], '"}')
    d.line("]")


@personal("dump-nested-person")
def nested_person(d: Document) -> None:
    d.extension, d.escape, d.encoding = "json", escape_json, "utf-8"
    c, spouse = Customer(d), Customer(d)
    d.line('{"application": {"no": "', numbers.number(d.rng, 18), '", "applicant": {')
    d.line('   "fullName": "', c["name"], '", "certificate": {"type": "ID", "number": "', c["id"], '"},')
    d.line('   "contact": {"mobile": "', plain(c["mobile"]), '", "email": "', c["email"], '", "homeAddress": "', c["address"], '"},')
    d.line('   "spouse": {"fullName": "', spouse["name"], '", "certificate": {"type": "ID", "number": "', spouse["id"], '"}},')
    d.line('   "repayAccount": {"cardNo": "', plain(c["debit"]), '"}}}}')


@personal("dump-biometrics")
def biometrics(d: Document) -> None:
    c = Customer(d)
    body = base64.b64encode(d.rng.randbytes(d.rng.randrange(900, 2000))).decode()
    d.extension, d.encoding = "json", "utf-8"
    d.line('{"userName": "', c["name"], '", "certNo": "', c["id"], '", "',
           d.rng.choice(["faceFeature", "face_template", "fingerprint", "voiceprintTemplate"]), '": "', c.value("D50", body), '"}')


@personal("dump-biometric-rows")
def biometric_rows(d: Document) -> None:
    d.extension, d.encoding = "csv", "utf-8"
    d.line("login_name,cert_no,fingerprint_template")
    for _ in range(d.rng.randrange(1, 4)):
        c = Customer(d)
        d.line(c["login"], ",", c["id"], ",", c.value("D50", base64.b64encode(d.rng.randbytes(d.rng.randrange(800, 1300))).decode()))


@personal("dump-passport-zones")
def zones(d: Document) -> None:
    d.line(d.rng.choice(["护照阅读器输出", "MRZ scan results"]))
    for _ in range(d.rng.randrange(1, 4)):
        c = Customer(d)
        d.line(c["zone"]).add("\n")


@personal("dump-locations")
def locations(d: Document) -> None:
    c = Customer(d)
    d.line("外勤催收轨迹核查，客户手机号：", c["mobile"])
    head = d.rng.random() < 0.5
    if head:
        d.line("时间\t经度\t纬度")
    for hour in range(9, 9 + d.rng.randrange(3, 9)):
        x, y = c.value("D81", f"{d.rng.uniform(104, 120):.5f}"), c.value("D81", f"{d.rng.uniform(24, 38):.5f}")
        d.line(f"{hour:02}:20\t", x, "\t", y) if head else d.line(f"{hour:02}:20 经纬度 (", x, ", ", y, ")")


@personal("code-fixture")
def fixture(d: Document) -> None:
    """Real customers that somebody pasted into a test."""
    c, other = Customer(d), Customer(d)
    d.extension, d.encoding = "go", "utf-8"
    d.line("var parties = []Party{")
    for person in (c, other):
        d.line('\t{Name: "', person["name"], '", CertNo: "', person["id"], '", Mobile: "', plain(person["mobile"]), '", Card: "',
               plain(person["debit"]), '"},')
    d.line("}").line("const wantVersion = 1770612345678")


@personal("code-sql-check")
def sql_check(d: Document) -> None:
    d.extension = "sql"
    for _ in range(d.rng.randrange(1, 6)):
        c = Customer(d)
        d.line("-- 投诉核查 ", c["name"]).line("select * from t_party where cert_no = '", c["id"], "' or mobile = '", plain(c["mobile"]), "';")
        d.line("delete from t_tmp where seq = ", numbers.number(d.rng, 16), ";")


SECRETS = {  # where a real secret stands, by the file's extension; @ is the secret
    "py": ("import cx_Oracle", 'DSN = "core-db:1521/ecif"', 'PASSWORD = "@"', 'conn = cx_Oracle.connect("etl", PASSWORD, DSN)'),
    "yml": ("datasource:", "  username: crm_ro", "  password: @", "  maxPoolSize: 20"),
    "properties": ("jdbc.user=batch", "jdbc.password=@", "jdbc.timeout=30000"),
    "env": ("APP_ENV=prod", "DB_PASSWORD=@", "TZ=Asia/Shanghai"),
    "sh": ("#!/bin/sh", "export MYSQL_PWD='@'", "mysqldump -u backup ecif > /data/ecif.sql"),
    "ps1": ('$password = "@"', "$sec = ConvertTo-SecureString $password -AsPlainText -Force"),
    "xml": ('<bean id="ds">', '  <property name="password" value="@"/>', "</bean>"),
    "java": ("class Db {", '  private static final String PASSWORD = "@";', "}"),
    "ini": ("[ftp]", "host=10.8.3.21", "user=trans", "password=@"),
    "txt": ("堡垒机 10.6.0.8", "用户 root", "密码：@", "每季度更换"),
    "md": ("## 测试环境", "- 管理端登录密码: @", "- 数据库端口 3306"),
    "cs": ('var cs = "Server=10.1.2.3;User Id=sa;Password=@;";',),
}


def secret(extension: str, lines: tuple[str, ...]) -> None:
    @personal(f"secret-{extension}", 1)
    def write(d: Document) -> None:
        d.extension = extension
        for line in lines:
            before, _, behind = line.partition("@")
            d.line(before, *([Value("D49", values.password(d.rng)), behind] if "@" in line else []))


for extension, lines in SECRETS.items():
    secret(extension, lines)


def private_key(d: Document) -> Value:
    name = d.rng.choice(["PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY", "OPENSSH PRIVATE KEY", "ENCRYPTED PRIVATE KEY"])
    body = base64.b64encode(d.rng.randbytes(d.rng.choice([121, 610, 1190]))).decode()
    return Value("D83", f"-----BEGIN {name}-----\n" + "\n".join(body[i:i + 64] for i in range(0, len(body),
            64)) + f"\n-----END {name}-----")


@personal("secret-key-file")
def key_file(d: Document) -> None:
    d.extension = "key"
    d.line(private_key(d))


@personal("secret-key-in-settings")
def key_in_settings(d: Document) -> None:
    d.extension = "yaml"
    d.line("tls:").line("  cert: /etc/ssl/gw.crt").line("key: |").line(private_key(d)).line("port: 8443")


@personal("secret-key-of-commerce")
def sm2_key(d: Document) -> None:
    """A key of the SM2 algorithm, which programs keep as 32 bytes in hexadecimal."""
    d.extension = "properties"
    d.line("sign.alg=SM2").line("sm2.publicKey=04", f"{d.rng.getrandbits(512):0128X}")
    d.line("sm2.privateKey=", Value("D83", f"{d.rng.getrandbits(256):064X}"))


@personal("log-corrections", 2)
def household(d: Document) -> None:
    """Words about a household and its papers, one after another in a log of corrections."""
    for _ in range(d.rng.randrange(2, 6)):
        c = Customer(d)
        d.line("补录 ", c["name"], "：户口本号", c["household"], "，社保卡号码", c["social"], "，公积金账号", c["fund"], "，医保卡号", c["medical"], "，驾驶证档案编号",
               c["driving"])
