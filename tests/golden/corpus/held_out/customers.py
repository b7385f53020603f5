"""Invented customers of the held-out half."""
import datetime
import unicodedata

from .. import check_digits, facts, numbers, words
from ..document import Document, TODAY, Value
from . import values

MAILS = ["qq.com", "163.com", "126.com", "139.com", "sina.cn", "hotmail.com", "gmail.com", "icloud.com", "sohu.com", "aliyun.com"]
OWN = ("name", "latin", "email", "address", "birthday", "zone")  # what a customer's other attributes enter
ALSO = {"taxpayer": "D01"}  # a natural person's taxpayer number is the identity number


class Customer:
    """Attributes are drawn when first asked for: `customer["mobile"]` is a labelled value."""

    def __init__(self, document: Document, age: tuple[int, int] = (19, 78)):
        document.customers += 1
        self.number, self.rng = document.customers, document.rng
        self.birth = TODAY - datetime.timedelta(days=self.rng.randrange(age[0] * 366, age[1] * 365))
        self.male = self.rng.random() < 0.52
        self.drawn: dict[str, Value] = {}

    def __getitem__(self, what: str) -> Value:
        if what not in self.drawn:
            element, make = getattr(self, f"_{what}")() if what in OWN else values.MAKERS[what]
            self.drawn[what] = Value(element, make(self.rng, self), self.number, also=ALSO.get(what, ""))
        return self.drawn[what]

    def value(self, element: str, text: str, optional: bool = False) -> Value:
        return Value(element, text, self.number, optional)

    def trait(self, what: str) -> Value:
        """A nation, marriage, education or job."""
        return self.value("D37", values.pick("places", self.rng, what))

    def born(self, form: str) -> Value:
        b = self.birth
        return self.value("D36", form.format(y=b.year, m=b.month, d=b.day))

    def _name(self):
        return "D25", lambda rng, c: chinese_name(rng, c.male)

    def _latin(self):
        return "D26", lambda rng, _: rng.choice(["{0} {1}", "{0} {1}", "{2} {3}", "{3} {2}"]).format(
            s := values.pick("names", rng, "latin surnames"), g := values.pick("names", rng, "latin given"), s.title(), g.title())

    def _email(self):
        return "D31", lambda rng, _: mail_name(rng) + "@" + rng.choice(MAILS)

    def _address(self):
        return "D34", lambda rng, _: address(rng)

    def _birthday(self):
        form = self.rng.choice(["{y}-{m:02}-{d:02}", "{y}年{m}月{d}日", "{y}/{m}/{d}", "{y}{m:02}{d:02}", "{y}.{m:02}.{d:02}"])
        return "D36", lambda rng, c: c.born(form).text

    def _zone(self):
        surname, given = (values.pick("names", self.rng, f"latin {part}") for part in ("surnames", "given"))
        return "D08", lambda rng, c: numbers.machine_readable_zone(rng, surname, given, c.birth)


def nobodys(document: Document, what: str) -> Value:
    """A value of the kind that belongs to no person: a company's, a device's."""
    customer = Customer(document)
    document.customers -= 1
    return customer[what]._replace(customer=0)


def staff(document: Document) -> Value:
    """The name of a colleague, which is no customer's but a name."""
    return nobodys(document, "name")._replace(optional=True)


def chinese_name(rng, male: bool) -> str:
    if rng.random() < 0.012:
        return values.pick("names", rng, "minority")
    shares = [entry.split(":") for entry in words.sections("held_out/names")["surnames"]]
    surname = rng.choices([s for s, _ in shares], [int(n) for _, n in shares])[0]
    if rng.random() < 0.14:
        return surname + values.pick("names", rng, "single")
    side = "male" if male else "female"
    return surname + values.pick("names", rng, f"{side} first") + values.pick("names", rng, f"{side} second")


def mail_name(rng) -> str:
    surname, given = (values.pick("names", rng, f"latin {part}").lower() for part in ("surnames", "given"))
    return rng.choice([f"{given}{numbers.digits(rng, 2)}", f"{surname}{given}", f"{given}.{surname}",
                       f"{surname}_{given[:2]}{numbers.digits(rng, 4)}", numbers.number(rng, 9)])


def address(rng) -> str:
    """In town, in the country, in Shanghai's lanes, in a tower; with or without province."""
    _, province, prefecture, county = rng.choice(facts.counties())
    head = rng.choice([province + prefecture + county, province + prefecture + county, (prefecture or province) + county])
    road, estate, n = values.pick("places", rng, "roads"), values.pick("places", rng, "estates"), rng.randrange
    room = f"{n(1, 30)}{n(1, 9):02}"
    kind = rng.random()
    if kind < 0.25:
        town = values.pick("places", rng, "towns") + values.pick("places", rng, "villages")
        return head + town + rng.choice(["", f"{n(1, 12)}组", f"{n(1, 12)}组{n(1, 99)}号", f"{n(1, 300)}号"])
    if kind < 0.33:
        return rng.choice(["上海市浦东新区", "上海市闵行区", "上海市杨浦区", "上海市徐汇区"]) + f"{road}{n(10, 3000)}弄{n(1, 120)}号{room}室"
    if kind < 0.43:
        return f"{head}{road}{n(1, 800)}号{values.pick('places', rng, 'towers')}{rng.choice('ABC')}座{room}"
    district = values.pick("places", rng, "subdistricts") if rng.random() < 0.3 else ""
    tail = rng.choice([f"{estate}{n(1, 40)}栋{n(1, 4)}单元{room}", f"{estate}{n(1, 40)}号楼{room}室", f"{n(1, 30)}号院{n(1, 12)}楼{n(1, 6)}门{room}",
                       f"{estate}二期{n(1, 30)}幢{room}室", f"{room}室", ""])
    return f"{head}{district}{road}{n(1, 1200)}号{tail}"


def written(rng, value: Value) -> Value:
    """As people type it: mostly as it is; grouped, full-width or with something invisible inside now and then."""
    chance, text = rng.random(), value.text
    if value.element not in ("D01", "D27", "D40", "D41") or not text.isalnum() or len(text) == 15 or chance < 0.88:
        return value
    if chance < 0.95 and value.element != "D27":
        sizes = {"D01": rng.choice([(6, 8, 4), (6, 4, 4, 4)])}.get(value.element, (4,) * 5)
        cuts = [sum(sizes[:i]) for i in range(len(sizes) + 1)]
        separator = rng.choice("   -")
        return value._replace(text=separator.join(text[a:b] for a, b in zip(cuts, cuts[1:]) if text[a:b]))
    if chance < 0.98:
        return value._replace(text="".join(chr(ord(c) + 0xFEE0) for c in text))
    at = rng.randrange(2, len(text) - 1)
    return value._replace(text=text[:at] + rng.choice("\u200b\u200c\u2060") + text[at:])


def plain(value: Value) -> Value:
    """A number as databases keep it: without signs between its digits."""
    kept = "".join(c for c in unicodedata.normalize("NFKC", value.text) if c.isalnum())
    return value._replace(text=kept.removeprefix("86").removeprefix("0086") if value.element == "D27" else kept)
