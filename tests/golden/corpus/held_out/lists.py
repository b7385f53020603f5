"""Lists of customers as branches and head offices pass them round: a theme, a layout, headers or none."""
from .. import numbers
from ..document import Document
from . import customers, labels, layouts, values
from .register import personal

# Of each theme what its columns hold; those with a sign before them are of the bank and of no customer.
THEMES = {
    "payroll": "-no name debit id -sum",
    "marketing": "name mobile address -grade",
    "mortgage": "name id mobile loan -sum -day",
    "pension": "name id passbook address",
    "overdue_cards": "name credit mobile -sum phone",
    "outbound": "name passport mobile email birthday",
    "car_owners": "name plate vin mobile -day",
    "merchants": "credit_code -shop name mobile phone",
    "insured": "name id policy mobile email",
    "staff_shares": "name id fund debit",
    "devices": "login mobile imei ip mac",
    "wechat_group": "name wechat mobile qq",
    "tokens": "token debit mobile -stamp",
    "old_accounts": "name old_id passbook -day",
    "young_depositors": "name id birthday mobile",
    "abroad": "latin passport abroad email",
    "travel_permits": "name to_hong_kong mobile -day",
    "taxpayers": "name taxpayer mobile -sum",
    "patients": "name id medical mobile",
    "tenants": "name id employer phone address postcode",
    "remitters": "latin iban bic email",
    "transfers": "-serial name debit clearing -sum",
    "logins": "login ip mac -stamp",
    "private": "name id birthday email wechat",
    "licences": "organisation licence tax_number company_account -day",
    "bills": "bill company_account clearing -sum -day",
    "sims": "iot iccid imei -day",
    "residents": "name foreign_residence mobile",
    "settlers": "latin green_card email",
    "taiwan_tours": "name to_taiwan mobile",
    "officials": "name official_passport mobile -day",
    "hong_kong": "name hkid abroad email",
    "veterans": "name officer passbook mobile",
    "returned": "name residence mobile -day",
}
BANKS = {
    "no": ("编号", "row_no", lambda rng, row: f"{row + 1:03}"),
    "sum": ("发放金额", "tran_amt", lambda rng, row: f"{rng.randrange(50_000, 9_900_000) / 100:.2f}"),
    "grade": ("客户星级", "star", lambda rng, row: rng.choice(["三星", "四星", "五星", "普通"])),
    "day": ("登记日", "reg_date", lambda rng, row: f"2025{rng.randrange(1, 13):02}{rng.randrange(1, 29):02}"),
    "shop": ("商户简称", "mcht_abbr", lambda rng, row: values.pick("places", rng, "companies") + rng.choice(["超市", "茶行", "数码", "便利店"])),
    "stamp": ("时间", "op_time", lambda rng,
              row: f"2026-02-{rng.randrange(1, 28):02}T{rng.randrange(24):02}:{rng.randrange(60):02}:11.{rng.randrange(1000):03}+08:00"),
    "serial": ("全局流水号", "global_seq", lambda rng, row: "2026020" + numbers.digits(rng, 17)),
}
CLEAR = {"name", "id", "residence", "foreign_residence", "mobile", "phone", "email", "address", "debit", "credit", "credit_code", "iban",
         "plate"}  # without a header


def cell(d: Document, customer: customers.Customer, what: str, machine: bool, bare: bool):
    value = customer[what]
    if not machine:
        value = customers.written(d.rng, value)
    elif value.element in ("D27", "D40", "D41"):
        value = customers.plain(value)
    if bare and what == "token":
        return value._replace(also="D40")  # nothing tells it from a card
    told = what in CLEAR and not (what == "phone" and value.text.isdigit())
    return value._replace(optional=value.optional or bare and not told)


def fill(d: Document, theme: str, layout: str, bare: bool, rows_of: tuple[int, ...] = (1, 2, 4, 6, 9, 13, 25)) -> None:
    rng, machine = d.rng, layout in layouts.MACHINES
    keys = THEMES[theme].split()
    if rng.random() < 0.6:
        rng.shuffle(keys)
    headers = [BANKS[k[1:]][int(machine)] if k[0] == "-" else labels.label(rng, k, "db" if machine else "zh") for k in keys]
    rows = []
    for index in range(rng.choice(rows_of)):
        customer = customers.Customer(d, (4, 17) if theme == "young_depositors" else (19, 78))
        rows.append([BANKS[k[1:]][2](rng, index) if k[0] == "-" else cell(d, customer, k, machine, bare) for k in keys])
    if not {"name", "latin", "id", "mobile", "email"} & set(keys):
        d.customers = 0  # whose they are is not said
    (layouts.MACHINES if machine else layouts.PEOPLE)[layout](d, None if bare else headers, rows)


def register() -> None:
    """Each theme in five layouts, one of them without headers where that can be read."""
    every = [*layouts.PEOPLE, *layouts.MACHINES]
    for index, theme in enumerate(THEMES):
        for turn in range(5):
            layout = every[(index * 5 + turn * 7) % len(every)]
            told = sum(key in CLEAR for key in THEMES[theme].split())
            bare = turn == 2 and layout not in layouts.NEED_HEADERS and told >= 2
            personal(f"list-{theme}-{layout}{'-bare' if bare else ''}", 1)(lambda d, t=theme, f=layout, b=bare: fill(d, t, f, b))


register()
