"""Documents written out in words/written/*.txt, as another bank's branches might have: a third voice.

A document begins with `=== group name extension`, then what kinds it is of (`D65?`), and its encoding unless one is drawn. Its fields:
  ⟦n 16⟧            sixteen digits that are nobody's; see drawn.DRAW for what else is drawn
  ⟨yes|no|⟦day⟧⟩     one of several wordings, which may hold fields
  ⟦D27 1⟧           the mobile of the first customer; 0 is nobody's; of a letter, which is a colleague or a
                    company, a value may be found or not, as of anybody with ? behind
  ⟦D27 1 +86_344-⟧  written with a prefix, in groups of 3, 4, 4, with a separator (_ is a space)
  ⟦!D49 text⟧       a value as it stands, which may hold what is drawn, and is nobody's; ⟦!D49:1 text⟧ is the
                    first customer's; with ? in place of ! it may be found or not
Of the lines between ⟦some 40⟧ and ⟦end⟧ forty are drawn, some of them more than once; between ⟦few 4⟧ and ⟦end⟧
none is drawn twice; those between ⟦all 9⟧ and ⟦end⟧ come nine times together. Every drawing has another customer *
and another colleague +. What is ⟦some 5 9⟧ is between five and nine.
"""
import re

from .. import people, registry, surface, tables, words
from ..document import Document, Value
from .drawn import DRAW

CHOICE = re.compile("⟨([^⟨⟩]*)⟩")
FIELD = re.compile("⟦([^⟦⟧]*)⟧")
BLOCK = re.compile(r"⟦(some|few|all) (\d+)(?: (\d+))?⟧\n(.*?)⟦end⟧\n", re.DOTALL)
KIND = re.compile(r"D\d\d\??")
MARKUP = {"html", "xml", "json", "svg"}  # said to be UTF-8 by what is in them


class Writer:
    """Writes one document; customers are numbered as they come."""

    def __init__(self, document: Document):
        self.document, self.rng = document, document.rng
        self.known: dict[str, people.Person] = {}

    def write(self, text: str) -> None:
        at = 0
        for block in BLOCK.finditer(text):
            self.fill(text[at:block.start()])
            self.repeat(*block.groups())
            at = block.end()
        self.fill(text[at:])

    def repeat(self, how: str, least: str, most: str | None, text: str) -> None:
        lines, count = text.splitlines(keepends=True), self.rng.randint(int(least), int(most or least))
        drawn = {"all": lambda: [text] * count, "some": lambda: self.rng.choices(lines, k=count),
                 "few": lambda: self.rng.sample(lines, min(count, len(lines)))}[how]()
        for part in drawn:
            self.known.pop("*", None)
            self.known.pop("+", None)
            self.fill(part)

    def fill(self, text: str) -> None:
        text = CHOICE.sub(lambda choice: self.rng.choice(choice[1].split("|")), text)
        text = FIELD.sub(self.drawn, text)
        for place, part in enumerate(FIELD.split(text)):
            self.document.add(self.field(part) if place % 2 else part)

    def drawn(self, field: re.Match) -> str:
        name, *rest = field[1].split(" ")
        return DRAW[name](self.rng, *rest) if name in DRAW else field[0]

    def field(self, field: str) -> Value:
        name, *rest = field.split(" ")
        if name[0] in "!?":
            element, _, whose = name[1:].partition(":")
            return Value(element, field.partition(" ")[2], self.person(whose).number if whose else 0, name[0] == "?")
        return self.value(name, *rest)

    def value(self, element: str, whose: str, form: str = "") -> Value:
        key = whose.rstrip("?")
        value = self.person(key).of(element)
        value = value._replace(optional=is_ours(key) or whose.endswith("?"), text=formed(value.text, form))
        return value._replace(customer=0) if key == "0" or is_ours(key) else value

    def person(self, key: str) -> people.Person:
        """The customer of that number; 0 is somebody else each time."""
        if key not in self.known or key == "0":
            self.known[key] = people.Person(self.document)
            self.document.customers -= key == "0" or is_ours(key)
        return self.known[key]


def is_ours(key: str) -> bool:
    """Says whether a field is of a colleague, a branch or a supplier, and so of no customer."""
    return key == "+" or key.isalpha()


def formed(text: str, form: str) -> str:
    """A number with what stands before its groups, their sizes and what parts them; a date by its %-form."""
    if not form:
        return text
    prefix, sizes, separator = re.fullmatch(r"(\+86[_-]?|0086[_-]?|)(\d*)(\D?)", form).groups()
    grouped = surface.grouped(text, tuple(map(int, sizes)), separator.replace("_", " ")) if sizes else text
    return prefix.replace("_", " ") + grouped


def write(document: Document, text: str, extension: str, traits: list[str]) -> None:
    document.extension = extension
    document.encoding = "utf-8" if extension in MARKUP else None
    for trait in traits:
        if KIND.fullmatch(trait):
            document.is_a(trait.rstrip("?"), trait.endswith("?"))
        else:
            document.encoding = trait
    Writer(document).write(text + "\n")
    if extension == "docx":
        tables.word(document)
    if extension == "xlsx":
        rows = [line.split("\t") for line in document.text().splitlines()]
        document.package = lambda _: tables.workbook_of(rows)


def register(file: str) -> None:
    for heading, text in words.texts(f"written/{file}").items():
        group, name, extension, *traits = heading.split()
        registry.add(f"written-{name}", group, lambda d, t=text, e=extension, more=traits: write(d, t, e, more), weight=2, voice="third")


for found in sorted((words.HERE / "written").glob("*.txt")):
    register(found.stem)
