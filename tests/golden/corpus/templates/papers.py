"""Templates written as the papers that they make: words/papers/*.txt, in the third voice.

`=== name .ext marks` heads a paper; a mark is a kind (D65, D69? where it may be said), `uncounted` where nothing says
how many customers there are, `docx`, `xlsx` (cells end at tabs), an encoding, `file=` a part of the file's name. «who.what=text:style~width?» is a value: `who` a letter (p where
none stands; small ones are somebody new in each turn, great ones the same in the whole paper; k under fourteen,
c a colleague, - nobody), `what` an attribute or element (a letter behind it tells a second one), `=text` the text
itself, `:style` how it is written (`:new` another one than before), `~width` padded to columns, `?` optional. «|one|other» is a choice, «#…» noise.
A line `*2-9 …` is written so often, as are the lines between `*2-9{` and `*}`.
"""
import re

from .. import people, registry, tables, words
from ..document import Document, Value
from . import attributes, variants  # noqa: F401

MARK = re.compile("«([^«»]*)»")
VALUE = re.compile(r"(?:([A-Za-z-])\.)?([A-Za-z]\w*)(?:=([^~?]*?))?(?::(\w+))?(?:~(\d+))?(\?)?")
TURNS = re.compile(r"\*(\d+)-(\d+)(\{$| )(.*)")


class Paper:
    """Writes one paper into a document."""

    def __init__(self, document: Document):
        self.document, self.rng = document, document.rng
        self.people: dict[str, people.Person] = {}
        self.said: dict[tuple[str, str], Value] = {}
        self.row, self.last = 0, True

    def write(self, lines: list[str]) -> None:
        at = 0
        while at < len(lines):
            turns = TURNS.fullmatch(lines[at])
            if not turns:
                self.line(lines[at])
                at += 1
                continue
            end = lines.index("*}", at) if turns[3] == "{" else at
            self.repeat(int(turns[1]), int(turns[2]), lines[at + 1:end] if turns[3] == "{" else [turns[4]])
            at = end + 1

    def repeat(self, least: int, most: int, lines: list[str]) -> None:
        count = self.rng.randrange(least, most + 1)
        for self.row in range(1, count + 1):
            self.last = self.row == count
            self.people = {who: person for who, person in self.people.items() if who.isupper()}
            self.said = {key: value for key, value in self.said.items() if key[0].isupper()}
            for line in lines:
                self.line(line)

    def line(self, text: str) -> None:
        for place, part in enumerate(MARK.split(text)):
            self.document.add(*(self.mark(part) if place % 2 else [part]))
        self.document.add("\n")

    def plain(self, text: str) -> str:
        """The same as a text alone: a file's name."""
        return "".join(self.document.surface(part) for place, text in enumerate(MARK.split(text)) for part in (self.mark(text) if place % 2 else [text]))

    def mark(self, text: str) -> list[str | Value]:
        if text.startswith("|"):
            return [self.rng.choice(text.strip("|").split("|"))]
        if text.startswith("#"):
            return [self.noise(text[1:])]
        who, what, literal, style, width, optional = VALUE.fullmatch(text).groups()
        if style == "new":
            self.said.pop((who or "p", what), None)
        value = self.value(who or "p", what) if literal is None else self.owned(who or "p", what, literal)
        value = value._replace(text=attributes.STYLES[style](value.text)) if style else value
        value = value._replace(optional=True) if optional else value
        wide = sum(2 if ord(c) > 0x2E80 else 1 for c in value.text)
        return [value, " " * max(int(width or 0) - wide, 0)]

    def noise(self, what: str) -> str:
        if what == "row":
            return str(self.row)
        if what == ",":
            return "" if self.last else ","
        return attributes.noise(self.rng, what)

    def value(self, who: str, what: str) -> Value:
        key = who, what
        if key not in self.said:
            person = self.person(who)
            self.said[key] = self.whose(who, attributes.of(person, what))
        return self.said[key]

    def owned(self, who: str, element: str, text: str) -> Value:
        return self.whose(who, self.person(who).value(element, text))

    def whose(self, who: str, value: Value) -> Value:
        """Nobody's values belong to nobody; those of colleagues may be found or not."""
        return value._replace(customer=0, optional=who in "cC" or value.optional) if who in "-cC" else value

    def person(self, who: str) -> people.Person:
        if who not in self.people:
            self.people[who] = people.minor(self.document) if who in "kK" else people.Person(self.document)
            self.document.customers -= 1 if who in "-cC" else 0
        return self.people[who]


def write(document: Document, marks: list[str], lines: list[str]) -> None:
    for mark in marks:
        if mark.startswith("."):
            document.extension = mark[1:]
            document.encoding = "utf-8" if mark in (".xml", ".html") else document.encoding
        elif mark[0] == "D":
            document.is_a(mark[:3], mark.endswith("?"))
    document.encoding = next((m for m in marks if m in ENCODINGS), document.encoding)
    paper = Paper(document)
    paper.write(lines)
    document.name += "".join(f"-{paper.plain(mark[5:])}" for mark in marks if mark.startswith("file="))
    document.customers = 0 if "uncounted" in marks else document.customers
    for mark in OFFICE.keys() & set(marks):
        OFFICE[mark](document)


OFFICE = {"docx": tables.word, "xlsx": tables.sheet}
ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "big5", "utf-16-le", "utf-16-be")


def register() -> None:
    for file in sorted((words.HERE / "papers").glob("*.txt")):
        for head, text in words.texts(f"papers/{file.stem}").items():
            name, *marks = head.split()
            registry.add(f"{file.stem}-{name}", "personal", lambda d, m=marks, t=text.split("\n"): write(d, m, t), weight=1, voice="third")


register()
