"""Numbers drawn by their form."""
import random
import typing

from ... import numbers, people
from ...document import Value

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
Draw = typing.Callable[[people.Person], Value]


def filled(rng: random.Random, form: str) -> str:
    """A number by its form: 9 is a digit, A a letter, Y a year, M a month; what stands in [] is kept."""
    marks = {"9": lambda: numbers.digits(rng, 1), "A": lambda: rng.choice(LETTERS), "Y": lambda: str(rng.randrange(2016, 2026)), "M": lambda: f"{rng.randrange(1, 13):02}"}
    kept, made = False, ""
    for mark in form:
        made += "" if mark in "[]" else mark if kept else marks[mark]()
        kept = mark == "[" or kept and mark != "]"
    return made


def of(element: str, *forms: str) -> Draw:
    """A value of one of several forms."""
    return lambda person: person.value(element, filled(person.rng, person.rng.choice(forms)))
