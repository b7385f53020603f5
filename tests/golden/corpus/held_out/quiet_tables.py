"""Tables of the bank's own affairs and of its suppliers: no customer is in them."""
from .. import numbers
from ..document import Document
from . import layouts, values
from .register import quiet

digits, number = numbers.digits, numbers.number


def thirteen(head: str):
    """Articles and books: EAN-13 with its check digit."""
    def make(rng) -> str:
        body = head + digits(rng, 12 - len(head))
        return body + str(-sum(int(c) * (3 if i % 2 else 1) for i, c in enumerate(body)) % 10)
    return make


def of(*words: str):
    return lambda rng: rng.choice(words)


def place(section: str):
    return lambda rng: values.pick("places", rng, section)


money = lambda rng: rng.choice(["{:,.2f}", "{:.2f}"]).format(rng.randrange(1000, 99_999_999) / 100)
day = lambda rng: f"2025-{rng.randrange(1, 13):02}-{rng.randrange(1, 29):02}"
percent = lambda rng: f"{rng.uniform(-9, 30):.2f}%"
# Chinese header, a program's header, maker.
COLUMNS = {
    "row": ("行次", "rn", lambda rng: str(rng.randrange(1, 200))),
    "txn": ("全局流水", "gseq", lambda rng: "2026020" + digits(rng, 15)),
    "order": ("平台订单号", "out_trade_no", lambda rng: rng.choice(["4200", "2026", "1000"]) + digits(rng, rng.choice([12, 14, 24]))),
    "snow": ("内部主键", "pk", lambda rng: str(1_880_000_000_000_000_000 + rng.randrange(10**17))),
    "ms": ("毫秒时间", "ts_ms", lambda rng: str(1_768_000_000_000 + rng.randrange(3 * 10**9))),
    "ticket": ("发票号", "inv_no", lambda rng: digits(rng, 20)),
    "ticket_code": ("发票代码", "inv_code", lambda rng: "0" + digits(rng, 11)),
    "ean": ("商品条形码", "barcode", thirteen("69")),
    "isbn": ("ISBN", "isbn", thirteen("9787")),
    "serial": ("机身编号", "sn", lambda rng: rng.choice(["CN", "PF", "5CD", ""]) + digits(rng, rng.choice([8, 12, 15]))),
    "asset": ("固定资产编号", "asset_id", lambda rng: rng.choice(["GD", "IT", ""]) + number(rng, rng.choice([10, 13, 16]))),
    "waybill": ("快递单号", "waybill_no", lambda rng: rng.choice(["SF", "YT", "77", "43"]) + digits(rng, 13)),
    "md5": ("校验值", "md5", lambda rng: f"{rng.getrandbits(128):032x}"),
    "amount": ("金额（元）", "amt", money),
    "plan": ("年度计划", "plan", money),
    "price": ("含税单价", "unit_price", money),
    "count": ("件数", "qty", lambda rng: str(rng.randrange(1, 3000))),
    "day": ("日期", "dt", day),
    "share": ("占比", "ratio", percent),
    "goods": ("品名", "item", of("黑色签字笔", "A4打印纸70g", "热敏纸", "点钞纸", "印泥", "墨盒803", "矿泉水", "文件柜", "白板笔", "金龙鱼油")),
    "stock": ("代码", "sec_code", lambda rng: rng.choice(["600", "601", "000", "002", "300"]) + digits(rng, 3)),
    "short": ("简称", "sec_name", of("招商银行", "海康威视", "五粮液", "万华化学", "中信证券", "江苏银行", "东方财富", "顺丰控股")),
    "volume": ("成交额", "turnover", lambda rng: number(rng, rng.choice([9, 11, 12]))),
    "branch": ("机构名称", "org_name", place("branches")),
    "branch_no": ("机构号", "org_id", lambda rng: "0" + digits(rng, 5)),
    "department": ("部门", "dept", place("departments")),
    "subject": ("科目号", "gl_code", lambda rng: number(rng, rng.choice([4, 6, 8]))),
    "subject_name": ("科目名称", "gl_name", of("活期储蓄存款", "应收利息", "待清算资金", "业务及管理费", "存放中央银行款项", "坏账准备")),
    "system": ("系统", "sys", of("ECIF", "核心", "信贷管理", "国结", "渠道整合")),
    "state": ("状态", "status", of("已关闭", "处理中", "SUCCESS", "FAILED", "已入库")),
    "meter": ("表底数", "reading", lambda rng: number(rng, rng.choice([6, 11]))),
    "contract": ("采购合同编号", "po_no", lambda rng: "CG-2025-" + digits(rng, 5)),
    "rate": ("汇率", "fx", lambda rng: f"{rng.uniform(0.05, 9):.4f}"),
    "pair": ("货币对", "pair", of("USD/CNY", "EUR/CNY", "HKD/CNY", "JPY/CNY")),
    "rrn": ("检索参考号", "rrn", lambda rng: digits(rng, 12)),
    "shop": ("商户编号", "mcht_no", lambda rng: "898" + digits(rng, 12)),
    "terminal": ("终端号", "term_id", lambda rng: digits(rng, 8)),
    "volts": ("电压", "v", lambda rng: f"{rng.uniform(210, 235):.3f}"),
    "voucher": ("凭证号码", "voucher_no", lambda rng: number(rng, 16)),
}
THEMES = {
    "settlement": "txn rrn shop terminal amount",
    "platform_orders": "order amount ms state",
    "invoices": "ticket_code ticket goods count price",
    "office_stock": "ean goods count price day",
    "library": "isbn count price",
    "fixed_assets": "asset serial department day amount",
    "couriers": "waybill day department state",
    "releases": "system md5 ms state",
    "quotes": "stock short price share volume",
    "budgets": "row department plan amount share",
    "ledger": "subject subject_name amount day voucher",
    "power": "meter volts day branch",
    "purchases": "contract goods count amount",
    "rates": "pair rate day",
    "network_points": "branch_no branch amount share",
    "keys": "snow ms count",
    "batches": "txn snow state ms",
    "tickets": "row system order state",
}


def fill(d: Document, theme: str, layout: str, bare: bool) -> None:
    rng, machine = d.rng, layout in layouts.MACHINES
    columns = [COLUMNS[name] for name in THEMES[theme].split()]
    if rng.random() < 0.5:
        rng.shuffle(columns)
    rows = [[make(rng) for _, _, make in columns] for _ in range(rng.choice([3, 6, 12, 25, 40]))]
    (layouts.MACHINES if machine else layouts.PEOPLE)[layout](d, None if bare else [column[int(machine)] for column in columns], rows)


def register() -> None:
    every = [*layouts.PEOPLE, *layouts.MACHINES]
    for index, theme in enumerate(THEMES):
        for turn in range(5):
            layout = every[(index * 5 + turn * 7) % len(every)]
            bare = turn == 2 and layout not in layouts.NEED_HEADERS
            quiet(f"table-{theme}-{layout}{'-bare' if bare else ''}", 1)(lambda d, t=theme, f=layout, b=bare: fill(d, t, f, b))


register()
