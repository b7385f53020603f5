"""Numbers of people and companies, drawn at random. Their check digits are right; whether somebody bears
one by chance nobody knows, so none of them is kept: they are made anew by every build."""
import datetime
import random

from . import check_digits, facts
from .document import TODAY


def digits(rng: random.Random, count: int) -> str:
    return "".join(rng.choices("0123456789", k=count))


def number(rng: random.Random, count: int) -> str:
    """`count` digits, the first of them not 0."""
    return rng.choice("123456789") + digits(rng, count - 1)


def birth_date(rng: random.Random, youngest: int = 18, oldest: int = 80) -> datetime.date:
    return TODAY - datetime.timedelta(days=rng.randrange(youngest * 366, oldest * 365))


def resident_id(rng, birth, male=None, area=None) -> str:
    area = area or rng.choice(facts.counties())[0]
    order = rng.randrange(1, 999)
    if male is not None:
        order = min(order // 2 * 2 + (1 if male else 0), 998 + male)
    body = f"{area}{birth:%Y%m%d}{order:03}"
    return body + check_digits.mod_11_2(body)


def old_resident_id(rng, birth) -> str:
    return f"{rng.choice(facts.counties())[0]}{birth:%y%m%d}{rng.randrange(1, 999):03}"


def permanent_resident_id(rng, birth) -> str:
    body = f"9{rng.choice(facts.counties())[0][:2]}{rng.choice(['036', '124', '276', '392', '410', '840'])}"
    body += f"{birth:%Y%m%d}{rng.randrange(1, 999):03}"
    return body[:17] + check_digits.mod_11_2(body[:17])


def passport(rng) -> str:
    letter = rng.choice("ABCDEFGHJKLMNPQRSTUVWXYZ")
    return rng.choice(["E" + digits(rng, 8), "E" + digits(rng, 8), f"E{letter}" + digits(rng, 7), "G" + digits(rng, 8)])


def official_passport(rng) -> str:
    return rng.choice(["D", "S", "P"]) + digits(rng, 8) if rng.random() < 0.5 else rng.choice(
        ["DE", "SE", "PE"]) + digits(rng, 7)


def machine_readable_zone(rng, surname: str, given: str, birth) -> str:
    document = passport(rng)
    expiry = f"{rng.randrange(27, 36)}{rng.randrange(1, 13):02}{rng.randrange(1, 28):02}"
    first = f"P<CHN{surname}<<{given}".upper().ljust(44, "<")
    number_field, born = document.ljust(9, "<"), f"{birth:%y%m%d}"
    optional = "<" * 14
    check = check_digits.machine_readable
    parts = [number_field + check(number_field), born + check(born), expiry + check(expiry), optional + check(optional)]
    total = check("".join(parts))
    return f"{first}\n{parts[0]}CHN{parts[1]}{rng.choice('MF')}{parts[2]}{parts[3]}{total}"


def hong_kong_id(rng) -> str:
    prefix = rng.choice(["A", "C", "D", "E", "G", "H", "K", "P", "R", "V", "Y", "Z"])
    body = digits(rng, 6)
    return f"{prefix}{body}({check_digits.hong_kong(prefix, body)})"


def macao_id(rng) -> str:
    return f"{rng.choice('157')}{digits(rng, 6)}({digits(rng, 1)})"


def taiwan_id(rng) -> str:
    letter, body = rng.choice("ABCDEFGHJKMNPQTUVWXZIO"), rng.choice("12") + digits(rng, 7)
    return letter + body + check_digits.taiwan(letter, body)


def plate(rng) -> str:
    head = rng.choice("京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼") + rng.choice("ABCDEFGH")
    if rng.random() < 0.3:
        return head + rng.choice("DF") + digits(rng, 5)
    tail = list(digits(rng, 5))
    for _ in range(rng.randrange(0, 3)):
        tail[rng.randrange(5)] = rng.choice("ABCDEFGHJKLMNPQRSTUVWXYZ")
    return head + "".join(tail)


def vehicle_number(rng) -> str:
    letters = "ABCDEFGHJKLMNPRSTUVWXYZ0123456789"
    body = rng.choice(["LSV", "LFV", "LGB", "LBE", "LVS", "LHG"]) + "".join(rng.choices(letters, k=8)) + digits(rng, 6)
    return body[:8] + check_digits.vehicle(body) + body[9:]


def mobile(rng) -> str:
    return rng.choice(facts.mobile_prefixes()) + digits(rng, 8)


def landline(rng) -> str:
    code, _, _, longest = rng.choice(facts.rows("area_codes"))
    line = rng.choice("2345678") + digits(rng, int(longest) - 1)
    return rng.choice([f"{code}-{line}", f"{code}-{line}", f"{code}{line}", f"({code}){line}", f"{code}-{line}-{number(rng, 3)}"])


def foreign_phone(rng) -> str:
    code, size = rng.choice([("+852", 8), ("+853", 8), ("+886", 9)])
    lead = {"+852": rng.choice("569"), "+853": "6", "+886": "9"}[code]
    return f"{code}{rng.choice(['', ' ', '-'])}{lead}{digits(rng, size - 1)}"


def unionpay_card(rng) -> str:
    if rng.random() < 0.1:
        prefix, size = "62" + digits(rng, 4), rng.choice([16, 19, 19])
    else:
        prefix, sizes = rng.choice(facts.unionpay_issuers())
        size = rng.choice(sizes)
    body = prefix + digits(rng, size - 1 - len(prefix))
    return body + check_digits.luhn(body)


def international_card(rng) -> str:
    head, size = rng.choice([("4", 16), ("4", 16), (str(rng.randrange(51, 56)), 16), (str(rng.randrange(3528, 3590)), 16),
                             (rng.choice(["34", "37"]), 15), ("6011", 16)])
    body = head + digits(rng, size - 1 - len(head))
    return body + check_digits.luhn(body)


def expiry(rng) -> tuple[str, str]:
    """Month and year, of two digits each."""
    return f"{rng.randrange(1, 13):02}", f"{rng.randrange(26, 34)}"


def iban(rng) -> str:
    country, account = rng.choice([("DE", digits(rng, 18)), ("GB", rng.choice(["BARC", "HBUK", "LOYD"]) + digits(rng, 14)),
                                   ("FR", digits(rng, 23)), ("NL", rng.choice(["INGB", "ABNA"]) + digits(rng, 10))])
    return country + check_digits.iban(country, account) + account


def credit_code(rng) -> str:
    organisation = "".join(rng.choices("0123456789", k=7)) + rng.choice("0123456789ABCDEFGHJKLMNPQRTUWXY")
    organisation = "MA" + organisation[2:] if rng.random() < 0.6 else organisation
    body = "91" + rng.choice(facts.counties())[0] + organisation + check_digits.organisation(organisation)
    return body + check_digits.mod_31(body)


def organisation_code(rng) -> str:
    body = digits(rng, 8)
    return f"{body}-{check_digits.organisation(body)}"


def licence(rng) -> str:
    body = rng.choice(facts.counties())[0] + digits(rng, 8)
    return body + check_digits.mod_11_10(body)


def clearing_number(rng) -> str:
    bank = rng.choice(["102", "103", "104", "105", "301", "303", "305", "306", "308", "309", "310", "313"])
    body = bank + rng.choice(facts.rows("area_codes"))[0][1:].ljust(4, "0")[:4] + digits(rng, 4)
    return body + check_digits.mod_11_10(body)


def equipment_id(rng) -> str:
    body = rng.choice(["35", "86"]) + digits(rng, 12)
    return body + check_digits.luhn(body)


def sim_card(rng) -> str:
    body = "8986" + rng.choice(["00", "01", "03", "06", "11"]) + digits(rng, 13)
    return body + check_digits.luhn(body)


def mac_address(rng) -> str:
    """Of a device: given by its maker, not of a group."""
    first = rng.randrange(64) * 4
    return rng.choice([":", "-"]).join(f"{byte:02X}" for byte in (first, *(rng.randrange(256) for _ in range(5))))


def public_address(rng) -> str:
    return f"{rng.choice([36, 58, 61, 101, 112, 114, 116, 119, 121, 125, 180, 202, 218, 222])}." + ".".join(
        str(rng.randrange(1, 255)) for _ in range(3))


def private_address(rng) -> str:
    head = rng.choice(["10.{}", "192.168", "172.{}"])
    return head.format(rng.randrange(16, 32)) + f".{rng.randrange(255)}.{rng.randrange(1, 255)}"
