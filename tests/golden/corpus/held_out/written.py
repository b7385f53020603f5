"""Papers of the held-out half that are written as what they make: words/held_out/written/*.txt.

`=== group name .ext marks` heads a paper; a mark is a kind (D65, D69? where it may be said), `few` (its first line and
most of the others, in any order), `uncounted` where nothing says how many customers there are, `docx` or `xlsx` (cells
end at tabs), an encoding, `file=` a part of the file's name. ‹…› is drawn (drawn.py). «who.what» is a value of a
customer: `who` a letter (p where none stands; small ones are somebody else in each turn, k under fourteen, o old, c a
colleague or a company, - nobody), `what` its name in values.MAKERS (a figure behind it tells a second one) or an element,
`=` and its text (¿ is a question mark, ↵ a new line, {debit} his card). Behind it stand `?` where it may be found or not,
`+D62` what it may as well be called, `!` where a person types it, `#` where a program keeps it, `~9` its width.
A line `*2-9 …` is written so often, as are the lines between `*2-9{` and `*}`.
"""
import re

from .. import registry, tables, words
from ..document import Document, Value, escape_html, escape_json
from . import customers, drawn, layouts, register

MARK = re.compile("«([^«»]*)»")
VALUE = re.compile(r"(?:([A-Za-z-])\.)?(?:(D\d\d)=(.*?)|([a-z_]+)(\d?))([!#]?)(\?)?(?:\+(D\d\d))?(?:~(\d+))?")
TURNS = re.compile(r"\*(\d+)-(\d+)(\{$| )(.*)")
OFFICE = {"docx": tables.word, "xlsx": tables.sheet}
CODECS = ("utf-8", "utf-8-sig", "gbk", "gb18030", "big5", "utf-16-le", "utf-16-be")
ESCAPES = {"html": escape_html, "xml": escape_html, "json": escape_json, "jsonl": escape_json}
BORN = {"k": (2, 13), "o": (52, 88)}


class Writer:
    """Writes one paper into a document."""

    def __init__(self, document: Document):
        self.document, self.rng = document, document.rng
        self.people: dict[str, customers.Customer] = {}

    def write(self, lines: list[str]) -> None:
        at = 0
        while at < len(lines):
            turns = TURNS.fullmatch(lines[at])
            end = lines.index("*}", at) if turns and turns[3] == "{" else at
            if turns:
                self.repeat(self.rng.randint(int(turns[1]), int(turns[2])), lines[at + 1:end] if turns[3] == "{" else [turns[4]])
            else:
                self.line(lines[at])
            at = end + 1

    def repeat(self, count: int, lines: list[str]) -> None:
        for row in range(1, count + 1):
            self.people = {who: customer for who, customer in self.people.items() if who.isupper()}
            for line in lines:
                self.line(line.replace("‹row›", str(row)).replace("‹,›", "," if row < count else ""))

    def line(self, text: str) -> None:
        self.document.add(*self.parts(text), "\n")

    def parts(self, text: str) -> list[str | Value]:
        pieces = MARK.split(drawn.filled(self.rng, text))
        return [part for place, piece in enumerate(pieces) for part in (self.value(piece) if place % 2 else [piece])]

    def value(self, mark: str) -> list[str | Value]:
        who, element, text, what, second, style, optional, also, wide = VALUE.fullmatch(mark).groups()
        customer = self.customer(who or "p")
        value = customer.value(element, told(customer, text)) if element else self.attribute(customer, what, second)
        value = {"!": lambda v: customers.written(self.rng, v), "#": customers.plain}.get(style, lambda v: v)(value)
        if who and who in "cC-":
            value = value._replace(customer=0, optional=who != "-")
        value = value._replace(optional=value.optional or bool(optional), also=also or value.also)
        return [value, " " * max(int(wide or 0) - layouts.width(value.text), 0)]

    def attribute(self, customer: customers.Customer, what: str, second: str) -> Value:
        if second and what + second not in customer.drawn:
            first = customer.drawn.pop(what, None)
            customer.drawn[what + second] = customer[what]
            customer.drawn.pop(what)
            customer.drawn.update({what: first} if first else {})
        return customer[what + second]

    def customer(self, who: str) -> customers.Customer:
        if who not in self.people or who == "-":
            self.people[who] = customers.Customer(self.document, BORN.get(who, (19, 78)))
            self.document.customers -= who in "cC-"
        return self.people[who]


def told(customer: customers.Customer, text: str) -> str:
    """What is written in the paper, with what else it holds of the customer: {debit}."""
    text = re.sub(r"\{(\w+)\}", lambda what: customers.plain(customer[what[1]]).text, text)
    return text.replace("¿", "?").replace("↵", "\n")


def write(document: Document, marks: list[str], lines: list[str]) -> None:
    for mark in marks:
        if mark.startswith("."):
            document.extension = mark[1:]
        elif mark[0] == "D":
            document.is_a(mark[:3], mark.endswith("?"))
    document.escape = ESCAPES.get(document.extension, str)
    document.encoding = "utf-8" if document.extension in ("xml", "html") else next((m for m in marks if m in CODECS), None)
    if "few" in marks:
        lines = [lines[0], *document.rng.sample(lines[1:], document.rng.randint(max(2, len(lines) * 3 // 5), len(lines) - 1))]
    writer = Writer(document)
    writer.write(lines)
    for mark in marks:
        if mark.startswith("file="):
            document.name += "".join(document.surface(part) for part in writer.parts(mark[5:]))
    document.customers = 0 if "uncounted" in marks else document.customers
    for mark in OFFICE.keys() & set(marks):
        OFFICE[mark](document)


def register_all() -> None:
    for file in sorted((words.HERE / "held_out" / "written").glob("*.txt")):
        for head, text in words.texts(f"held_out/written/{file.stem}").items():
            group, name, *marks = head.split()
            getattr(register, group)(f"written-{name}", 2)(lambda d, m=marks, t=text.split("\n"): write(d, m, t))


register_all()
