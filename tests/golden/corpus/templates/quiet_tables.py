"""Tables of everything but customers, in the formats of lists.py: orders, invoices, stocks, serials."""
import uuid

from .. import check_digits, numbers, registry, tables, words
from ..document import Document


def day(rng, _row) -> str:
    return f"2025-{rng.randrange(1, 13):02}-{rng.randrange(1, 29):02}"


def money(rng, _row) -> str:
    return f"{rng.randrange(100, 99_000_000) / 100:,.2f}"


def barcode(rng, _row) -> str:
    body = "69" + numbers.digits(rng, 10)
    return body + str(-sum(int(c) * (3 if i % 2 else 1) for i, c in enumerate(body)) % 10)


def isbn(rng, _row) -> str:
    body = "9787" + numbers.digits(rng, 8)
    return body + str(-sum(int(c) * (3 if i % 2 else 1) for i, c in enumerate(body)) % 10)


# Each maker takes the generator of numbers and the row; Chinese header, machine's header.
COLUMNS = {
    "serial": ("序号", "seq", lambda rng, row: str(row + 1)),
    "order": ("订单号", "order_id", lambda rng, row: "20260211" + numbers.digits(rng, rng.choice([8, 10]))),
    "trade": ("交易号", "trade_no", lambda rng, row: numbers.number(rng, rng.choice([16, 18, 19]))),
    "snowflake": ("主键", "id", lambda rng, row: str(1_750_000_000_000_000_000 + rng.randrange(10**17))),
    "millis": ("更新时间戳", "updated_ms", lambda rng, row: str(1_700_000_000_000 + rng.randrange(70_000_000_000))),
    "seconds": ("时间戳", "ts", lambda rng, row: str(1_700_000_000 + rng.randrange(70_000_000))),
    "invoice": ("发票号码", "invoice_no", lambda rng, row: numbers.digits(rng, rng.choice([8, 20]))),
    "invoice_code": ("发票代码", "invoice_code", lambda rng, row: numbers.number(rng, 12)),
    "barcode": ("商品条码", "ean", barcode),
    "isbn": ("书号", "isbn", isbn),
    "device": ("设备序列号", "serial_no", lambda rng, row: "".join(rng.choices("0123456789ABCDEFGHJKLMNPQRSTUVWXYZ", k=rng.choice([10, 14, 18])))),
    "asset": ("资产编号", "asset_no", lambda rng, row: numbers.number(rng, rng.choice([11, 15, 18]))),
    "express": ("运单号", "waybill", lambda rng, row: rng.choice(["SF", "YT", "JD"]) + numbers.digits(rng, 13)),
    "batch": ("批次号", "batch_no", lambda rng, row: day(rng, row).replace("-", "") + numbers.digits(rng, 6)),
    "uuid": ("标识", "uuid", lambda rng, row: str(uuid.UUID(int=rng.getrandbits(128)))),
    "hash": ("摘要值", "sha256", lambda rng, row: f"{rng.getrandbits(256):064x}"),
    "amount": ("金额", "amount", money),
    "price": ("单价", "price", lambda rng, row: f"{rng.randrange(1, 100_000) / 100:.2f}"),
    "count": ("数量", "qty", lambda rng, row: str(rng.randrange(1, 5000))),
    "date": ("日期", "date", day),
    "goods": ("商品名称", "goods", lambda rng, row: rng.choice(["A4复印纸", "激光打印机硒鼓", "点钞机", "保险柜", "黄山毛峰", "高级保温杯", "马克笔", "白色信封"])),
    "stock": ("证券代码", "code", lambda rng, row: rng.choice(["600", "000", "300", "688"]) + numbers.digits(rng, 3)),
    "stock_name": ("证券简称", "short_name", lambda rng, row: rng.choice(["中国平安", "万科A", "贵州茅台", "宁波银行", "华夏幸福", "安琪酵母", "金地集团", "石油化工"])),
    "ratio": ("涨跌幅", "change", lambda rng, row: f"{rng.uniform(-10, 10):.2f}%"),
    "volume": ("成交量", "volume", lambda rng, row: str(rng.randrange(10**6, 10**11))),
    "department": ("部门", "dept", lambda rng, row: rng.choice(["信息科技部", "风险管理部", "高新区支行", "江苏分行", "安全保卫部", "金融市场部"])),
    "project": ("项目名称", "project", lambda rng, row: rng.choice(["和平路网点改造", "平安银行对接", "应用系统迁移", "云南大数据平台", "常用报表优化"])),
    "status": ("状态", "status", lambda rng, row: rng.choice(["已完成", "处理中", "OK", "TIMEOUT", "成功"])),
    "product": ("产品型号", "model", lambda rng, row: rng.choice(["ZX-13800", "P1350-8800-12", "TL-WR886N", "GB-T-2260"]) + "-" + numbers.digits(rng, 4)),
    "subject": ("科目代码", "subject", lambda rng, row: numbers.number(rng, rng.choice([4, 6, 8]))),
    "subject_name": ("科目名称", "subject_name", lambda rng, row: rng.choice(["应付利息", "库存现金", "存放同业款项", "固定资产清理", "其他应收款"])),
    "lot": ("彩票期号", "issue", lambda rng, row: "2026" + numbers.digits(rng, 3)),
    "meter": ("电表读数", "reading", lambda rng, row: numbers.number(rng, 11)),
    "reference": ("参考号", "ref_no", lambda rng, row: numbers.digits(rng, 12)),
    "voucher": ("凭证号", "voucher", lambda rng, row: (body := numbers.number(rng, 15)) + check_digits.luhn(body) if rng.random() < 0.1 else numbers.number(rng, 16)),
}
THEMES = {
    "orders": "order goods count price amount date status",
    "trades": "snowflake trade amount millis status",
    "invoices": "serial invoice_code invoice amount date",
    "inventory": "barcode goods count price",
    "books": "isbn price count",
    "assets": "asset device department date",
    "parcels": "express date status millis",
    "files": "uuid hash seconds",
    "stocks": "stock stock_name price ratio volume",
    "projects": "serial project department amount",
    "ledger": "subject subject_name amount voucher",
    "meters": "meter reference date",
    "products": "product barcode count",
    "batches": "batch snowflake count status",
}


def fill(document: Document, theme: str, form: str, bare: bool) -> None:
    rng, machine = document.rng, form in tables.MACHINE_MADE
    columns = [COLUMNS[name] for name in THEMES[theme].split()]
    if rng.random() < 0.5:
        rng.shuffle(columns)
    rows = [[make(rng, row) for _, _, make in columns] for row in range(rng.choice([3, 8, 20, 40]))]
    headers = None if bare else [column[1 if machine else 0] for column in columns]
    tables.FORMATS[form](document, headers, rows)


def register() -> None:
    for place, (form, theme) in enumerate((form, theme) for form in tables.FORMATS for theme in THEMES):
        if place % 3 == 1:
            bare = place % 9 == 1 and form not in ("json", "jsonl", "xml", "markdown")
            registry.add(f"quiet-{form}-{theme}{'-bare' if bare else ''}", "quiet", lambda d, t=theme, f=form, b=bare: fill(d, t, f, b), f"quiet-{theme}", 1)


register()
