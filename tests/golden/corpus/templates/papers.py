"""Templates written as the papers that they make: words/papers/GROUP/*.txt, in the third voice, in the notation that
tests/golden/README.md tells."""
import re

from .. import people, registry, tables, words
from ..document import Document, Value
from . import drawn
from .drawn.noise import noise
from .drawn.styles import STYLES

CHOICE = re.compile("⟨([^⟨⟩]*)⟩")
NOISE = re.compile("«#([^«»]*)»")
MARK = re.compile("«([^«»]*)»")
VALUE = re.compile(r"(?:([A-Za-z-]\d?)\.)?([A-Za-z]\w*)('*)(?::(\w+))?(?:~(\d+))?(\?)?(?:=(.*))?", re.DOTALL)
TURNS = re.compile(r"^\*(some |few |)(\d+)-(\d+)(?: ([^\n]*\n)|\{\n(.*?)^\*\}\n)", re.DOTALL | re.MULTILINE)
OLD = 27  # born before 2000, as everybody is who has a number of fifteen digits


class Paper:
    """Writes one paper into a document."""

    def __init__(self, document: Document, youngest: int = 18):
        self.document, self.rng, self.youngest = document, document.rng, youngest
        self.people: dict[str, people.Person] = {}
        self.said: dict[tuple[str, str], Value] = {}
        self.row, self.last = 0, True

    def write(self, text: str) -> None:
        at = 0
        for turns in TURNS.finditer(text):
            self.document.add(*self.parts(text[at:turns.start()]))
            self.repeat(turns[1].strip(), self.rng.randint(int(turns[2]), int(turns[3])), turns[4] or turns[5])
            at = turns.end()
        self.document.add(*self.parts(text[at:]))

    def repeat(self, how: str, count: int, text: str) -> None:
        turns = self.turns(how, count, text)
        for self.row, part in enumerate(turns, 1):
            self.last = self.row == len(turns)
            self.people = {who: person for who, person in self.people.items() if who[0].isupper()}
            self.said = {key: value for key, value in self.said.items() if key[0][0].isupper()}
            self.document.add(*self.parts(part))

    def turns(self, how: str, count: int, text: str) -> list[str]:
        """The whole text so often, or some lines of it, none of them twice where few are asked for."""
        lines = text.splitlines(keepends=True)
        if how == "some":
            return self.rng.choices(lines, k=count)
        return self.rng.sample(lines, min(count, len(lines))) if how == "few" else [text] * count

    def parts(self, text: str) -> list[str | Value]:
        """Text in which everything is drawn: wordings first, then noise, as they may stand in values."""
        text = CHOICE.sub(lambda choice: self.rng.choice(choice[1].split("|")), text)
        text = NOISE.sub(lambda mark: self.noise(*mark[1].split(" ")), text)
        return [part for place, piece in enumerate(MARK.split(text)) for part in (self.mark(piece) if place % 2 else [piece])]

    def plain(self, text: str) -> str:
        """The same as a text alone: a file's name."""
        return "".join(self.document.surface(part) for part in self.parts(text))

    def noise(self, what: str, *rest: str) -> str:
        if what == "row":
            return str(self.row)
        if what == ",":
            return "" if self.last else ","
        return noise(self.rng, what, *rest)

    def mark(self, text: str) -> list[str | Value]:
        who, what, primes, style, width, optional, literal = VALUE.fullmatch(text).groups()
        who = who or "p"
        value = self.whose(who, self.person(who).value(what, literal)) if literal is not None else self.value(who, what, primes, style == "new")
        value = value._replace(text=STYLES[style](value.text)) if style in STYLES else value
        value = value._replace(optional=True) if optional else value
        wide = sum(2 if ord(c) > 0x2E80 else 1 for c in value.text)
        return [value, " " * max(int(width or 0) - wide, 0)]

    def value(self, who: str, what: str, primes: str, anew: bool) -> Value:
        key, person = (who, what + primes), self.person(who)
        if anew or key not in self.said:
            self.said[key] = self.whose(who, drawn.value(person.anew() if anew or primes else person, what))
        return self.said[key]

    def whose(self, who: str, value: Value) -> Value:
        """Nobody's values belong to nobody; those of colleagues may be found or not."""
        return value._replace(customer=0, optional=who[0] in "cC" or value.optional) if who[0] in "-cC" else value

    def person(self, who: str) -> people.Person:
        if who not in self.people:
            self.people[who] = people.minor(self.document) if who[0] in "kK" else people.Person(self.document, self.youngest)
            self.document.customers -= 1 if who[0] in "-cC" else 0
        return self.people[who]


def write(document: Document, marks: list[str], text: str) -> None:
    for mark in marks:
        if mark.startswith("."):
            document.extension = mark[1:]
            document.encoding = "utf-8" if mark in MARKUP else document.encoding
        elif mark[0] == "D":
            document.is_a(mark[:3], mark.endswith("?"))
    document.encoding = next((m for m in marks if m in ENCODINGS), document.encoding)
    paper = Paper(document, OLD if "D02" in text else 18)
    paper.write(text + "\n")
    document.name += "".join(f"-{paper.plain(mark[5:])}" for mark in marks if mark.startswith("file="))
    document.customers = 0 if "uncounted" in marks else document.customers
    for mark in OFFICE.keys() & set(marks):
        OFFICE[mark](document)


MARKUP = (".xml", ".html", ".svg")  # said to be UTF-8 by what is in them
OFFICE = {"docx": tables.word, "xlsx": tables.sheet}
ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "big5", "utf-16-le", "utf-16-be")
FOLDERS = {"personal": ("personal", 1), "sea": ("personal", 2), "quiet": ("quiet", 2), "adversarial": ("adversarial", 2)}  # group and weight


def names(folder: str) -> list[str]:
    """The papers of a folder."""
    return [head.split()[0] for file in files(folder) for head in words.texts(file)]


def files(folder: str) -> list[str]:
    return [f"papers/{folder}/{file.stem}" for file in sorted((words.HERE / "papers" / folder).glob("*.txt"))]


def register(folder: str) -> None:
    group, weight = FOLDERS[folder]
    for file in files(folder):
        for head, text in words.texts(file).items():
            name, *marks = head.split()
            registry.add(name, group, lambda d, m=marks, t=text: write(d, m, t), weight=weight, voice="third")


for each in FOLDERS:
    register(each)
