"""More of what papers say of a person: contracts, policies, patients and companies, numbered as their issuers number them."""
import random

from .. import check_digits, facts, numbers, people, words
from ..document import Value
from . import attributes

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
ANSWERS = ("school", "pet", "food", "place", "person", "book", "english")


def filled(rng: random.Random, form: str) -> str:
    """A number by its form: 9 is a digit, A a letter, Y a year, M a month; what stands in [] is kept."""
    marks = {"9": lambda: numbers.digits(rng, 1), "A": lambda: rng.choice(LETTERS), "Y": lambda: str(rng.randrange(2016, 2026)), "M": lambda: f"{rng.randrange(1, 13):02}"}
    kept, made = False, ""
    for mark in form:
        made += "" if mark in "[]" else mark if kept else marks[mark]()
        kept = mark == "[" or kept and mark != "]"
    return made


def of_forms(element: str, *forms: str):
    """A value of one of several forms."""
    return lambda person: person.value(element, filled(person.rng, person.rng.choice(forms)))


def answer(*asked: str):
    """An answer to a security question about one of several things."""
    return lambda person: person.value("D52", person.rng.choice(words.sections("answers")[person.rng.choice(asked)]))


def clearing(person: people.Person) -> Value:
    """Of the banks of towns, of villages and of the post too."""
    bank = person.rng.choice(["102", "104", "105", "307", "313", "314", "315", "316", "317", "320", "402", "403"])
    body = bank + person.rng.choice(facts.rows("area_codes"))[0][1:].ljust(4, "0")[:4] + numbers.digits(person.rng, 4)
    return person.value("D56", body + check_digits.mod_11_10(body))


def organisation(hyphen: str):
    """With a letter or two, as the later ones have."""
    def made(person: people.Person) -> Value:
        body = filled(person.rng, person.rng.choice(["[MA]999999", "A9999999", "99999999", "99999999"]))
        return person.value("D60", body + hyphen + check_digits.organisation(body))
    return made


def tax_15(person: people.Person) -> Value:
    """Before 2015: the division's code and the organisation's."""
    body = numbers.digits(person.rng, 8)
    return person.value("D62", person.rng.choice(facts.counties())[0] + body + check_digits.organisation(body))


def place(least: float, most: float):
    """A coordinate as programs print numbers: no 0 at the end."""
    return lambda person: person.value("D81", f"{person.rng.uniform(least, most):.5f}{person.rng.randrange(1, 10)}")


def plate(form: str):
    """A plate by its form: province, letter, the rest."""
    def made(person: people.Person) -> Value:
        whole = numbers.plate(person.rng)
        return person.value("D19", form.format(whole[0], whole[1], whole[2:]))
    return made


def latin_of_two(form: str):
    """A Latin name whose given name has two syllables that stand apart."""
    def made(person: people.Person) -> Value:
        surname = person.rng.choice(["Gu", "Shao", "Bai", "Jia", "Lei", "Wan", "Yuan", "Pan", "Dai", "Qin"])
        one, other = person.rng.sample(["Jian", "Hua", "Xiao", "Mei", "Yu", "Lan", "Guo", "Ping", "Wen", "Bin", "Li", "Na"], 2)
        return person.value("D26", form.format(surname, one, other, surname.upper(), one.upper(), other.upper(), other.lower()))
    return made


VARIANTS = {
    **{f"answer_{asked}": answer(asked) for asked in ANSWERS}, "answer": answer(*ANSWERS),
    "contract": of_forms("D67", "[GRDK]YM999999", "YM9999999999", "[HTZ]999999999[XFDK]Y[N]9999", "99[DY]Y99999999", "A999Y99999999"),
    "iou": of_forms("D67", "9999Y99999999999", "[JJ]YM99999999", "Y99999999[01]"),
    "policy": of_forms("D82", "[PDAA]Y99999999999999", "[P]999999999999999", "9999999999999[88]", "Y[B]999999999"),
    "claim": of_forms("D82", "[RDAA]Y99999999999999", "[CLM]YM99999999", "9[C]Y9999999999"),
    "shareholder": of_forms("D82", "[A]999999999", "[0]999999999"), "shareholder_sz": of_forms("D82", "[0]999999999"),
    "inpatient": of_forms("D23", "[ZY]99999999", "[00]999999", "Y999999", "[0]9999999"),
    "outpatient": of_forms("D23", "[MZ]Y999999", "[00]99999999", "[M]9999999"),
    "record": of_forms("D23", "99999999", "A9999999", "[B]Y99999"),
    "insured": of_forms("D23", "[33]9999999999", "A99999999", "9999999999"),
    "cnaps": clearing,
    "org": organisation("-"), "org_bare": organisation(""),
    "tax15": tax_15,
    "firm_account": of_forms("D55", "[02000]99999999999999", "[33050]999999999999999", "[1109]99999999999", "[6013]99999999", "[8]9999999999999999"),
    "token": of_forms("D63", "[62]99999999999999", "[62]99999999999999999"),
    "lat_number": place(23, 39), "lon_number": place(103, 121),
    "plate_dash": plate("{}{}-{}"), "plate_apart": plate("{} {} {}"), "plate_mid": plate("{}·{}{}"), "plate_square": plate("{}{}・{}"),
    "latin_hyphen": latin_of_two("{0} {1}-{6}"), "latin_apart": latin_of_two("{0} {1} {2}"), "latin_caps": latin_of_two("{3} {4} {5}"),
    "latin_behind": latin_of_two("{1}-{6} {0}"), "latin_joined": latin_of_two("{3},{4}{5}"),
    **{name: attributes.telephone(form) for name, form in {
        "tel_branch": "{area}-{line}分机{ext}", "tel_full": "{area}－{line}", "tel_gap": "{area} {line}", "tel_halves": "{area}-{left}-{right}",
        "tel_wide": "（{area}） {line}", "tel_abroad_round": "+86({a}){line}", "tel_ext_gap": "{area}-{line} 转 {ext}"}.items()},
    "hk_land": attributes.abroad("+852 {left} {right}", "23", 8), "mo_land": attributes.abroad("+853 {left} {right}", "2", 8),
    "tw_land": attributes.abroad("+886-2-{left}-{right}", "2", 8), "tw_gaps": attributes.abroad("+886 {left} {right}", "9", 9),
}

attributes.OWN.update(VARIANTS)
