"""Cards and their tracks, accounts, sums, bills and contracts."""
import random

from ... import check_digits, numbers, people
from ...document import Value
from . import forms
from .forms import Draw
from .persons import latin_parts


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


def first_track(person: people.Person) -> Value:
    month, year = numbers.expiry(person.rng)
    name = "/".join(latin_parts(person)).upper().ljust(person.rng.choice([0, 26]))
    return person.value("D42", f"%B{person.card.text}^{name}^{year}{month}{person.rng.choice(['101', '201', '220'])}{numbers.digits(person.rng, 14)}?")


def second_track(start: str, mark: str, end: str) -> Draw:
    def made(person: people.Person) -> Value:
        month, year = numbers.expiry(person.rng)
        return person.value("D43", f"{start}{person.card.text}{mark}{year}{month}{person.rng.choice(['101', '201', '220'])}{numbers.digits(person.rng, 9)}{end}")
    return made


def third_track(person: people.Person) -> Value:
    return person.value("D44", f";99{person.card.text}=156156{numbers.digits(person.rng, 30)}=0={numbers.digits(person.rng, 8)}?")


def expiry(form: str) -> Draw:
    """The month and the last two digits of the year in a form."""
    return lambda person: person.value("D46", form.format(*numbers.expiry(person.rng)))


def money(element: str, least: int, most: int, form: str) -> Draw:
    """A sum between so many cents."""
    return lambda person: person.value(element, f"{person.rng.randrange(least, most) / 100:{form}}")


VALUES: dict[str, Draw] = {
    "card": lambda p: p.card,
    "debit": lambda p: p.value("D40", numbers.unionpay_card(p.rng)),
    "credit": lambda p: p.value("D41", international(p.rng, 16)),
    "amex": lambda p: p.value("D41", international(p.rng, 15)),
    "cid": lambda p: p.value("D45", numbers.digits(p.rng, 4)),
    "expiry_long": expiry("20{1}-{0}"),
    "expiry_year": expiry("{0}/20{1}"),
    "expiry_han": expiry("20{1}年{0}月"),
    "track1": first_track,
    "track2": second_track(";", "=", "?"),
    "track2_tag": second_track("", "D", ""),
    "track3": third_track,
    "token": forms.of("D63", "[62]99999999999999", "[62]99999999999999999"),
    "iban_more": lambda p: p.value("D58", iban(p.rng)),
    "amount": money("D64", 100, 99_999_999, ",.2f"),
    "plain": money("D64", 100, 99_999_999, ".2f"),
    "limit": lambda p: p.value("D68", f"{p.rng.randrange(1, 90)}0,000.00"),
    "overdue": money("D68", 100_000, 9_999_999, ",.2f"),
    "interest": money("D68", 1_000, 99_999, ".2f"),
    "bill30": lambda p: p.value("D66", "1" + numbers.digits(p.rng, 29)),
    "bill30_firms": lambda p: p.value("D66", "2" + numbers.digits(p.rng, 29)),
    "bill16": lambda p: p.value("D66", numbers.number(p.rng, 16)),
    "bill8": lambda p: p.value("D66", numbers.digits(p.rng, 8)),
    "contract": forms.of("D67", "[GRDK]YM999999", "YM9999999999", "[HTZ]999999999[XFDK]Y[N]9999", "99[DY]Y99999999", "A999Y99999999"),
    "iou": forms.of("D67", "9999Y99999999999", "[JJ]YM99999999", "Y99999999[01]"),
}
