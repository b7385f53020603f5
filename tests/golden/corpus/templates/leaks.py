"""Customer data and secrets where nobody put them on purpose: logs, code, dumps, configurations."""
import base64

from .. import numbers, people, words
from ..document import Document, Value
from ..registry import personal


def stamp(d: Document) -> str:
    return f"2026-02-11 {d.rng.randrange(24):02}:{d.rng.randrange(60):02}:{d.rng.randrange(60):02}.{d.rng.randrange(1000):03}"


def noise(d: Document) -> str:
    rng = d.rng
    return rng.choice([
        f"{stamp(d)} INFO  [pay-{rng.randrange(9)}] order={numbers.number(rng, 19)} amount={rng.randrange(9999)}.00 status=OK",
        f"{stamp(d)} DEBUG c.b.core.Dispatcher - trace={numbers.digits(rng, 16)} cost={rng.randrange(400)}ms",
        f"{stamp(d)} WARN  retry seq={numbers.digits(rng, 11)} node={numbers.private_address(rng)}:8080"])


@personal("leak-log-json", "log")
def log_json(d: Document) -> None:
    d.extension = "log"
    for _ in range(d.rng.randrange(3, 12)):
        p = people.Person(d)
        d.line(noise(d)).line(stamp(d), ' INFO request body={"name":"', p.name, '","certNo":"', p.id, '","mobile":"', p.mobile, '","orderNo":"', numbers.number(d.rng, 18), '"}')


@personal("leak-log-keys", "log")
def log_keys(d: Document) -> None:
    d.extension = "log"
    for _ in range(d.rng.randrange(3, 12)):
        p = people.Person(d)
        d.line(noise(d)).line(stamp(d), " INFO bindCard cardNo=", p.card, "&phone=", p.mobile, "&txnId=", numbers.number(d.rng, 16))


@personal("leak-log-objects", "log-objects")
def log_objects(d: Document) -> None:
    d.extension = "log"
    for _ in range(d.rng.randrange(2, 8)):
        p = people.Person(d)
        d.line(noise(d)).line(stamp(d), " DEBUG Customer(id=", str(d.rng.randrange(10**6)), ", custName=", p.name, ", idCard=", p.id, ", email=", p.email, ")")


@personal("leak-log-access", "log-objects")
def log_access(d: Document) -> None:
    d.extension = "log"
    for _ in range(d.rng.randrange(3, 10)):
        p = people.Person(d)
        d.line(numbers.private_address(d.rng), ' - - [11/Feb/2026:10:00:01 +0800] "GET /api/user?mobile=', p.mobile, "&ts=17707", numbers.digits(d.rng, 8), ' HTTP/1.1" 200 512')


@personal("leak-log-login", "login")
def log_login(d: Document) -> None:
    d.extension = "log"
    for _ in range(d.rng.randrange(2, 8)):
        p = people.Person(d)
        d.line(stamp(d), " 登录成功 用户名：", p.of("D53"), " 手机号：", p.mobile, " 登录IP：", p.of("D79"), " 设备MAC：", p.of("D80"))


@personal("leak-device-report", "login")
def device_report(d: Document) -> None:
    for _ in range(d.rng.randrange(1, 6)):
        p = people.Person(d)
        d.line("手机号码：", p.mobile, " IMEI：", p.of("D77"), " 登录IP：", p.of("D79"), " MAC地址：", p.of("D80"))


@personal("leak-sim-register", "sim")
def sim_register(d: Document) -> None:
    for _ in range(d.rng.randrange(1, 6)):
        p = people.Person(d)
        sim = p.of("D78")
        d.line("ICCID：" if sim.text.startswith("8986") else "IMSI：", sim, " 物联网卡号：", p.of("D28"), " 手机IMEI：", p.of("D77"))


@personal("leak-terminal-cards", "sim")
def terminal_cards(d: Document) -> None:
    for _ in range(d.rng.randrange(1, 6)):
        d.line("终端ICCID: ", Value("D78", numbers.sim_card(d.rng)), "，物联网号: ", people.unowned(d, "D28"))


@personal("leak-locations", "location")
def locations(d: Document) -> None:
    p = people.Person(d)
    d.line("客户手机号：", p.mobile, " 经纬度轨迹")
    for _ in range(d.rng.randrange(3, 8)):
        d.line("经度：", p.value("D81", f"{d.rng.uniform(103, 121):.6f}"), " 纬度：", p.value("D81", f"{d.rng.uniform(23, 39):.6f}"))


@personal("leak-positions", "location")
def positions(d: Document) -> None:
    p = people.Person(d)
    d.line("mobile,longitude,latitude")
    for _ in range(d.rng.randrange(3, 8)):
        d.line(p.mobile, ", ", p.value("D81", f"{d.rng.uniform(103, 121):.6f}"), ",", p.value("D81", f"{d.rng.uniform(23, 39):.6f}"))


@personal("leak-configuration", "secret")
def configuration(d: Document) -> None:
    d.extension, secret = "properties", people.secret(d.rng)
    d.line("server.port=8080").line("spring.datasource.url=jdbc:mysql://", numbers.private_address(d.rng), ":3306/core").line("spring.datasource.username=core_app")
    d.line("spring.datasource.password=", Value("D49", secret)).line("session.timeout=1800000").line("app.id=", numbers.number(d.rng, 18))


@personal("leak-password-note", "password")
def password_note(d: Document) -> None:
    for system in d.rng.sample(["核心系统", "信贷系统", "办公邮箱", "堡垒机"], 3):
        d.line(system, " 用户名：", Value("D53", d.rng.choice(words.sections("pinyin")["given"]).lower() + numbers.digits(d.rng, 3)), " 密码：", Value("D49", people.secret(d.rng)))


@personal("leak-python-secret", "secret")
def python_secret(d: Document) -> None:
    d.extension = "py"
    d.line("import pymysql").add("\n").line("conn = pymysql.connect(host='", numbers.private_address(d.rng), "', user='etl',")
    d.line("                       password='", Value("D49", people.secret(d.rng)), "', db='crm')").line("BATCH = 1234567890123")


@personal("leak-yaml-secret", "password")
def yaml_secret(d: Document) -> None:
    d.extension = "yml"
    d.line("redis:").line("  host: ", numbers.private_address(d.rng)).line("  password: ", Value("D49", people.secret(d.rng))).line("  timeout: 3000")


def key_text(d: Document, name: str) -> str:
    body = base64.b64encode(bytes(d.rng.randrange(256) for _ in range(d.rng.choice([118, 600])))).decode()
    lines = "\n".join(body[i:i + 64] for i in range(0, len(body), 64))
    return f"-----BEGIN {name}-----\n{lines}\n-----END {name}-----"


@personal("leak-private-key", "key")
def private_key(d: Document) -> None:
    d.extension = "pem"
    d.line(Value("D83", key_text(d, d.rng.choice(["PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY"]))))


@personal("leak-private-key-in-code", "key")
def private_key_in_code(d: Document) -> None:
    d.extension = "py"
    d.line('SIGNING_KEY = """', Value("D83", key_text(d, "RSA PRIVATE KEY")), '"""').line("TIMEOUT_MS = 30000")


def tracks(d: Document, both: bool) -> None:
    for _ in range(d.rng.randrange(1, 6)):
        p = people.Person(d)
        month, year = numbers.expiry(d.rng)
        card = numbers.international_card(d.rng) if d.rng.random() < 0.5 else numbers.unionpay_card(d.rng)
        if both:
            d.line(p.value("D42", f"%B{card}^{p.latin_name.text.upper().replace(' ', '/')}^{year}{month}201{numbers.digits(d.rng, 12)}?"))
        d.line(p.value("D43", f";{card}={year}{month}201{numbers.digits(d.rng, 8)}?"))


@personal("leak-tracks", "tracks")
def leak_tracks(d: Document) -> None:
    tracks(d, True)


@personal("leak-track-three", "track-two")
def leak_track_three(d: Document) -> None:
    p = people.Person(d)
    tracks(d, False)
    d.line(p.value("D44", f";99{numbers.unionpay_card(d.rng)}=1561560500050{numbers.digits(d.rng, 20)}000000000=0?"))


@personal("leak-track-two", "track-two")
def leak_track_two(d: Document) -> None:
    d.line("POS swipe dump 2026-02-11")
    tracks(d, d.rng.random() < 0.3)


@personal("leak-track-log", "tracks")
def leak_track_log(d: Document) -> None:
    d.line(stamp(d), " TRACK dump follows")
    tracks(d, True)
    p = people.Person(d)
    d.line(p.value("D44", f";99{numbers.unionpay_card(d.rng)}=1561560500050{numbers.digits(d.rng, 20)}000000000=0?"))


@personal("leak-pin-block", "payment")
def pin_block(d: Document) -> None:
    for _ in range(d.rng.randrange(1, 5)):
        p = people.Person(d)
        d.line(stamp(d), " HSM translate PINBLOCK=", p.of("D48"), " pan=", p.card, " seq=", numbers.digits(d.rng, 6))


@personal("leak-payment-request", "payment")
def payment_request(d: Document) -> None:
    p = people.Person(d)
    d.line("pinblock: ", p.of("D48")).line("支付密码：", p.of("D47")).line("卡号：", p.card).line("支付标记：", p.of("D63"))


@personal("leak-tokens", "payment")
def tokens(d: Document) -> None:
    for _ in range(d.rng.randrange(1, 6)):
        p = people.Person(d)
        d.line("支付token：", p.of("D63"), " 手机号：", p.mobile, " 交易密码：", p.of("D47"))


@personal("leak-security-questions", "security")
def security_questions(d: Document) -> None:
    for _ in range(d.rng.randrange(1, 4)):
        p = people.Person(d)
        d.line("用户名：", p.of("D53"), " 密保答案：", p.of("D52"), " 手机号：", p.mobile)


@personal("leak-security-answer", "security")
def security_answer(d: Document) -> None:
    p = people.Person(d)
    d.line("客户姓名：", p.name).line("登录名：", p.of("D53")).line("密保问题答案：", p.of("D52")).line("查询密码：", p.of("D49"))


def biometrics(d: Document, key: str) -> None:
    p = people.Person(d)
    body = base64.b64encode(bytes(d.rng.randrange(256) for _ in range(d.rng.randrange(800, 1600)))).decode()
    d.extension = "json"
    d.line('{"certNo":"', p.id, f'","{key}":"', p.value("D50", body), '"}')


@personal("leak-face-feature", "biometrics")
def face_feature(d: Document) -> None:
    biometrics(d, "faceFeature")


@personal("leak-fingerprint", "biometrics")
def fingerprint(d: Document) -> None:
    biometrics(d, "fingerprintTemplate")


@personal("leak-passport-scan", "zone")
def passport_scan(d: Document) -> None:
    p = people.Person(d)
    surname, given = p.latin_name.text.split()[:2]
    d.line("OCR result").line(p.value("D08", numbers.machine_readable_zone(d.rng, surname, given, p.birth)))


@personal("leak-passport-zones", "zone")
def passport_zones(d: Document) -> None:
    for _ in range(d.rng.randrange(1, 5)):
        p = people.Person(d)
        surname, given = p.latin_name.text.split()[:2]
        d.line("护照机读码：").line(p.value("D08", numbers.machine_readable_zone(d.rng, surname, given, p.birth))).add("\n")


@personal("leak-test-fixture", "fixture")
def test_fixture(d: Document) -> None:
    """Code in which somebody pasted a real customer."""
    d.extension, p = "java", people.Person(d)
    d.line("public class CustomerTest {").line("  @Test void opensAccount() {").line('    Customer c = new Customer("', p.name, '");')
    d.line('    c.setIdCard("', p.id, '");').line('    c.setMobile("', p.mobile, '");').line("    assertEquals(1234567890123L, c.version());").line("  }").line("}")


@personal("leak-python-fixture", "fixture")
def python_fixture(d: Document) -> None:
    d.extension, p = "py", people.Person(d)
    d.line("CUSTOMERS = [").line('    {"name": "', p.name, '", "id_no": "', p.id, '", "phone": "', p.mobile, '"},').line("]").line("START = 1770772882123")
