"""What machines write that is about no customer: logs, settings of networks, listings, identifiers."""
import base64
import uuid

from .. import numbers
from ..document import Document, Value
from . import customers
from .register import quiet

digits, number = numbers.digits, numbers.number


def several(d: Document, least: int = 12, most: int = 45) -> range:
    return range(d.rng.randrange(least, most))


def at(d: Document) -> str:
    return f"2026-02-{d.rng.randrange(1, 28):02} {d.rng.randrange(24):02}:{d.rng.randrange(60):02}:{d.rng.randrange(60):02},{d.rng.randrange(1000):03}"


def mac(d: Document, form: str) -> str:
    body = f"{d.rng.randrange(64) * 4:02x}{d.rng.getrandbits(40):010x}"
    if form == "dots":
        return f"{body[:4]}.{body[4:8]}.{body[8:]}"
    if form == "huawei":
        return f"{body[:4]}-{body[4:8]}-{body[8:]}"
    return ":".join(body[i:i + 2] for i in range(0, 12, 2))


@quiet("log-batch")
def batch(d: Document) -> None:
    d.extension = "log"
    for _ in several(d):
        d.line(f"{at(d)} 日终批处理 步骤{d.rng.randrange(1, 30):02} 任务号 {digits(d.rng, 14)} 处理 {number(d.rng, 7)} 笔 金额合计 {number(d.rng, 11)}.{digits(d.rng, 2)} 耗时 {d.rng.randrange(900)}s")


@quiet("log-gateway")
def gateway(d: Document) -> None:
    d.extension = "log"
    for _ in several(d):
        d.line(f"{at(d)} gw[{number(d.rng, 5)}]: reqId={uuid.UUID(int=d.rng.getrandbits(128))} svc=PAY{digits(d.rng, 4)} globalSeq=20260209{digits(d.rng, 18)} rt={d.rng.randrange(900)} from={numbers.private_address(d.rng)}")


@quiet("log-orders")
def orders(d: Document) -> None:
    d.extension = "log"
    for _ in several(d):
        d.line(f"{at(d)} 创建订单成功 订单号={d.rng.choice(['2026020', '62', '4000', '1000'])}{digits(d.rng, d.rng.choice([12, 14]))} 商户号=898{digits(d.rng, 12)} 金额={number(d.rng, 5)}分 渠道流水={number(d.rng, 28)}")


@quiet("log-exceptions")
def exceptions(d: Document) -> None:
    d.extension = "log"
    for _ in several(d, 3, 9):
        d.line(f"{at(d)} ERROR [main] c.j.b.TxnJob - 处理失败 txnId={number(d.rng, 18)}")
        d.line("java.sql.SQLException: Access denied for user 'ecif'@'%' (using password: YES)")
        d.line(f"\tat com.jnbank.batch.TxnJob.run(TxnJob.java:{number(d.rng, 3)})")
        d.line(f"\tat jdk.internal.reflect.GeneratedMethodAccessor{number(d.rng, 3)}.invoke(Unknown Source)")


@quiet("log-auth")
def auth(d: Document) -> None:
    """Of servers inside the bank."""
    d.extension = "log"
    for _ in several(d):
        d.line(f"Feb {d.rng.randrange(1, 28):2} 03:{d.rng.randrange(60):02}:{d.rng.randrange(60):02} app{d.rng.randrange(1, 9):02} sshd[{number(d.rng, 5)}]: " + d.rng.choice([f"Accepted publickey for ops from {numbers.private_address(d.rng)} port {number(d.rng, 5)} ssh2",
               f"Failed password for root from {numbers.private_address(d.rng)} port {number(d.rng, 5)} ssh2", "pam_unix(sshd:session): session opened for user ops(uid=1001)"]))


@quiet("log-json-lines")
def json_lines(d: Document) -> None:
    d.extension = "jsonl"
    for _ in several(d):
        d.line(f'{{"@timestamp":"2026-02-09T01:02:03.{digits(d.rng, 3)}Z","traceId":"{d.rng.getrandbits(128):032x}","spanId":"{d.rng.getrandbits(64):016x}","elapsed":{number(d.rng, 3)},"msgId":{number(d.rng, 19)},"topic":"acct-event"}}')


@quiet("log-printer")
def printer(d: Document) -> None:
    d.extension = "log"
    for _ in several(d):
        d.line(f"{at(d)} job {number(d.rng, 6)} printer HP-LJ-{digits(d.rng, 4)} S/N CN{digits(d.rng, 8)}X pages {d.rng.randrange(1, 40)} doc '{d.rng.choice(['报表', '凭证', '对账单模板', '通知'])}{digits(d.rng, 11)}.pdf'")


@quiet("log-atm")
def atm(d: Document) -> None:
    d.extension = "log"
    for _ in several(d):
        d.line(f"ATM{digits(d.rng, 5)} {at(d)} 流水{digits(d.rng, 6)} 检索参考号{digits(d.rng, 12)} {d.rng.choice(['取款', '查询', '存款'])} 卡号622***********{digits(d.rng, 4)} 金额{d.rng.randrange(1, 30) * 100}.00 应答00 钞箱{d.rng.randrange(1, 5)}")


@quiet("config-switch")
def switch(d: Document) -> None:
    d.line("#").line("sysname BR-0821-SW1").line("#")
    for index in several(d, 4, 14):
        d.line(f"interface GigabitEthernet0/0/{index}").line(f" description to_teller_{index:02}")
        d.line(f" port-security mac-address {mac(d, 'huawei')} vlan {d.rng.randrange(10, 200)}").line(" stp edged-port enable").line("#")
    d.line(f"ip route-static 0.0.0.0 0.0.0.0 {numbers.private_address(d.rng)}")
    d.line(" local-user admin password irreversible-cipher ********")


@quiet("config-cisco")
def cisco(d: Document) -> None:
    for index in several(d, 4, 14):
        d.line(f"interface FastEthernet0/{index}").line(f" switchport port-security mac-address sticky {mac(d, 'dots')}")
        d.line(f" ip address {numbers.private_address(d.rng)} 255.255.255.0").line("!")
    d.line("enable secret 5 <removed>").line("snmp-server community <removed> RO")


@quiet("config-dhcp")
def dhcp(d: Document) -> None:
    d.extension = "conf"
    d.line("subnet 10.21.8.0 netmask 255.255.255.0 {").line("  option routers 10.21.8.254;").line("}")
    for index in several(d, 4, 14):
        d.line(f"host teller-{index:02} {{").line(f"  hardware ethernet {mac(d, 'colons')};").line(f"  fixed-address 10.21.8.{10 + index};")
        d.line("}")


@quiet("config-resolvers")
def resolvers(d: Document) -> None:
    """Addresses that everybody knows are nobody's; whether they are told is of no account."""
    d.line("# /etc/resolv.conf, /etc/ntp.conf")
    for address in d.rng.sample(["114.114.114.114", "223.5.5.5", "119.29.29.29", "8.8.8.8", "180.76.76.76"], 2):
        d.line("nameserver ", Value("D79", address, 0, True))
    d.line("server ntp.bank.example iburst").line("nameserver 10.1.0.53")


@quiet("config-arp")
def arp(d: Document) -> None:
    d.line("Internet Address      Physical Address      Type")
    for _ in several(d, 6, 20):
        d.line(f"  {numbers.private_address(d.rng):<20}  {mac(d, 'colons').replace(':', '-')}     dynamic")


@quiet("config-ifconfig")
def ifconfig(d: Document) -> None:
    for index in several(d, 1, 6):
        d.line(f"eth{index}: flags=4163<UP,BROADCAST,RUNNING,MULTICAST>  mtu 1500")
        d.line(f"        inet {numbers.private_address(d.rng)}  netmask 255.255.255.0")
        d.line(f"        ether {mac(d, 'colons')}  txqueuelen 1000  (Ethernet)")
        d.line(f"        RX packets {number(d.rng, 9)}  bytes {number(d.rng, 12)} ({d.rng.uniform(1, 99):.1f} GB)")


@quiet("list-files")
def files(d: Document) -> None:
    for _ in several(d):
        name = d.rng.choice([f"微信图片_2026020{digits(d.rng, 7)}.jpg", f"凭证影像_{digits(d.rng, 16)}.tif", f"app-{digits(d.rng, 8)}.log.gz",
                             "零售部周例会纪要.docx", "张家港支行装修预算.xlsx", f"export_{1_770_000_000 + d.rng.randrange(10**6)}.csv", f"{uuid.UUID(int=d.rng.getrandbits(128))}.tmp", "密码管理办法（2025修订）.pdf"])
        d.line(f"{d.rng.randrange(10**9):>12}  2026-02-{d.rng.randrange(1, 28):02} 11:{d.rng.randrange(60):02}  {name}")


@quiet("list-hashes")
def hashes(d: Document) -> None:
    for _ in several(d):
        d.line(f"{d.rng.getrandbits(256):064x} *{d.rng.choice(['ecif', 'gw', 'batch', 'teller'])}-{d.rng.randrange(9)}.{d.rng.randrange(30)}.{d.rng.randrange(9)}.jar")


@quiet("list-commits")
def commits(d: Document) -> None:
    for _ in several(d, 4, 12):
        author = customers.staff(d)
        d.line(f"commit {d.rng.getrandbits(160):040x}")
        d.line("Author: ", author, " <", customers.nobodys(d, "email")._replace(optional=True), ">")
        d.line(f"Date:   Mon Feb {d.rng.randrange(1, 28)} 14:{d.rng.randrange(60):02}:09 2026 +0800").add("\n")
        d.line("    " + d.rng.choice(["修复证件号校验位大小写问题", "Mask card number in logs", "升级 druid 至 1.2.23", "去掉明文密码，改用密钥管理",
                                      "Fix NPE when mobile is null"]) + f" (#{number(d.rng, 4)})")
        d.add("\n")


@quiet("list-uuids")
def uuids(d: Document) -> None:
    for _ in several(d):
        d.line(f"{uuid.UUID(int=d.rng.getrandbits(128))},{number(d.rng, 19)},{1_770_000_000_000 + d.rng.randrange(10**9)}")


@quiet("list-packages")
def packages(d: Document) -> None:
    for _ in several(d):
        d.line(f'"node_modules/{d.rng.choice(["axios", "lodash", "vue", "dayjs", "core-js"])}": {{"version": "{d.rng.randrange(9)}.{d.rng.randrange(30)}.{d.rng.randrange(20)}", "integrity": "sha512-{base64.b64encode(d.rng.randbytes(64)).decode()}"}},')


@quiet("dump-memory")
def memory(d: Document) -> None:
    for row in several(d):
        body = d.rng.randbytes(16)
        d.line(f"0x{0x7F00_0000_0000 + row * 16:012x}: {body.hex(' ')}  " + "".join(chr(b) if 32 <= b < 127 else "." for b in body))


@quiet("dump-floats")
def floats(d: Document) -> None:
    for _ in several(d):
        d.line("\t".join(f"{d.rng.gauss(0, 40):.{d.rng.choice([6, 10, 15])}f}" for _ in range(6)))


@quiet("dump-counters")
def counters(d: Document) -> None:
    for _ in several(d):
        d.line(f"jvm_memory_bytes{{area=\"heap\",instance=\"{numbers.private_address(d.rng)}:8080\"}} {number(d.rng, d.rng.choice([8, 10, 11, 13]))} {1_770_600_000_000 + d.rng.randrange(10**8)}")


@quiet("dump-public-certificate")
def certificate(d: Document) -> None:
    d.extension = "crt"
    body = base64.b64encode(d.rng.randbytes(900)).decode()
    d.line(f"        Serial Number: {number(d.rng, 18)}").line("-----BEGIN CERTIFICATE-----")
    for begin in range(0, len(body), 64):
        d.line(body[begin:begin + 64])
    d.line("-----END CERTIFICATE-----").line("-----BEGIN PUBLIC KEY-----").line(base64.b64encode(d.rng.randbytes(45)).decode())
    d.line("-----END PUBLIC KEY-----")
