"""Invented people and companies. Every attribute is a labelled value of the person's number."""
import copy
import datetime
import functools
import random

from . import facts, numbers, words
from .document import Document, Value

KEPT = ("name", "latin_name", "id", "mobile", "email", "card", "address")  # drawn once for a person


class Person:
    def __init__(self, document: Document, youngest: int = 18):
        document.customers += 1
        self.number, self.rng, self.voice = document.customers, document.rng, document.voice
        self.birth = numbers.birth_date(self.rng, youngest)
        self.male = self.rng.random() < 0.5

    def value(self, element: str, text: str) -> Value:
        return Value(element, text, self.number)

    @functools.cached_property
    def name(self) -> Value:
        given = words.sections("names")
        if self.rng.random() < 0.02:
            return self.value("D25", self.rng.choice(given["dotted"]))
        kind = self.rng.choices(["common", "rare", "compound"], [80, 15, 5])[0]
        surname = self.rng.choice(given[f"surnames {kind}"])
        return self.value("D25", surname + self.rng.choice(given[self.voice]))

    @functools.cached_property
    def latin_name(self) -> Value:
        pinyin = words.sections("pinyin")
        surname, given = self.rng.choice(pinyin["surnames"]), self.rng.choice(pinyin["given"])
        return self.value("D26", self.rng.choice([f"{surname} {given}", f"{given} {surname}", f"{surname} {given}".upper()]))

    @functools.cached_property
    def id(self) -> Value:
        return self.value("D01", numbers.resident_id(self.rng, self.birth, self.male))

    @functools.cached_property
    def mobile(self) -> Value:
        return self.value("D27", numbers.mobile(self.rng))

    @functools.cached_property
    def email(self) -> Value:
        pinyin = words.sections("pinyin")
        who = self.rng.choice(pinyin["surnames"]).lower() + self.rng.choice(["", ".", "_"])
        who += self.rng.choice(pinyin["given"]).lower() + self.rng.choice(["", str(self.birth.year), numbers.digits(self.rng, 3)])
        host = self.rng.choice(["163.com", "qq.com", "126.com", "gmail.com", "outlook.com", "sina.com", "foxmail.com", "example.com.cn"])
        return self.value("D31", f"{who}@{host}")

    @functools.cached_property
    def card(self) -> Value:
        if self.rng.random() < 0.85:
            return self.value("D40", numbers.unionpay_card(self.rng))
        return self.value("D41", numbers.international_card(self.rng))

    @functools.cached_property
    def address(self) -> Value:
        return self.value("D34", address(self.rng, self.voice))

    def dated(self, form: str | None = None) -> Value:
        """The birth date in one of the forms that people write."""
        form = form or self.rng.choice(["%Y-%m-%d", "%Y/%m/%d", "%Y年%m月%d日", "%Y%m%d", "%Y.%m.%d"])
        return self.value("D36", self.birth.strftime(form))

    def born_before_2000(self) -> datetime.date:
        """The birth date of somebody old enough for a number of fifteen digits, as the last are of 1999."""
        if self.birth.year >= 2000:
            self.birth = self.birth.replace(year=self.birth.year - 28)  # in step with leap years
        return self.birth

    def anew(self) -> "Person":
        """The same person of whom nothing is drawn yet: what is asked of it is another than before."""
        other = copy.copy(self)
        for name in KEPT:
            other.__dict__.pop(name, None)
        return other

    def of(self, element: str) -> Value:
        """An attribute by its element."""
        own = {"D01": "id", "D25": "name", "D26": "latin_name", "D27": "mobile", "D31": "email", "D34": "address", "D40": "card"}
        if element in own:
            return getattr(self, own[element])
        if element == "D36":
            return self.dated()
        return self.value(element, attribute(element, self))


def unowned(document: Document, element: str) -> Value:
    """A value that is nobody's: a company's, a machine's."""
    person = Person(document)
    document.customers -= 1
    return person.of(element)._replace(customer=0)


def minor(document: Document) -> Person:
    """Somebody under fourteen."""
    person = Person(document)
    person.birth = numbers.TODAY - datetime.timedelta(days=document.rng.randrange(400, 13 * 365))
    return person


def address(rng: random.Random, voice: str) -> str:
    """An address as people write it: with or without province, in town or in the country."""
    places = words.sections("places")
    _, province, prefecture, county = rng.choice(facts.counties())
    head = rng.choice([province + prefecture + county, prefecture + county if prefecture else province + county])
    if rng.random() < 0.2:
        return head + rng.choice(places[f"towns {voice}"]) + rng.choice(places["villages"]) + f"{rng.randrange(1, 20)}组{rng.randrange(1, 200)}号"
    street = f"{rng.choice(places[f'streets {voice}'])}{rng.randrange(1, 999)}号"
    estate = rng.choice(places[f"estates {voice}"])
    room = f"{rng.randrange(1, 33)}{rng.randrange(1, 9):02}"
    block, entrance = rng.randrange(1, 40), rng.randrange(1, 5)
    tail = {"first": [f"{estate}{block}号楼{entrance}单元{room}室", f"{block}栋{room}室", "", f"{estate}{block}栋{entrance}单元{room}"],
            "second": [f"{estate}{block}幢{entrance}单元{room}室", f"{estate}{block}-{entrance}-{room}", f"{block}号楼{room}", ""],
            "third": [f"{estate}{block}#{room}", f"{estate}{block}座{room}房", f"{estate}{entrance}区{block}幢{entrance}门{room}号", f"附{entrance}号", ""]}[voice]
    return head + street + rng.choice(tail)


def company(rng: random.Random, voice: str) -> str:
    places = words.sections("places")
    city = (rng.choice(facts.counties())[2] or "北京市").removesuffix("市")
    return city + rng.choice(places[f"companies {voice}"]) + rng.choice(places["trades"])


def amount(rng: random.Random) -> str:
    figure = rng.choice([rng.randrange(1, 1000) * 10_000, rng.randrange(100, 9_999_999)])
    return rng.choice([f"{figure / 100:,.2f}", f"{figure / 100:.2f}", f"{figure / 100:,.2f}元", f"¥{figure / 100:,.2f}", f"{figure // 10_000 + 1}万元"])


def attribute(element: str, person: Person) -> str:
    """A value of an element that says little of whose it is."""
    rng, places = person.rng, words.sections("places")
    letters = "ABCDEFGHJKLMNPQRSTUVWXYZ"
    made = {
        "D02": lambda: numbers.old_resident_id(rng, person.born_before_2000()),
        "D03": lambda: numbers.resident_id(rng, person.birth, person.male, rng.choice(["810000", "820000", "830000"])),
        "D04": lambda: numbers.permanent_resident_id(rng, person.birth),
        "D05": lambda: rng.choice(["USA", "CAN", "JPN", "DEU"]) + rng.choice(facts.counties())[0][:2] + "00" + f"{person.birth:%y%m%d}" + numbers.digits(rng, 2),
        "D06": lambda: numbers.passport(rng),
        "D07": lambda: numbers.official_passport(rng),
        "D09": lambda: rng.choice("CW") + numbers.digits(rng, 8),
        "D10": lambda: rng.choice("HM") + numbers.digits(rng, rng.choice([8, 10])),
        "D11": lambda: numbers.digits(rng, 8),
        "D12": lambda: rng.choice("TL") + numbers.digits(rng, 8),
        "D13": lambda: numbers.hong_kong_id(rng),
        "D14": lambda: numbers.macao_id(rng),
        "D15": lambda: numbers.taiwan_id(rng),
        "D16": lambda: f"{rng.choice('南北沈兰成济广')}字第{numbers.digits(rng, rng.choice([6, 7, 8]))}号",
        "D17": lambda: numbers.number(rng, 9),
        "D18": lambda: numbers.number(rng, 12),
        "D19": lambda: numbers.plate(rng),
        "D20": lambda: numbers.vehicle_number(rng),
        "D21": lambda: rng.choice(letters) + numbers.digits(rng, 8),
        "D22": lambda: numbers.number(rng, rng.choice([9, 12, 16])),
        "D23": lambda: rng.choice(["", "M", "ZY"]) + numbers.number(rng, rng.choice([8, 10])),
        "D28": lambda: rng.choice(["1400", "1410", "1064" + rng.choice("0123456789")]).ljust(5, "0")[:5] + numbers.digits(rng, 8),
        "D29": lambda: numbers.landline(rng),
        "D30": lambda: numbers.foreign_phone(rng),
        "D32": lambda: rng.choice(["wxid_", "wx_", "lucky", "sunny-"]) + "".join(rng.choices("abcdefghijkmnpqrstuvwxyz0123456789", k=8)),
        "D33": lambda: numbers.number(rng, rng.choice([8, 9, 10])),
        "D35": lambda: rng.choice(facts.counties())[0][:2] + numbers.digits(rng, 4),
        "D37": lambda: rng.choice(places["nations"]),
        "D38": lambda: amount(rng),
        "D39": lambda: company(rng, person.voice),
        "D41": lambda: numbers.international_card(rng),
        "D45": lambda: numbers.digits(rng, 3),
        "D46": lambda: "/".join(numbers.expiry(rng)),
        "D47": lambda: numbers.digits(rng, 6),
        "D48": lambda: "".join(rng.choices("0123456789ABCDEF", k=16)),
        "D49": lambda: secret(rng),
        "D51": lambda: numbers.digits(rng, rng.choice([4, 6, 6])),
        "D52": lambda: rng.choice(["红烧肉", "我的小学", "花花", "成都七中", "数学老师"]),
        "D53": lambda: rng.choice(words.sections("pinyin")["given"]).lower() + numbers.digits(rng, 4),
        "D54": lambda: numbers.number(rng, rng.choice([17, 19, 21])),
        "D55": lambda: numbers.number(rng, rng.choice([12, 17, 20, 22])),
        "D56": lambda: numbers.clearing_number(rng),
        "D57": lambda: rng.choice(["ICBKCNBJ", "BKCHCNBJ", "PCBCCNBJ", "ABOCCNBJ", "CMBCCNBS"]) + rng.choice(["", "XXX", "110", "300"]),
        "D58": lambda: numbers.iban(rng),
        "D59": lambda: numbers.credit_code(rng),
        "D60": lambda: numbers.organisation_code(rng),
        "D61": lambda: numbers.licence(rng),
        "D62": lambda: numbers.digits(rng, 6) + numbers.number(rng, 9),
        "D63": lambda: "62" + numbers.digits(rng, 14),
        "D64": lambda: amount(rng),
        "D66": lambda: numbers.number(rng, rng.choice([8, 16, 30])),
        "D67": lambda: rng.choice(["JK", "HT", "DK"]) + numbers.number(rng, rng.choice([12, 14])),
        "D77": lambda: numbers.equipment_id(rng),
        "D78": lambda: rng.choice(["460" + rng.choice(["00", "01", "03", "11"]) + numbers.digits(rng, 10), numbers.sim_card(rng)]),
        "D79": lambda: numbers.public_address(rng),
        "D80": lambda: numbers.mac_address(rng),
        "D82": lambda: rng.choice(["P", "A", "PDAA", ""]) + numbers.number(rng, rng.choice([10, 15])),
    }
    return made[element]()


def secret(rng: random.Random) -> str:
    """A password as people choose them."""
    word = rng.choice(["Huaxia", "Qwer", "Sunshine", "Admin", "Beijing", "Longmao", "Abc", "Zxcv"])
    return word + rng.choice(["@", "#", "!", "_", ""]) + numbers.digits(rng, rng.choice([3, 4, 6])) + rng.choice(["", "!", "x"])
