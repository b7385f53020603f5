"""What a mark «#…» draws that is nobody's: digits, times, places, identifiers."""
import base64
import datetime
import random
import re
import uuid

from ... import check_digits, facts, numbers, people, words

FIRST_DAY = datetime.datetime(2026, 1, 1)
FIGURES = re.compile(r"([nhH]?)(\d+)")


def noise(rng: random.Random, what: str, *rest: str) -> str:
    """`8` digits, `n8` of which the first is not 0, `h16` or `H16` hexadecimal ones, or what it is called."""
    if figures := FIGURES.fullmatch(what):
        return drawn_figures(rng, figures[1], int(figures[2]))
    if what in FORMS:
        return moment(rng, 8, 19).strftime(FORMS[what])
    return NOISE[what](rng, *rest)


def drawn_figures(rng: random.Random, kind: str, size: int) -> str:
    if kind in ("h", "H"):
        return "".join(rng.choices("0123456789abcdef" if kind == "h" else "0123456789ABCDEF", k=size))
    return numbers.number(rng, size) if kind else numbers.digits(rng, size)


def moment(rng: random.Random, first: int = 0, last: int = 24) -> datetime.datetime:
    """A time of the last weeks, between two hours of the day."""
    return FIRST_DAY + datetime.timedelta(days=rng.randrange(59), seconds=rng.randrange(first * 3600, last * 3600), milliseconds=rng.randrange(1000))


# What people note of a moment, in the hours of a branch.
FORMS = {"date": "%Y-%m-%d", "day": "%Y年%-m月%-d日", "bare_date": "%Y%m%d", "clock": "%H:%M", "time": "%H:%M:%S"}


def money(rng: random.Random, top: str = "9000000") -> str:
    return f"{rng.randrange(100, int(top) * 100) / 100:,.2f}"


def barcode(rng: random.Random, head: str = "69") -> str:
    body = head + numbers.digits(rng, 12 - len(head))
    return body + str(-sum(int(c) * (3 if i % 2 else 1) for i, c in enumerate(body)) % 10)


def checked(rng: random.Random, head: str, size: str) -> str:
    """So many digits that pass Luhn."""
    body = head + numbers.digits(rng, int(size) - 1 - len(head))
    return body + check_digits.luhn(body)


def sealed(rng: random.Random, head: str) -> str:
    """Eighteen characters that are checked as an identity number is."""
    body = head + numbers.digits(rng, 17 - len(head))
    return body + check_digits.mod_11_2(body)


def in_base64(rng: random.Random, size: str) -> str:
    return base64.b64encode(bytes(rng.randrange(256) for _ in range(int(size)))).decode()


def clerk(rng: random.Random) -> str:
    """Somebody of the bank, by name: only where nothing asks for it."""
    names = words.sections("names")
    return rng.choice(names["surnames common"]) + rng.choice(names["third"])


def zone(rng: random.Random) -> str:
    """The second line of a passport's machine-readable zone."""
    return numbers.machine_readable_zone(rng, "A", "A", numbers.birth_date(rng)).split("\n")[1]


# Each takes the generator of numbers and what stands behind its name in the mark.
NOISE = {
    "alnum": lambda rng, size: "".join(rng.choices("0123456789ABCDEFGHJKLMNPQRSTUVWXYZ", k=int(size))),
    "int": lambda rng, low, high: str(rng.randrange(int(low), int(high) + 1)),
    "int0": lambda rng, low, high: str(rng.randrange(int(low), int(high) + 1)).zfill(len(high)),
    "float": lambda rng, low, high, places: f"{rng.uniform(float(low), float(high)):.{places}f}",
    "money": money,
    "cents": lambda rng, top="9000000": money(rng, top).replace(",", ""),
    "past": lambda rng: f"{moment(rng) - datetime.timedelta(days=rng.randrange(60, 9000)):%Y-%m-%d}",
    "month": lambda rng: f"{rng.randrange(1, 13):02}",
    "stamp": lambda rng: f"{moment(rng):%Y-%m-%d %H:%M:%S}",
    "stamp3": lambda rng: f"{moment(rng):%Y-%m-%d %H:%M:%S.%f}"[:-3],
    "bare_stamp": lambda rng: f"{moment(rng):%Y%m%d%H%M%S}",
    "iso": lambda rng: f"{moment(rng):%Y-%m-%dT%H:%M:%S+08:00}",
    "seconds": lambda rng: str(int(moment(rng).timestamp())),
    "millis": lambda rng: str(int(moment(rng).timestamp() * 1000)),
    "snowflake": lambda rng: str(1_850_000_000_000_000_000 + rng.randrange(10**17)),
    "uuid": lambda rng: str(uuid.UUID(int=rng.getrandbits(128), version=4)),
    "base64": in_base64,
    "private": numbers.private_address,
    "mac": lambda rng: numbers.mac_address(rng).replace("-", ":").lower(),
    "barcode": barcode,
    "isbn": lambda rng: barcode(rng, "9787"),
    "luhn": checked,
    "sealed": sealed,
    "card": numbers.unionpay_card,
    "zone": zone,
    "bank": lambda rng: rng.choice(words.sections("places")["banks"]),
    "company": lambda rng: people.company(rng, "third"),
    "city": lambda rng: rng.choice(facts.counties())[2] or "北京市",
    "county": lambda rng: rng.choice(facts.counties())[3],
    "province": lambda rng: rng.choice(facts.counties())[1],
    "street": lambda rng: rng.choice(words.sections("places")["streets third"]),
    "clerk": clerk,
    "famous": lambda rng: rng.choice(words.sections("names")["public"]),
}
