"""What the written papers of the held-out half draw: ‹…› in a text becomes a number, a day, a place that is nobody's."""
import base64
import re
import uuid

from .. import check_digits, facts, numbers
from . import customers, values

FIELD = re.compile("‹([^‹›]*)›")
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def hexadecimal(rng, count: int) -> str:
    return "".join(rng.choices("0123456789abcdef", k=count))


def sealed(rng, head: str, size: int, seal) -> str:
    """A number of that size which begins so and ends in its check digit."""
    body = head + numbers.digits(rng, size - 1 - len(head))
    return body + seal(body)


def between(rng, least: str, most: str) -> str:
    """An integer, of as many digits as the least is written in."""
    return str(rng.randint(int(least), int(most))).zfill(len(least) if least[0] == "0" else 0)


def city(rng) -> str:
    return rng.choice([prefecture for _, _, prefecture, _ in facts.counties() if prefecture])


DRAW = {
    r"(\d+)": lambda rng, n: numbers.number(rng, int(n)),
    r"d(\d+)": lambda rng, n: numbers.digits(rng, int(n)),
    r"x(\d+)": lambda rng, n: hexadecimal(rng, int(n)),
    r"X(\d+)": lambda rng, n: hexadecimal(rng, int(n)).upper(),
    r"L(\d+)": lambda rng, n: "".join(rng.choices(LETTERS, k=int(n))),
    r"A(\d+)": lambda rng, n: "".join(rng.choices(values.LETTERS + "0123456789", k=int(n))),
    r"(\d+)-(\d+)": between,
    r"b64 (\d+)": lambda rng, n: base64.b64encode(rng.randbytes(int(n))).decode(),
    r"luhn (\d*) (\d+)": lambda rng, head, size: sealed(rng, head, int(size), check_digits.luhn),
    r"mod11 (\d*)": lambda rng, head: sealed(rng, head, 18, check_digits.mod_11_2),
    r"day": lambda rng: f"202{rng.randint(4, 5)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}",
    r"date": lambda rng: f"202{rng.randint(4, 5)}{rng.randint(1, 12):02}{rng.randint(1, 28):02}",
    r"past": lambda rng: f"{rng.randint(1955, 2015)}{rng.randint(1, 12):02}{rng.randint(1, 28):02}",
    r"time": lambda rng: f"{rng.randint(0, 23):02}:{rng.randint(0, 59):02}:{rng.randint(0, 59):02}",
    r"ms": lambda rng: str(1_770_000_000_000 + rng.randrange(10**9)),
    r"sum": lambda rng: f"{rng.randrange(1, 20_000)}.{rng.randrange(100):02}",
    r"yuan": lambda rng: f"{rng.randrange(10_000, 90_000_000) / 100:,.2f}",
    r"cents": lambda rng: f"{rng.randrange(10_000, 90_000_000) / 100:.2f}",
    r"part": lambda rng: f"0.{numbers.digits(rng, 4)}",
    r"area": lambda rng: rng.choice(facts.counties())[0],
    r"city": city,
    r"town": lambda rng: city(rng).removesuffix("市"),
    r"county": lambda rng: rng.choice(facts.counties())[3],
    r"road": lambda rng: values.pick("places", rng, "roads"),
    r"branch": lambda rng: values.pick("places", rng, "branches"),
    r"department": lambda rng: values.pick("places", rng, "departments"),
    r"private": numbers.private_address,
    r"uuid": lambda rng: str(uuid.UUID(int=rng.getrandbits(128))),
    r"login": lambda rng: values.pick("names", rng, "latin given").lower() + numbers.digits(rng, 2),
    r"mail": customers.mail_name,
    r"year": lambda rng: str(rng.randint(1985, 2025)),
}


def one(rng, field: str) -> str:
    if "|" in field:
        return rng.choice(field.split("|"))
    for form, draw in DRAW.items():
        if known := re.fullmatch(form, field):
            return draw(rng, *known.groups())
    raise ValueError(f"nothing is drawn as {field}")


def filled(rng, text: str) -> str:
    """The text with all that it draws; what is drawn inside a choice first."""
    while FIELD.search(text):
        text = FIELD.sub(lambda field: one(rng, field[1]), text)
    return text
