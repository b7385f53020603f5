"""What papers draw, by name: values of people and companies, noise that is nobody's, and how people write a value."""
from ... import people
from ...document import Value
from . import accounts, devices, firms, permits, persons, secrets, telephones, things

VALUES = {**persons.VALUES, **permits.VALUES, **telephones.VALUES, **accounts.VALUES, **things.VALUES, **secrets.VALUES, **devices.VALUES, **firms.VALUES}


def value(person: people.Person, what: str) -> Value:
    """An attribute of a person by its name, or by its element where that has no name."""
    return VALUES[what](person) if what in VALUES else person.of(what)
