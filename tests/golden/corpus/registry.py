"""The templates by name, the half that each belongs to and the voice it speaks in: the words and labels it uses."""
import hashlib
import typing

from .document import Document

Write = typing.Callable[[Document], None]


class Template(typing.NamedTuple):
    name: str
    group: str
    half: str
    voice: str
    write: Write
    weight: int  # documents of it in one round


TEMPLATES: dict[str, Template] = {}
_FAMILIES: dict[str, int] = {}


def add(name: str, group: str, write: Write, of: str = "", weight: int = 3, half: str = "tuning", voice: str = "") -> None:
    """Registers a template. Its family, or it alone, draws one of two voices by a hash; further
    members of the family take turns, so that what two of them show is said in both, in layouts that differ.
    A template may name its voice instead, as those of the third do."""
    if name in TEMPLATES:
        raise ValueError(f"two templates are called {name}")
    family = of or name
    turn = _FAMILIES[family] = _FAMILIES.get(family, -1) + 1
    drawn = hashlib.sha256(f"golden 1 {family}".encode()).digest()[0] + turn
    TEMPLATES[name] = Template(name, group, half, voice or ("second" if drawn % 2 else "first"), write, weight)


def _decorator(group: str):
    def register(name: str, of: str = "") -> typing.Callable[[Write], Write]:
        def take(write: Write) -> Write:
            add(name, group, write, of)
            return write
        return take
    return register


# Of the tuning half; those of the other are registered by held_out/register.py.
personal = _decorator("personal")        # with customer data
quiet = _decorator("quiet")              # without any, full of numbers that look like some
adversarial = _decorator("adversarial")  # made to mislead; told of apart from the rest
