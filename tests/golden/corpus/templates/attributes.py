"""What the papers say of a person beside what everybody's attributes are, and how people write it."""
import base64
import random

from .. import check_digits, facts, numbers, people, surface, words
from ..document import Value


def of(person: people.Person, what: str) -> Value:
    """An attribute by its name or its element; a letter behind an element asks for another one of it."""
    if what in OWN:
        return OWN[what](person)
    return person.of(what[:3]) if what[0] == "D" and what[1:3].isdigit() else getattr(person, what)


def latin(person: people.Person, form: str) -> Value:
    if "latin parts" not in person.__dict__:
        pinyin = words.sections("pinyin")
        person.__dict__["latin parts"] = [person.rng.choice(pinyin[f"{part} third"]).replace("ü", "v") for part in ("surnames", "given")]
    surname, given = person.__dict__["latin parts"]
    return person.value("D26", form.format(surname=surname, given=given, SURNAME=surname.upper(), GIVEN=given.upper()))


def name_of(kind: str):
    """A name with a surname of a kind: compound, rare."""
    def made(person: people.Person) -> Value:
        names = words.sections("names")
        return person.value("D25", person.rng.choice(names[f"surnames {kind}"]) + person.rng.choice(names["third"]))
    return made


def international(rng: random.Random, size: int) -> str:
    """A card of a foreign scheme of so many digits."""
    while len(card := numbers.international_card(rng)) != size:
        pass
    return card


def iban(rng: random.Random) -> str:
    """Of countries beside those that everybody's accounts are in, as long as the registry says."""
    country, account = rng.choice([("ES", numbers.digits(rng, 20)), ("CH", numbers.digits(rng, 17)), ("AT", numbers.digits(rng, 16)),
                                   ("BE", numbers.digits(rng, 12)), ("PT", numbers.digits(rng, 21)), ("IT", rng.choice("ABCX") + numbers.digits(rng, 22))])
    return country + check_digits.iban(country, account) + account


def phrase(rng: random.Random) -> str:
    """A password as programs make them, or of words."""
    letters = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKMNPQRSTUVWXYZ23456789"
    made = "".join(rng.choices(letters, k=rng.choice([10, 12, 16])))
    return rng.choice([made, made[:6] + "$" + made[6:], f"{made[:4]}-{made[4:8]}-{made[8:]}", "woaini" + numbers.digits(rng, 4), "P@ssw0rd" + numbers.digits(rng, 3)])


def hong_kong_address(rng: random.Random) -> str:
    street = rng.choice(["九龍旺角彌敦道", "香港灣仔軒尼詩道", "新界沙田源禾路", "九龍觀塘觀塘道", "香港北角英皇道"])
    return f"{street}{rng.randrange(1, 900)}號{rng.choice(['嘉富大廈', '金龍閣', '翠華樓', '富寶花園第二座'])}{rng.randrange(1, 40)}樓{rng.choice('ABCDEF')}室"


def taiwan_address(rng: random.Random) -> str:
    street = rng.choice(["臺北市大安區忠孝東路四段", "新北市板橋區文化路一段", "臺中市西屯區臺灣大道三段", "高雄市苓雅區中正一路"])
    return f"{street}{rng.randrange(1, 500)}號{rng.randrange(2, 20)}樓"


def guangdong_address(rng: random.Random) -> str:
    street = rng.choice(["廣東省廣州市天河區體育東路", "廣東省深圳市羅湖區嘉賓路", "廣東省珠海市香洲區鳳凰北路", "福建省廈門市思明區湖濱南路"])
    return f"{street}{rng.randrange(1, 500)}號{rng.choice(['', '翠園'])}{rng.randrange(1, 30)}棟{rng.randrange(1, 33)}{rng.randrange(1, 9):02}室"


def first_track(person: people.Person) -> Value:
    month, year = numbers.expiry(person.rng)
    name = latin(person, "{SURNAME}/{GIVEN}").text.ljust(person.rng.choice([0, 26]))
    return person.value("D42", f"%B{person.card.text}^{name}^{year}{month}{person.rng.choice(['101', '201', '220'])}{numbers.digits(person.rng, 14)}?")


def second_track(person: people.Person, start: str = ";", mark: str = "=", end: str = "?") -> Value:
    month, year = numbers.expiry(person.rng)
    return person.value("D43", f"{start}{person.card.text}{mark}{year}{month}{person.rng.choice(['101', '201', '220'])}{numbers.digits(person.rng, 9)}{end}")


def third_track(person: people.Person) -> Value:
    return person.value("D44", f";99{person.card.text}=156156{numbers.digits(person.rng, 30)}=0={numbers.digits(person.rng, 8)}?")


def zone(person: people.Person) -> Value:
    surname, given = latin(person, "{surname} {given}").text.split()
    return person.value("D08", numbers.machine_readable_zone(person.rng, surname, given, person.birth))


def telephone(form: str):
    """A landline: {area} with its 0, {a} without; {line} whole, {left} and {right} its halves, {ext} an extension."""
    def made(person: people.Person) -> Value:
        rng = person.rng
        area, _, _, longest = rng.choice(facts.rows("area_codes"))
        line = rng.choice("2345678") + numbers.digits(rng, int(longest) - 1)
        parts = {"area": area, "a": area[1:], "line": line, "left": line[:-4], "right": line[-4:], "ext": numbers.number(rng, 3)}
        return person.value("D29", form.format(**parts))
    return made


def abroad(form: str, lead: str, size: int):
    """A telephone of Hong Kong, Macao or Taiwan, its last four digits apart where the form says so."""
    def made(person: people.Person) -> Value:
        line = person.rng.choice(lead) + numbers.digits(person.rng, size - 1)
        return person.value("D30", form.format(line=line, left=line[:-4], right=line[-4:]))
    return made


def old_number(person: people.Person) -> Value:
    """Of somebody who was grown up when the eighteen digits came."""
    person.birth = person.birth.replace(year=min(person.birth.year, 1950 + person.birth.year % 30), day=min(person.birth.day, 28))
    return person.value("D02", numbers.old_resident_id(person.rng, person.birth))


def random_bytes(rng: random.Random, least: int, most: int) -> bytes:
    return bytes(rng.randrange(256) for _ in range(rng.randrange(least, most)))


def pem(name: str):
    def made(person: people.Person) -> Value:
        body = base64.b64encode(random_bytes(person.rng, 100, 900)).decode()
        lines = "\n".join(body[i:i + 64] for i in range(0, len(body), 64))
        return person.value("D83", f"-----BEGIN {name}-----\n{lines}\n-----END {name}-----")
    return made


OWN = {
    "latin": lambda p: latin(p, "{SURNAME} {GIVEN}"),
    "latin_title": lambda p: latin(p, "{surname} {given}"),
    "latin_west": lambda p: latin(p, "{given} {surname}"),
    "latin_comma": lambda p: latin(p, "{SURNAME}, {given}"),
    "latin_slash": lambda p: latin(p, "{SURNAME}/{GIVEN}"),
    "dotted": lambda p: p.value("D25", p.rng.choice(words.sections("names")["dotted third"])),
    "compound": name_of("compound"),
    "rare": name_of("rare"),
    "born": lambda p: p.dated(),
    "born_dash": lambda p: p.dated("%Y-%m-%d"),
    "born_slash": lambda p: p.dated("%Y/%m/%d"),
    "born_dot": lambda p: p.dated("%Y.%m.%d"),
    "born_han": lambda p: p.value("D36", f"{p.birth.year}年{p.birth.month}月{p.birth.day}日"),
    "born_bare": lambda p: p.dated("%Y%m%d"),
    "born_west": lambda p: p.dated("%d %b %Y"),
    "trad": lambda p: p.value("D25", p.rng.choice(words.sections("names")["surnames traditional"]) + p.rng.choice(words.sections("names")["traditional"])),
    "hk_address": lambda p: p.value("D34", hong_kong_address(p.rng)),
    "tw_address": lambda p: p.value("D34", taiwan_address(p.rng)),
    "trad_address": lambda p: p.value("D34", guangdong_address(p.rng)),
    "company": lambda p: p.value("D39", people.company(p.rng, p.voice)),
    "debit": lambda p: p.value("D40", numbers.unionpay_card(p.rng)),
    "debittwo": lambda p: p.value("D40", numbers.unionpay_card(p.rng)),
    "credit": lambda p: p.value("D41", international(p.rng, 16)),
    "amex": lambda p: p.value("D41", international(p.rng, 15)),
    "cid": lambda p: p.value("D45", numbers.digits(p.rng, 4)),
    "pin_any": lambda p: p.value("D47", numbers.digits(p.rng, 6))._replace(also="D49"),
    "tel": telephone("{area}-{line}"),
    "tel_tight": telephone("{area}{line}"),
    "tel_braces": telephone("（{area}）{line}"),
    "tel_round": telephone("({area}) {line}"),
    "tel_split": telephone("{area}-{left} {right}"),
    "tel_gaps": telephone("{area} {left} {right}"),
    "tel_ext": telephone("{area}-{line}转{ext}"),
    "tel_dash": telephone("{area}-{line}-{ext}"),
    "tel_x": telephone("{area}-{line} ext. {ext}"),
    "tel_abroad": telephone("+86-{a}-{line}"),
    "tel_abroad_gaps": telephone("+86 {a} {left} {right}"),
    "tel_zeros": telephone("0086-{a}-{line}"),
    "teltwo": telephone("{area}-{line}"),
    "mobileold": lambda p: p.value("D27", numbers.mobile(p.rng)),
    "mobilenew": lambda p: p.value("D27", numbers.mobile(p.rng)),
    "hk": abroad("+852 {left} {right}", "569", 8),
    "hk_tight": abroad("+852{line}", "569", 8),
    "hk_dash": abroad("852-{line}", "569", 8),
    "hk_braces": abroad("(852) {left}-{right}", "569", 8),
    "hk_zeros": abroad("00852-{line}", "569", 8),
    "mo": abroad("+853 {left} {right}", "6", 8),
    "mo_dash": abroad("853-{line}", "6", 8),
    "tw": abroad("+886 {line}", "9", 9),
    "tw_dash": abroad("+886-{line}", "9", 9),
    "D02": old_number,
    "companytwo": lambda p: p.value("D39", people.company(p.rng, p.voice)),
    "addresstwo": lambda p: p.value("D34", people.address(p.rng, p.voice)),
    "tax18": lambda p: p.value("D62", numbers.credit_code(p.rng))._replace(also="D59"),
    "securities": lambda p: p.value("D82", "A" + numbers.number(p.rng, 9)),
    "income": lambda p: p.value("D38", f"{p.rng.randrange(40_000, 900_000)}.00"),
    "limit": lambda p: p.value("D68", f"{p.rng.randrange(1, 90)}0,000.00"),
    "overdue": lambda p: p.value("D68", f"{p.rng.randrange(100_000, 9_999_999) / 100:,.2f}"),
    "interest": lambda p: p.value("D68", f"{p.rng.randrange(1_000, 99_999) / 100:.2f}"),
    "soldier": lambda p: p.value("D16", f"{p.rng.choice('军士海空武政后参')}字第{numbers.digits(p.rng, p.rng.choice([5, 6, 7, 8]))}号"),
    "plate_dot": lambda p: p.value("D19", f"{(plate := numbers.plate(p.rng))[:2]}·{plate[2:]}"),
    "plate_gap": lambda p: p.value("D19", f"{(plate := numbers.plate(p.rng))[:2]} {plate[2:]}"),
    "plate_green": lambda p: p.value("D19", p.rng.choice("京沪粤苏浙川鲁豫") + p.rng.choice("ABCDE") + p.rng.choice("DF") + numbers.digits(p.rng, 5)),
    "plate_trailer": lambda p: p.value("D19", p.rng.choice("冀鲁豫皖晋") + p.rng.choice("ABCDE") + numbers.digits(p.rng, 4) + "挂"),
    "plate_learner": lambda p: p.value("D19", p.rng.choice("湘鄂赣闽") + p.rng.choice("ABCDE") + numbers.digits(p.rng, 4) + "学"),
    "plate_border": lambda p: p.value("D19", "粤Z" + p.rng.choice("ABCDEFGH") + numbers.digits(p.rng, 3) + p.rng.choice("港澳")),
    "passport_south": lambda p: p.value("D07", p.rng.choice(["H", "K"]) + numbers.digits(p.rng, 8) if p.rng.random() < 0.5 else p.rng.choice(["KJ", "MA"]) + numbers.digits(p.rng, 7)),
    "permit_letter": lambda p: p.value("D09", "C" + p.rng.choice("ABCDEFGHJK") + numbers.digits(p.rng, 7)),
    "taiwan_letter": lambda p: p.value("D11", numbers.digits(p.rng, 10) + p.rng.choice("ABCDE")),
    "hkid_bare": lambda p: p.value("D13", "".join(c for c in numbers.hong_kong_id(p.rng) if c.isalnum())),
    "orgcode_bare": lambda p: p.value("D60", numbers.organisation_code(p.rng).replace("-", "")),
    "expiry_long": lambda p: p.value("D46", "20{1}-{0}".format(*numbers.expiry(p.rng))),
    "expiry_year": lambda p: p.value("D46", "{0}/20{1}".format(*numbers.expiry(p.rng))),
    "expiry_han": lambda p: p.value("D46", "20{1}年{0}月".format(*numbers.expiry(p.rng))),
    "born_short": lambda p: p.value("D36", f"{p.birth.year}-{p.birth.month}-{p.birth.day}"),
    "born_long": lambda p: p.dated("%d %B %Y"),
    "wechat": lambda p: p.value("D32", p.rng.choice(words.sections("pinyin")["given third"]).lower() + p.rng.choice(["_", "-", ""]) + numbers.digits(p.rng, 5)),
    "qq_short": lambda p: p.value("D33", numbers.number(p.rng, p.rng.choice([6, 7]))),
    "ipv6": lambda p: p.value("D79", "240" + p.rng.choice("89e") + ":" + ":".join(f"{p.rng.randrange(1, 65536):x}" for _ in range(7))),
    "iban_more": lambda p: p.value("D58", iban(p.rng)),
    "branch_login": lambda p: p.value("D53", p.rng.choice(["user", "wy", "ebank_", "corp"]) + numbers.digits(p.rng, 6)),
    "phrase": lambda p: p.value("D49", phrase(p.rng)),
    "track1": first_track,
    "track2": second_track,
    "track2_tag": lambda p: second_track(p, "", "D", ""),
    "track3": third_track,
    "zone": zone,
    "lat": lambda p: p.value("D81", f"{p.rng.uniform(23, 39):.6f}"),
    "lon": lambda p: p.value("D81", f"{p.rng.uniform(103, 121):.6f}"),
    "template": lambda p: p.value("D50", base64.b64encode(random_bytes(p.rng, 780, 1500)).decode()),
    "key": pem("PRIVATE KEY"),
    "key_ec": pem("EC PRIVATE KEY"),
    "key_rsa": pem("RSA PRIVATE KEY"),
    "key_ssh": pem("OPENSSH PRIVATE KEY"),
    "key_locked": pem("ENCRYPTED PRIVATE KEY"),
    "key_sm2": lambda p: p.value("D83", "".join(p.rng.choices("0123456789abcdef", k=64))),
    "taxpayer": lambda p: p.id._replace(element="D24", also="D01"),
    "social": lambda p: p.id._replace(element="D21", also="D01"),
    "driver": lambda p: p.id._replace(element="D18", also="D01"),
    "house": lambda p: p.id._replace(element="D17", also="D01"),
    "imsi": lambda p: p.value("D78", "460" + p.rng.choice(["00", "01", "02", "11"]) + numbers.digits(p.rng, 10)),
    "iccid": lambda p: p.value("D78", numbers.sim_card(p.rng)),
    "code4": lambda p: p.value("D51", numbers.digits(p.rng, 4)),
    "code6": lambda p: p.value("D51", numbers.digits(p.rng, 6)),
    "code6b": lambda p: p.value("D51", numbers.digits(p.rng, 6)),
    "amount": lambda p: p.value("D64", f"{p.rng.randrange(100, 99_999_999) / 100:,.2f}"),
    "amounttwo": lambda p: p.value("D64", f"{p.rng.randrange(100, 99_999_999) / 100:,.2f}"),
    "plain": lambda p: p.value("D64", f"{p.rng.randrange(100, 99_999_999) / 100:.2f}"),
    "bill30": lambda p: p.value("D66", "1" + numbers.digits(p.rng, 29)),
    "bill30two": lambda p: p.value("D66", "2" + numbers.digits(p.rng, 29)),
    "bill16": lambda p: p.value("D66", numbers.number(p.rng, 16)),
    "bill8": lambda p: p.value("D66", numbers.digits(p.rng, 8)),
    "nation": lambda p: p.value("D37", p.rng.choice(words.sections("places")["nations"])),
    "marriage": lambda p: p.value("D37", p.rng.choice(words.sections("places")["marriages"])),
    "education": lambda p: p.value("D37", p.rng.choice(words.sections("places")["educations"])),
    "occupation": lambda p: p.value("D37", p.rng.choice(words.sections("places")["occupations"])),
}


def card_groups(separator: str):
    """As on the card's face: fours, but 4-6-5 of fifteen digits."""
    return lambda text: surface.grouped(text, (4, 6, 5) if len(text) == 15 else (4,) * 8, separator)


def in_groups(sizes: tuple[int, ...], separator: str):
    return lambda text: surface.grouped(text, sizes, separator)


STYLES = {
    "new": str,
    "han": lambda t: t.translate(dict(zip(map(ord, "0123456789"), "零一二三四五六七八九"))),
    "yao": lambda t: t.translate(dict(zip(map(ord, "0123456789"), "零幺二三四五六七八九"))),
    "sp344": in_groups((3, 4, 4), " "), "da344": in_groups((3, 4, 4), "-"), "do344": in_groups((3, 4, 4), "."),
    "sp4": card_groups(" "), "da4": card_groups("-"), "sp684": in_groups((6, 8, 4), " "), "da684": in_groups((6, 8, 4), "-"),
    "plus": lambda t: "+86" + t, "plus_sp": lambda t: "+86 " + t, "plus_da": lambda t: "+86-" + t, "zeros": lambda t: "0086" + t,
    "plus344": lambda t: "+86 " + surface.grouped(t, (3, 4, 4), " "), "braces": lambda t: "(+86)" + t, "plus_da344": lambda t: "+86-" + surface.grouped(t, (3, 4, 4), "-"),
    "full": lambda t: t.translate(surface.FULL_WIDTH), "lower": str.lower, "upper": str.upper,
    "inner": lambda t: f"{t[0]} {t[1]}" if len(t) == 2 else t, "inner_wide": lambda t: f"{t[0]}\u3000{t[1]}" if len(t) == 2 else t,
    "wrap": lambda t: t[:len(t) // 2] + "\n" + t[len(t) // 2:],
    "bare_amount": lambda t: t.replace(",", ""),
    "indent": lambda t: t.replace("\n", "\n    "),
    "bare": lambda t: "".join(c for c in t if c.isalnum()),
    "dots": lambda t: ".".join(t), "colons": lambda t: t.replace("-", ":").lower(),
}


def noise(rng: random.Random, what: str) -> str:
    """Text that is nothing: `8` digits, `n8` of which the first is not 0, `h16` hexadecimal ones, or what it is called."""
    kind, count = (what[0], what[1:]) if what[0] in "nh" and what[1:].isdigit() else ("", what)
    if count.isdigit():
        size = int(count)
        return numbers.number(rng, size) if kind == "n" else "".join(rng.choices("0123456789abcdef", k=size)) if kind == "h" else numbers.digits(rng, size)
    return NOISE[what](rng)


NOISE = {
    "date": lambda r: f"2026-{r.randrange(1, 3):02}-{r.randrange(1, 29):02}",
    "day": lambda r: f"2026年{r.randrange(1, 3)}月{r.randrange(1, 29)}日",
    "bare_date": lambda r: f"2026{r.randrange(1, 3):02}{r.randrange(1, 29):02}",
    "past": lambda r: f"{r.randrange(2012, 2026)}-{r.randrange(1, 13):02}-{r.randrange(1, 29):02}",
    "clock": lambda r: f"{r.randrange(8, 19):02}:{r.randrange(60):02}",
    "time": lambda r: f"{r.randrange(8, 19):02}:{r.randrange(60):02}:{r.randrange(60):02}",
    "amount": lambda r: f"{r.randrange(100, 9_999_999) / 100:,.2f}",
    "plain": lambda r: f"{r.randrange(100, 9_999_999) / 100:.2f}",
    "ip": numbers.private_address,
    "percent": lambda r: f"{r.randrange(1, 100)}%",
    "expiry": lambda r: "/".join(numbers.expiry(r)),
    "month": lambda r: f"{r.randrange(1, 13):02}",
    "bank": lambda r: r.choice(words.sections("places")["banks"]),
    "trad": lambda p: p.value("D25", p.rng.choice(words.sections("names")["surnames traditional"]) + p.rng.choice(words.sections("names")["traditional"])),
    "hk_address": lambda p: p.value("D34", hong_kong_address(p.rng)),
    "tw_address": lambda p: p.value("D34", taiwan_address(p.rng)),
    "trad_address": lambda p: p.value("D34", guangdong_address(p.rng)),
    "company": lambda r: people.company(r, "third"),
}
