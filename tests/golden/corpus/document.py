"""A document of the corpus and what in it is customer data, by place and by customer."""
import datetime
import html
import json
import random
import re
import typing
import unicodedata

TODAY = datetime.date(2026, 3, 1)  # the day on which the corpus is inspected


class Value(typing.NamedTuple):
    """A piece of text that is an element; `customer` 0 belongs to nobody, `optional` may be found or not;
    `also`: another element that it may as well be called, so that neither is asked for."""
    element: str
    text: str
    customer: int = 0
    optional: bool = False
    also: str = ""


def is_minors(value: Value) -> bool:
    """Says whether an identity number is of somebody under fourteen on the day of the corpus."""
    born = compact(value.text)[6:14] if value.element == "D01" else "0"
    return born.isdecimal() and int(born) + 14_0000 > int(f"{TODAY:%Y%m%d}")


class Label(typing.NamedTuple):
    begin: int
    end: int
    value: Value

    def readings(self) -> list["Label"]:
        """Itself, or one for each element that the value may be called."""
        if not self.value.also:
            return [self]
        return [self._replace(value=self.value._replace(element=e, optional=True)) for e in (self.value.element, self.value.also)]


def compact(text: str) -> str:
    """A value without its separators: what is compared where offsets are those of extracted text."""
    return "".join(c for c in unicodedata.normalize("NFKC", text) if c.isalnum()).upper()


MONTHS = {f"{datetime.date(2000, month, 1):%b}".upper(): month for month in range(1, 13)}


def basic_date(text: str) -> str:
    """A date as YYYYMMDD, in whatever form it is written; other text as it is."""
    if year_first := re.fullmatch(r"(\d{4})\D+(\d{1,2})\D+(\d{1,2})\D*", text):
        year, month, day = year_first.groups()
    elif named := re.fullmatch(r"(\d{1,2})\W?([A-Z]{3})[a-z]*\W*(\d{4})", text, re.IGNORECASE):
        day, month, year = named[1], MONTHS.get(named[2].upper(), 0), named[3]
    else:
        return text
    return f"{year}{int(month):02}{int(day):02}"


def comparable(value: Value) -> str:
    """What a finding's value is compared with: compact, a date in its basic form."""
    return compact(basic_date(value.text) if value.element == "D36" else value.text)


class Document:
    """Text is added piece by piece; pieces that are values become labels."""

    def __init__(self, name: str, voice: str, rng: random.Random):
        self.name, self.voice, self.rng = name, voice, rng
        self.extension, self.encoding, self.customers = "txt", None, 0
        self.parts: list[str | Value] = []
        self.escape: typing.Callable[[str], str] = str
        self.package: typing.Callable[["Document"], bytes] | None = None  # of formats that are no text
        self.kinds: list[Value] = []

    def add(self, *parts: str | Value) -> "Document":
        self.parts.extend(part for part in parts if part != "")
        return self

    def line(self, *parts: str | Value) -> "Document":
        return self.add(*parts, "\n")

    def is_a(self, element: str, optional: bool = False) -> "Document":
        """Says what kind of document this is."""
        self.kinds.append(Value(element, "", 0, optional))
        return self

    def values(self) -> list[Value]:
        return [part for part in self.parts if isinstance(part, Value)]

    def text(self) -> str:
        return "".join(self.surface(part) for part in self.parts)

    def surface(self, part: str | Value) -> str:
        return self.escape(part.text) if isinstance(part, Value) else part

    def encode(self) -> tuple[bytes, list[Label]]:
        """The file's bytes and its labels, those of kinds over all of it."""
        if self.package:
            content = self.package(self)
            labels = [Label(0, 0, value) for value in self.values()]
        else:
            content, labels = self._encode_text()
        labels = [reading for label in labels for reading in label.readings()]
        minors = [label._replace(value=label.value._replace(element="D84")) for label in labels if is_minors(label.value)]
        return content, labels + minors + [Label(0, len(content), kind) for kind in self.kinds]

    def _encode_text(self) -> tuple[bytes, list[Label]]:
        encoding = self.encoding or self._draw_encoding()
        content = bytearray({"utf-8-sig": b"\xef\xbb\xbf", "utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(encoding, b""))
        codec = "utf-8" if encoding == "utf-8-sig" else encoding
        labels = []
        for part in self.parts:
            begin = len(content)
            content += self.surface(part).encode(codec)
            if isinstance(part, Value):
                labels.append(Label(begin, len(content), part))
        return bytes(content), labels

    def _draw_encoding(self) -> str:
        return self.rng.choices(["utf-8", "utf-8-sig", "gb18030", "utf-16-le", "utf-16-be"], [84, 4, 8, 3, 1])[0]


def escape_html(text: str) -> str:
    return html.escape(text, quote=False)


def escape_json(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)[1:-1]
