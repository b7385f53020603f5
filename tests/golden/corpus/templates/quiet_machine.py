"""What machines write: logs, listings, configurations, identifiers."""
import base64
import uuid

from .. import numbers
from ..document import Document
from ..registry import quiet


def stamp(d: Document) -> str:
    return f"2026-02-{d.rng.randrange(1, 28):02} {d.rng.randrange(24):02}:{d.rng.randrange(60):02}:{d.rng.randrange(60):02}.{d.rng.randrange(1000):03}"


def many(d: Document, least: int = 20, most: int = 60):
    return range(d.rng.randrange(least, most))


@quiet("machine-order-log")
def order_log(d: Document) -> None:
    d.extension = "log"
    for _ in many(d):
        d.line(f"{stamp(d)} INFO [pay-7] order=20260211{numbers.digits(d.rng, 11)} amount={d.rng.randrange(999)}.00 trace={numbers.digits(d.rng, 16)} status=OK latency={d.rng.randrange(90)}ms")


@quiet("machine-span-log")
def span_log(d: Document) -> None:
    d.extension = "log"
    for _ in many(d):
        d.line(f"{stamp(d)} [http-nio-8080-exec-{d.rng.randrange(20)}] INFO  com.bank.gateway.Router [{d.rng.getrandbits(64):016x},{d.rng.getrandbits(64):016x}] - "
               f"route={d.rng.choice(['transfer', 'query', 'login'])} seqNo={numbers.number(d.rng, 18)} rsp={d.rng.choice(['000000', 'E10021'])}")


@quiet("machine-json-log")
def json_log(d: Document) -> None:
    d.extension = "jsonl"
    for _ in many(d):
        d.line(f'{{"ts":{1_770_000_000_000 + d.rng.randrange(10**9)},"level":"info","msgId":"{numbers.number(d.rng, 19)}","offset":{numbers.number(d.rng, 11)},"partition":{d.rng.randrange(32)},"bytes":{d.rng.randrange(10**6)}}}')


@quiet("machine-access-log")
def access_log(d: Document) -> None:
    d.extension = "log"
    for _ in many(d):
        d.line(f'{numbers.private_address(d.rng)} - - [11/Feb/2026:10:{d.rng.randrange(60):02}:01 +0800] "GET /static/app.{d.rng.getrandbits(32):08x}.js?v={1_770_000_000_000 + d.rng.randrange(10**9)} HTTP/1.1" 200 {d.rng.randrange(10**6)}')


@quiet("machine-kernel-log")
def kernel_log(d: Document) -> None:
    d.extension = "log"
    for _ in many(d):
        d.line(f"[{d.rng.randrange(10**6)}.{numbers.digits(d.rng, 6)}] usb {d.rng.randrange(9)}-{d.rng.randrange(9)}: new device idVendor={d.rng.getrandbits(16):04x} SerialNumber: {numbers.digits(d.rng, 12)}")


@quiet("machine-gc-log")
def gc_log(d: Document) -> None:
    d.extension = "log"
    for _ in many(d):
        d.line(f"[{d.rng.randrange(9999)}.{numbers.digits(d.rng, 3)}s][info][gc] GC({d.rng.randrange(999)}) Pause Young {d.rng.randrange(900)}M->{d.rng.randrange(300)}M(1024M) {d.rng.uniform(1, 90):.3f}ms addr=0x{d.rng.getrandbits(44):012x}")


@quiet("machine-batch-log")
def batch_log(d: Document) -> None:
    d.extension = "log"
    for _ in many(d):
        d.line(f"{stamp(d)} 批量任务 EOD{numbers.digits(d.rng, 4)} 处理完成 批次号 20260211{numbers.digits(d.rng, 8)} 笔数 {d.rng.randrange(10**5)} 流水号 {numbers.number(d.rng, 16)}")


@quiet("machine-message-queue")
def message_queue(d: Document) -> None:
    for _ in many(d):
        d.line(f"topic=acct.event key={numbers.number(d.rng, d.rng.choice([11, 16, 17, 18, 19]))} offset={numbers.number(d.rng, 9)} ts={1_770_000_000_000 + d.rng.randrange(10**9)}")


@quiet("machine-uuids")
def uuids(d: Document) -> None:
    for _ in many(d):
        d.line(str(uuid.UUID(int=d.rng.getrandbits(128))), " ", str(uuid.UUID(int=d.rng.getrandbits(128))).replace("-", ""))


@quiet("machine-hashes")
def hashes(d: Document) -> None:
    for _ in many(d):
        d.line(f"{d.rng.getrandbits(d.rng.choice([128, 160, 256])):040x}  ./release/{d.rng.choice(['core', 'teller', 'gateway'])}-{d.rng.randrange(9)}.{d.rng.randrange(20)}.tar.gz")


@quiet("machine-checksums-decimal")
def checksums(d: Document) -> None:
    for _ in many(d):
        d.line(f"{numbers.number(d.rng, 10)} {numbers.number(d.rng, d.rng.choice([8, 9, 11]))} part-{numbers.digits(d.rng, 5)}.dat")


@quiet("machine-file-listing")
def file_listing(d: Document) -> None:
    for _ in many(d):
        name = d.rng.choice([f"IMG_20260211_{numbers.digits(d.rng, 6)}.jpg", f"mmexport{1_770_000_000_000 + d.rng.randrange(10**9)}.jpg", "张江项目周报.docx",
                             f"回单{numbers.number(d.rng, 16)}.pdf", "高新区支行排班表.xlsx", "安全生产管理办法.docx", f"VID_{numbers.digits(d.rng, 14)}.mp4", "常用联系方式模板.xlsx"])
        d.line(f"-rw-r--r-- 1 root root {d.rng.randrange(10**9):>10} Feb 11 10:{d.rng.randrange(60):02} {name}")


@quiet("machine-directory")
def directory(d: Document) -> None:
    d.line(" 驱动器 D 中的卷是 数据", "").line(" 卷的序列号是 6C1A-90F3")
    for _ in many(d):
        d.line(f"2026/02/11  10:{d.rng.randrange(60):02}    {d.rng.randrange(10**9):>14,} {d.rng.choice(['报表', '公文', 'backup', '凭证影像'])}_{numbers.number(d.rng, d.rng.choice([8, 11, 14, 17]))}.zip")


@quiet("machine-network-config")
def network_config(d: Document) -> None:
    for index in many(d, 5, 20):
        mac = numbers.mac_address(d.rng).lower().replace("-", ":")
        d.line(f"interface GigabitEthernet0/0/{index}").line(f" ip address {numbers.private_address(d.rng)} 255.255.255.0").line(f" mac-address {mac}").line(f" description uplink-{numbers.digits(d.rng, 4)}")


@quiet("machine-hosts")
def hosts(d: Document) -> None:
    d.line("127.0.0.1 localhost").line("::1 localhost ip6-localhost")
    for index in many(d, 5, 20):
        d.line(f"{numbers.private_address(d.rng)}\tcore-db-{index:02}.bank.internal")


@quiet("machine-dhcp")
def dhcp(d: Document) -> None:
    for _ in many(d, 5, 20):
        mac = numbers.mac_address(d.rng).lower().replace("-", ":")
        d.line(f"host pc{numbers.digits(d.rng, 3)} {{ hardware ethernet {mac}; fixed-address {numbers.private_address(d.rng)}; }}")


@quiet("machine-properties")
def properties(d: Document) -> None:
    d.extension = "properties"
    d.line("spring.datasource.password=${DB_PASSWORD}").line("app.id=", numbers.number(d.rng, 18)).line("security.password.min-length=8").line("password.expire.days=90")
    for key in ("pool.max", "timeout.ms", "cache.size", "snowflake.epoch"):
        d.line(f"{key}={numbers.number(d.rng, d.rng.choice([3, 5, 13]))}")


@quiet("machine-yaml")
def yaml(d: Document) -> None:
    d.extension = "yml"
    d.line("apiVersion: v1").line("kind: Secret").line("metadata:").line(f"  uid: {uuid.UUID(int=d.rng.getrandbits(128))}").line(f'  resourceVersion: "{numbers.number(d.rng, 11)}"')
    d.line("data:").line("  password: {{ .Values.password }}").line(f"  observedGeneration: {numbers.number(d.rng, 16)}")


@quiet("machine-metrics")
def metrics(d: Document) -> None:
    for _ in many(d):
        d.line(f'http_requests_total{{code="200",instance="{numbers.private_address(d.rng)}:9100"}} {numbers.number(d.rng, d.rng.choice([7, 11, 13]))}')


@quiet("machine-certificate")
def certificate(d: Document) -> None:
    body = base64.b64encode(bytes(d.rng.randrange(256) for _ in range(700))).decode()
    d.extension = "pem"
    d.line("Serial Number: ", numbers.number(d.rng, 19)).line("-----BEGIN CERTIFICATE-----")
    for place in range(0, len(body), 64):
        d.line(body[place:place + 64])
    d.line("-----END CERTIFICATE-----")


@quiet("machine-git-log")
def git_log(d: Document) -> None:
    subjects = ["Fix overflow when id exceeds 18 digits", "修复订单号重复问题", "Bump version to 3.12.0", "支持 19 位卡号校验", "Merge branch 'release/20260211'", "优化查询性能"]
    for _ in many(d, 8, 25):
        d.line(f"{d.rng.getrandbits(160):040x} {d.rng.choice(subjects)} (#{d.rng.randrange(9999)})")


@quiet("machine-diff")
def diff(d: Document) -> None:
    d.extension = "diff"
    for _ in many(d, 4, 10):
        d.line(f"index {d.rng.getrandbits(28):07x}..{d.rng.getrandbits(28):07x} 100644").line(f"@@ -{d.rng.randrange(900)},7 +{d.rng.randrange(900)},9 @@")
        d.line(f"-const MAX_ID = {numbers.number(d.rng, 16)};").line(f"+const MAX_ID = {numbers.number(d.rng, 18)};")


@quiet("machine-base64")
def base64_lines(d: Document) -> None:
    for _ in many(d, 5, 15):
        d.line(base64.b64encode(bytes(d.rng.randrange(256) for _ in range(57))).decode())


@quiet("machine-hex-dump")
def hex_dump(d: Document) -> None:
    for row in many(d):
        d.line(f"{row * 16:08x}  " + " ".join(f"{d.rng.randrange(256):02x}" for _ in range(16)))


@quiet("machine-matrix")
def matrix(d: Document) -> None:
    for _ in many(d):
        d.line(" ".join(f"{d.rng.uniform(-1, 1):.{d.rng.choice([8, 12, 16])}f}" for _ in range(5)))


@quiet("machine-integers")
def integers(d: Document) -> None:
    for _ in many(d):
        d.line(", ".join(numbers.number(d.rng, d.rng.choice([5, 8, 11, 13, 15, 16, 17, 18, 19, 20])) for _ in range(6)))


@quiet("machine-sensor-feed")
def sensor_feed(d: Document) -> None:
    for _ in many(d):
        d.line(f"{1_770_000_000_000 + d.rng.randrange(10**9)},{d.rng.uniform(0, 99):.6f},{d.rng.uniform(0, 1):.9f},{numbers.number(d.rng, 11)}")


@quiet("machine-bytes-count")
def bytes_count(d: Document) -> None:
    for index in many(d, 6, 20):
        d.line(f"eth{index}: RX packets {numbers.number(d.rng, 9)} bytes {numbers.number(d.rng, 13)} ({d.rng.uniform(1, 900):.1f} GiB)")
