"""Who somebody is on the net, and by which device and from where."""
from ... import numbers, words
from .forms import Draw


def place(least: float, most: float) -> Draw:
    """A coordinate as people write it."""
    return lambda person: person.value("D81", f"{person.rng.uniform(least, most):.6f}")


def place_number(least: float, most: float) -> Draw:
    """A coordinate as programs print numbers: no 0 at the end."""
    return lambda person: person.value("D81", f"{person.rng.uniform(least, most):.5f}{person.rng.randrange(1, 10)}")


VALUES: dict[str, Draw] = {
    "email": lambda p: p.email,
    "wechat": lambda p: p.value("D32", p.rng.choice(words.sections("pinyin")["given third"]).lower() + p.rng.choice(["_", "-", ""]) + numbers.digits(p.rng, 5)),
    "qq_short": lambda p: p.value("D33", numbers.number(p.rng, p.rng.choice([6, 7]))),
    "branch_login": lambda p: p.value("D53", p.rng.choice(["user", "wy", "ebank_", "corp"]) + numbers.digits(p.rng, 6)),
    "imsi": lambda p: p.value("D78", "460" + p.rng.choice(["00", "01", "02", "11"]) + numbers.digits(p.rng, 10)),
    "iccid": lambda p: p.value("D78", numbers.sim_card(p.rng)),
    "ipv6": lambda p: p.value("D79", "240" + p.rng.choice("89e") + ":" + ":".join(f"{p.rng.randrange(1, 65536):x}" for _ in range(7))),
    "lat": place(23, 39),
    "lon": place(103, 121),
    "lat_number": place_number(23, 39),
    "lon_number": place_number(103, 121),
}
