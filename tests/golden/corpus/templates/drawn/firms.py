"""Codes, accounts and tax numbers of companies and banks, numbered as their issuers number them."""
from ... import check_digits, facts, numbers, people
from ...document import Value
from . import forms
from .forms import Draw


def clearing(person: people.Person) -> Value:
    """Of the banks of towns, of villages and of the post too."""
    bank = person.rng.choice(["102", "104", "105", "307", "313", "314", "315", "316", "317", "320", "402", "403"])
    body = bank + person.rng.choice(facts.rows("area_codes"))[0][1:].ljust(4, "0")[:4] + numbers.digits(person.rng, 4)
    return person.value("D56", body + check_digits.mod_11_10(body))


def organisation(hyphen: str) -> Draw:
    """With a letter or two, as the later ones have."""
    def made(person: people.Person) -> Value:
        body = forms.filled(person.rng, person.rng.choice(["[MA]999999", "A9999999", "99999999", "99999999"]))
        return person.value("D60", body + hyphen + check_digits.organisation(body))
    return made


def tax_15(person: people.Person) -> Value:
    """Before 2015: the division's code and the organisation's."""
    body = numbers.digits(person.rng, 8)
    return person.value("D62", person.rng.choice(facts.counties())[0] + body + check_digits.organisation(body))


VALUES: dict[str, Draw] = {
    "org": organisation("-"),
    "org_bare": organisation(""),
    "org_digits": lambda p: p.value("D60", numbers.organisation_code(p.rng).replace("-", "")),
    "tax15": tax_15,
    "tax18": lambda p: p.value("D62", numbers.credit_code(p.rng))._replace(also="D59"),
    "cnaps": clearing,
    "firm_account": forms.of("D55", "[02000]99999999999999", "[33050]999999999999999", "[1109]99999999999", "[6013]99999999", "[8]9999999999999999"),
}
