"""What a field ⟦…⟧ of a written document draws that is nobody's: numbers, times, places, identifiers."""
import base64
import datetime
import uuid

from .. import check_digits, facts, numbers, people, words

MORNING = datetime.datetime(2026, 2, 11, 8, 30)


def moment(rng) -> datetime.datetime:
    return MORNING + datetime.timedelta(seconds=rng.randrange(86_400 * 14), milliseconds=rng.randrange(1000))


def barcode(rng, head: str = "69") -> str:
    body = head + numbers.digits(rng, 12 - len(head))
    return body + str(-sum(int(c) * (3 if i % 2 else 1) for i, c in enumerate(body)) % 10)


def money(rng, top: str = "9000000") -> str:
    return f"{rng.randrange(100, int(top) * 100) / 100:,.2f}"


def clerk(rng) -> str:
    """Somebody of the bank, by name: only where nothing asks for it."""
    given = words.sections("names")
    return rng.choice(given["surnames common"]) + rng.choice(given["third"])


def in_base64(rng, size: str) -> str:
    return base64.b64encode(bytes(rng.randrange(256) for _ in range(int(size)))).decode()


def zone(rng) -> str:
    """The second line of a passport's machine-readable zone."""
    return numbers.machine_readable_zone(rng, "A", "A", numbers.birth_date(rng)).split("\n")[1]


# Each takes the generator of numbers and what stands behind its name in the field.
DRAW = {
    "n": lambda rng, size: numbers.number(rng, int(size)),
    "d": lambda rng, size: numbers.digits(rng, int(size)),
    "hex": lambda rng, size: f"{rng.getrandbits(4 * int(size)):0{size}x}",
    "HEX": lambda rng, size: f"{rng.getrandbits(4 * int(size)):0{size}X}",
    "alnum": lambda rng, size: "".join(rng.choices("0123456789ABCDEFGHJKLMNPQRSTUVWXYZ", k=int(size))),
    "int": lambda rng, low, high: str(rng.randrange(int(low), int(high) + 1)),
    "int0": lambda rng, low, high: str(rng.randrange(int(low), int(high) + 1)).zfill(len(high)),
    "float": lambda rng, low, high, places: f"{rng.uniform(float(low), float(high)):.{places}f}",
    "money": money,
    "cents": lambda rng, top="9000000": money(rng, top).replace(",", ""),
    "day": lambda rng: f"{moment(rng):%Y-%m-%d}",
    "compact-day": lambda rng: f"{moment(rng):%Y%m%d}",
    "past-day": lambda rng: f"{moment(rng) - datetime.timedelta(days=rng.randrange(60, 9000)):%Y-%m-%d}",
    "clock": lambda rng: f"{moment(rng):%H:%M:%S}",
    "stamp": lambda rng: f"{moment(rng):%Y-%m-%d %H:%M:%S}",
    "stamp3": lambda rng: f"{moment(rng):%Y-%m-%d %H:%M:%S.%f}"[:-3],
    "iso": lambda rng: f"{moment(rng):%Y-%m-%dT%H:%M:%S+08:00}",
    "compact-stamp": lambda rng: f"{moment(rng):%Y%m%d%H%M%S}",
    "seconds": lambda rng: str(int(moment(rng).timestamp())),
    "millis": lambda rng: str(int(moment(rng).timestamp() * 1000)),
    "micros": lambda rng: str(int(moment(rng).timestamp() * 1_000_000)),
    "snowflake": lambda rng: str(1_850_000_000_000_000_000 + rng.randrange(10**17)),
    "uuid": lambda rng: str(uuid.UUID(int=rng.getrandbits(128), version=4)),
    "base64": in_base64,
    "private": numbers.private_address,
    "public": numbers.public_address,
    "mac": lambda rng: numbers.mac_address(rng).replace("-", ":").lower(),
    "barcode": barcode,
    "isbn": lambda rng: barcode(rng, "9787"),
    "luhn": lambda rng, head, size: (body := head + numbers.digits(rng, int(size) - 1 - len(head))) + check_digits.luhn(body),
    "sealed": lambda rng, head: (body := head + numbers.digits(rng, 17 - len(head))) + check_digits.mod_11_2(body),
    "card": numbers.unionpay_card,
    "zone": zone,
    "city": lambda rng: rng.choice(facts.counties())[2] or "北京市",
    "county": lambda rng: rng.choice(facts.counties())[3],
    "province": lambda rng: rng.choice(facts.counties())[1],
    "street": lambda rng: rng.choice(words.sections("places")["streets third"]),
    "company": lambda rng: people.company(rng, "third"),
    "clerk": clerk,
    "famous": lambda rng: rng.choice(words.sections("names")["public"]),
}
