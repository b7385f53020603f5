"""Identity numbers, passports, permits and what else authorities and hospitals number people by."""
from ... import numbers, people
from ...document import Value
from . import forms
from .forms import Draw
from .persons import latin_parts


def zone(person: people.Person) -> Value:
    surname, given = latin_parts(person)
    return person.value("D08", numbers.machine_readable_zone(person.rng, surname, given, person.birth))


def official_passport(person: people.Person) -> Value:
    """Of the special regions and of consular officers."""
    rng = person.rng
    return person.value("D07", rng.choice(["H", "K"]) + numbers.digits(rng, 8) if rng.random() < 0.5 else rng.choice(["KJ", "MA"]) + numbers.digits(rng, 7))


def identity_as(element: str) -> Draw:
    """The identity number where it serves as another one too."""
    return lambda person: person.id._replace(element=element, also="D01")


VALUES: dict[str, Draw] = {
    "id": lambda p: p.id,
    "taxpayer": identity_as("D24"),
    "social": identity_as("D21"),
    "driver": identity_as("D18"),
    "house": identity_as("D17"),
    "zone": zone,
    "passport_south": official_passport,
    "permit_letter": lambda p: p.value("D09", "C" + p.rng.choice("ABCDEFGHJK") + numbers.digits(p.rng, 7)),
    "taiwan_letter": lambda p: p.value("D11", numbers.digits(p.rng, 10) + p.rng.choice("ABCDE")),
    "hkid_bare": lambda p: p.value("D13", "".join(c for c in numbers.hong_kong_id(p.rng) if c.isalnum())),
    "soldier": lambda p: p.value("D16", f"{p.rng.choice('军士海空武政后参')}字第{numbers.digits(p.rng, p.rng.choice([5, 6, 7, 8]))}号"),
    "inpatient": forms.of("D23", "[ZY]99999999", "[00]999999", "Y999999", "[0]9999999"),
    "outpatient": forms.of("D23", "[MZ]Y999999", "[00]99999999", "[M]9999999"),
    "record": forms.of("D23", "99999999", "A9999999", "[B]Y99999"),
    "insured": forms.of("D23", "[33]9999999999", "A99999999", "9999999999"),
}
