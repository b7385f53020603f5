"""Names, births, addresses and what else is said of a person."""
import random

from ... import numbers, people, words
from ...document import Value
from .forms import Draw


def latin(form: str) -> Draw:
    """A name in Latin letters, the same person's made of the same parts."""
    def made(person: people.Person) -> Value:
        surname, given = latin_parts(person)
        return person.value("D26", form.format(surname=surname, given=given, SURNAME=surname.upper(), GIVEN=given.upper()))
    return made


def latin_parts(person: people.Person) -> list[str]:
    """Surname and given name in pinyin; they stay with the person."""
    if "latin parts" not in person.__dict__:
        pinyin = words.sections("pinyin")
        person.__dict__["latin parts"] = [person.rng.choice(pinyin[f"{part} third"]).replace("ü", "v") for part in ("surnames", "given")]
    return person.__dict__["latin parts"]


def latin_of_two(form: str) -> Draw:
    """A Latin name whose given name has two syllables that stand apart."""
    def made(person: people.Person) -> Value:
        surname = person.rng.choice(["Gu", "Shao", "Bai", "Jia", "Lei", "Wan", "Yuan", "Pan", "Dai", "Qin"])
        one, other = person.rng.sample(["Jian", "Hua", "Xiao", "Mei", "Yu", "Lan", "Guo", "Ping", "Wen", "Bin", "Li", "Na"], 2)
        return person.value("D26", form.format(surname, one, other, surname.upper(), one.upper(), other.upper(), other.lower()))
    return made


def name_of(surnames: str, given: str) -> Draw:
    def made(person: people.Person) -> Value:
        names = words.sections("names")
        return person.value("D25", person.rng.choice(names[surnames]) + person.rng.choice(names[given]))
    return made


def born(form: str) -> Draw:
    return lambda person: person.dated(form)


def hong_kong_address(rng: random.Random) -> str:
    street = rng.choice(["九龍旺角彌敦道", "香港灣仔軒尼詩道", "新界沙田源禾路", "九龍觀塘觀塘道", "香港北角英皇道"])
    return f"{street}{rng.randrange(1, 900)}號{rng.choice(['嘉富大廈', '金龍閣', '翠華樓', '富寶花園第二座'])}{rng.randrange(1, 40)}樓{rng.choice('ABCDEF')}室"


def taiwan_address(rng: random.Random) -> str:
    street = rng.choice(["臺北市大安區忠孝東路四段", "新北市板橋區文化路一段", "臺中市西屯區臺灣大道三段", "高雄市苓雅區中正一路"])
    return f"{street}{rng.randrange(1, 500)}號{rng.randrange(2, 20)}樓"


def guangdong_address(rng: random.Random) -> str:
    street = rng.choice(["廣東省廣州市天河區體育東路", "廣東省深圳市羅湖區嘉賓路", "廣東省珠海市香洲區鳳凰北路", "福建省廈門市思明區湖濱南路"])
    return f"{street}{rng.randrange(1, 500)}號{rng.choice(['', '翠園'])}{rng.randrange(1, 30)}棟{rng.randrange(1, 33)}{rng.randrange(1, 9):02}室"


def described(heading: str) -> Draw:
    return lambda person: person.value("D37", person.rng.choice(words.sections("places")[heading]))


VALUES: dict[str, Draw] = {
    "name": lambda p: p.name,
    "compound": name_of("surnames compound", "third"),
    "rare": name_of("surnames rare", "third"),
    "trad": name_of("surnames traditional", "traditional"),
    "dotted": lambda p: p.value("D25", p.rng.choice(words.sections("names")["dotted third"])),
    "latin": latin("{SURNAME} {GIVEN}"),
    "latin_title": latin("{surname} {given}"),
    "latin_west": latin("{given} {surname}"),
    "latin_comma": latin("{SURNAME}, {given}"),
    "latin_slash": latin("{SURNAME}/{GIVEN}"),
    "latin_hyphen": latin_of_two("{0} {1}-{6}"),
    "latin_apart": latin_of_two("{0} {1} {2}"),
    "latin_caps": latin_of_two("{3} {4} {5}"),
    "latin_behind": latin_of_two("{1}-{6} {0}"),
    "latin_joined": latin_of_two("{3},{4}{5}"),
    "born_dash": born("%Y-%m-%d"),
    "born_slash": born("%Y/%m/%d"),
    "born_dot": born("%Y.%m.%d"),
    "born_bare": born("%Y%m%d"),
    "born_west": born("%d %b %Y"),
    "born_long": born("%d %B %Y"),
    "born_han": lambda p: p.value("D36", f"{p.birth.year}年{p.birth.month}月{p.birth.day}日"),
    "born_short": lambda p: p.value("D36", f"{p.birth.year}-{p.birth.month}-{p.birth.day}"),
    "address": lambda p: p.value("D34", people.address(p.rng, p.voice)),
    "hk_address": lambda p: p.value("D34", hong_kong_address(p.rng)),
    "tw_address": lambda p: p.value("D34", taiwan_address(p.rng)),
    "trad_address": lambda p: p.value("D34", guangdong_address(p.rng)),
    "company": lambda p: p.value("D39", people.company(p.rng, p.voice)),
    "income": lambda p: p.value("D38", f"{p.rng.randrange(40_000, 900_000)}.00"),
    "nation": described("nations"),
    "marriage": described("marriages"),
    "education": described("educations"),
    "occupation": described("occupations"),
}
