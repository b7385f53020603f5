"""Documents whose labels and layout are both drawn: whatever an element is called meets every way to lay it out."""
import typing

from .. import people, registry, surface, tables, words
from ..document import Document, Value
from . import drawn

# What a document is about; those of a company are nobody's.
THEMES = {
    "identity": "D25 D01 D36 D27", "papers": "D25 D06 D09 D10 D11 D12", "elsewhere": "D25 D03 D13 D14 D15 D30", "old": "D25 D02 D05 D07 D16 D04",
    "contact": "D25 D27 D29 D31 D34 D35", "online": "D25 D32 D33 D31 D53 D27", "account": "D25 D40 D54 D64", "card": "D26 D41 D46 D45 D27",
    "vehicle": "D25 D19 D20 D18 D82", "insured": "D25 D21 D22 D23 D17 D38", "company": "D59 D55 D56 D60 D61 D62 D25 D27", "abroad": "D26 D58 D57 D06 D30 D36",
    "secret": "D53 D49 D51 D27", "device": "D27 D77 D78 D79 D80", "loan": "D25 D67 D66 D38 D39 D01", "payment": "D40 D48 D47 D63 D27",
}
ENGLISH = {"abroad", "card"}  # whose elements have English labels
NOBODYS = {"D55", "D56", "D57", "D59", "D60", "D61", "D62", "D66"}
MADE = {"D49": "phrase", "D40": "debit", "D41": "credit", "D32": "wechat", "D26": "latin_title", "D30": "hk"}
Field = tuple[str, Value]  # its label and it


def fields(d: Document, theme: str, style: str, labels: dict[str, str] | None = None) -> list[Field]:
    """The values of one person under labels of a style, three of them at least."""
    person, found = people.Person(d), []
    wanted = THEMES[theme].split()
    for element in wanted if labels else [wanted[0], *d.rng.sample(wanted[1:], d.rng.randrange(2, len(wanted)))]:
        label = labels[element] if labels else d.rng.choice(words.labels(element, style, d.voice))
        value = drawn.value(person, made(element, label))
        found.append((label, value._replace(customer=0) if element in NOBODYS else surface.written(d.rng, value)))
    return found


def made(element: str, label: str) -> str:
    """What attribute an element is, where its label tells it more exactly."""
    if element == "D78":
        return "imsi" if "imsi" in label.lower() else "iccid"
    if element == "D66":
        return "bill8" if "支票" in label else "bill16" if "本票" in label else "bill30"
    return MADE.get(element, element)


def headers(d: Document, theme: str, style: str) -> dict[str, str]:
    """A label for each element, so that the rows of a table agree."""
    return {element: d.rng.choice(words.labels(element, style, d.voice)) for element in THEMES[theme].split()}


MARKS = ["：", ":", ": ", " : ", "　", "  ", "=", " = ", "\t", " | ", "｜", " - ", "——", " → ", "： "]
DECORATED = ["{label}"] * 6 + ["{n}. {label}", "{n}、{label}", "({n}) {label}", "（{n}）{label}", "*{label}", "{label}*", "● {label}", "■{label}", "□{label}", "- {label}", "【{label}】", "[{label}]",
             "“{label}”", "{label}（必填）", "{label}（如有）", "{label} (required)", "{circle}{label}", "> {label}", "## {label}", "　　{label}", "{wide}"]


def decorated(form: str, label: str, n: int) -> str:
    wide = "　".join(label) if len(label) == 2 else label
    return form.format(label=label, n=n, circle="①②③④⑤⑥⑦⑧"[n - 1], wide=wide)


def lines(d: Document, theme: str, style: str) -> None:
    mark, form = d.rng.choice(MARKS), d.rng.choice(DECORATED)
    for n, (label, value) in enumerate(fields(d, theme, style), 1):
        d.line(decorated(form, label, n), mark, value)


def above(d: Document, theme: str, style: str) -> None:
    gap, form = d.rng.choice(["", "\n"]), d.rng.choice(DECORATED)
    for n, (label, value) in enumerate(fields(d, theme, style), 1):
        d.line(decorated(form, label, n)).add("  " * d.rng.randrange(2), value, "\n", gap)


def inline(d: Document, theme: str, style: str) -> None:
    mark = d.rng.choice(["：", ":", " ", "=", "是", "为", ""]) if style == "zh" else d.rng.choice([": ", " ", "=", " is "])
    between, end = d.rng.choice([("，", "。"), ("；", "；"), ("  ", ""), (" / ", ""), ("、", "。"), (" | ", ""), (", ", "."), ("/", ""), ("　", "")])
    for _ in range(d.rng.randrange(1, 4)):
        for place, (label, value) in enumerate(fields(d, theme, style)):
            d.add(between if place else "", label, mark or " " * (label[-1].isascii()), value)
        d.line(end)


def behind(d: Document, theme: str, style: str) -> None:
    left, right = d.rng.choice([("（", "）"), ("(", ")"), ("【", "】"), ("<", ">"), (" [", "]")])
    for label, value in fields(d, theme, style):
        d.add(value, left, label, right, d.rng.choice(["，", "\n", "  "]))
    d.add("\n")


def table(separator: str, edge: str = "", rule: str = ""):
    def write(d: Document, theme: str, style: str) -> None:
        labels = headers(d, theme, style)
        d.line(edge, separator.join(labels.values()), edge)
        d.add(f"{rule}\n" if rule else "")
        for _ in range(d.rng.randrange(2, 9)):
            d.add(edge)
            for place, (_, value) in enumerate(fields(d, theme, style, labels)):
                d.add(separator if place else "", value)
            d.line(edge)
    return write


def columns(d: Document, theme: str, style: str) -> None:
    labels = headers(d, theme, style)
    rows = [[value for _, value in fields(d, theme, style, labels)] for _ in range(d.rng.randrange(2, 9))]
    tables.fixed_width(d, list(labels.values()), rows)


def comma(d: Document, theme: str, style: str) -> None:
    labels = headers(d, theme, style)
    quoted = d.rng.random() < 0.3 or any("," in label for label in labels.values()) or "D64" in labels or "D38" in labels
    d.extension, quote = "csv", '"' if quoted else ""
    d.line(",".join(f"{quote}{label}{quote}" for label in labels.values()))
    for _ in range(d.rng.randrange(2, 12)):
        for place, (_, value) in enumerate(fields(d, theme, style, labels)):
            d.add("," if place else "", quote, value, quote)
        d.add("\n")


def objects(opening: str, pair: str, between: str, closing: str, extension: str):
    """Records of keys and values: `pair` has KEY and VALUE in it."""
    before, middle, after = pair.replace("KEY", "\0").replace("VALUE", "\0").split("\0")

    def write(d: Document, theme: str, style: str) -> None:
        labels = headers(d, theme, style)
        d.extension, d.encoding = extension, "utf-8" if extension == "xml" else None
        for _ in range(d.rng.randrange(1, 6)):
            d.add(opening)
            for place, (label, value) in enumerate(fields(d, theme, style, labels)):
                d.add(between if place else "", before, label, middle, value, after)
            d.line(closing)
    return write


FOR_PEOPLE: dict[str, typing.Callable] = {
    "lines": lines, "above": above, "inline": inline, "behind": behind, "columns": columns, "comma": comma, "tabs": table("\t"), "bars": table("|"), "edges": table(" | ", "|"),
    "wide": table("　　"), "box": table("│", "│", "├──────┤"), "semicolons": table(";")}
FOR_MACHINES: dict[str, typing.Callable] = {
    "comma": comma, "at": table("@|@"), "json": objects("{", '"KEY":"VALUE"', ",", "}", "jsonl"), "spaced-json": objects("{ ", '"KEY" : "VALUE"', " , ", " }", "jsonl"),
    "escaped": objects('INFO body={', '\\"KEY\\":\\"VALUE\\"', ",", "}", "log"), "keys": objects("2026-02-11 10:00:01 INFO ", "KEY=VALUE", " ", " rc=0", "log"),
    "brackets": objects("[INFO] ", "KEY=[VALUE]", ", ", "", "log"), "query": objects("POST /api?", "KEY=VALUE", "&", "", "log"), "python": objects("{", "'KEY': 'VALUE'", ", ", "}", "log"),
    "java": objects("Record(", "KEY=VALUE", ", ", ")", "log"), "yaml": objects("- ", 'KEY: "VALUE"', "\n  ", "", "yml"), "properties": objects("", "KEY=VALUE", "\n", "\n", "properties"),
    "update": objects("UPDATE t SET ", "KEY='VALUE'", ", ", ";", "sql")}


def elements(d: Document, theme: str, style: str) -> None:
    labels = headers(d, theme, style)
    d.extension, d.encoding = "xml", "utf-8"
    d.line('<?xml version="1.0" encoding="UTF-8"?>').line("<rows>")
    for _ in range(d.rng.randrange(1, 6)):
        d.add("  <row>")
        for label, value in fields(d, theme, style, labels):
            tag = "".join(c for c in label if c.isalnum() or c == "_")
            d.add(f"<{tag}>", value, f"</{tag}>")
        d.line("</row>")
    d.line("</rows>")


FOR_MACHINES["elements"] = elements


def register() -> None:
    """Each theme in every second layout of people's and every third of machines', spread evenly; in English where it has English labels."""
    for down, layout in enumerate(FOR_PEOPLE):
        for across, theme in enumerate(THEMES):
            if (down + across) % 2 == 0:
                style = "en" if theme in ENGLISH and down % 4 < 2 else "zh"
                add(f"mixture-{layout}-{theme}", FOR_PEOPLE[layout], theme, style)
    for down, layout in enumerate(FOR_MACHINES):
        for across, theme in enumerate(THEMES):
            if (down + across) % 3 == 0:
                add(f"mixture-machine-{layout}-{theme}", FOR_MACHINES[layout], theme, "db")


def add(name: str, layout: typing.Callable, theme: str, style: str) -> None:
    registry.add(name, "personal", lambda d: layout(d, theme, style), weight=1, voice="third")


register()
