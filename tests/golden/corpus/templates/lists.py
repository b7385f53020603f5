"""Lists of customers, one a row, in every format, with headers and without."""
from .. import numbers, people, registry, surface, tables, words
from ..document import Document, Value

# What a list is about: its elements, and columns of other numbers.
THEMES = {
    "customers": ("D25 D01 D27 D34", "serial created"),
    "cards": ("D25 D40 D27", "serial order amount"),
    "loans": ("D25 D01 D40 D67", "amount created"),
    "wages": ("D25 D40 D01", "serial amount"),
    "contacts": ("D25 D27 D31 D34", "serial"),
    "travellers": ("D25 D06 D27 D31", "order created"),
    "vehicles": ("D25 D19 D20 D27", "serial created"),
    "accounts": ("D25 D01 D27 D40 D31", "order created amount"),
    "visitors": ("D25 D01 D29", "created"),
    "policies": ("D25 D01 D82 D27", "amount created"),
    "devices": ("D27 D77 D79", "trace created"),
    "foreign_cards": ("D25 D41 D31", "order amount"),
    "members": ("D25 D27 D33 D31", "serial order"),
    "companies": ("D59 D39 D25 D27", "serial"),
}
OTHER = {
    "serial": ("序号", "seq", lambda rng, row: str(row + 1)),
    "order": ("订单号", "order_id", lambda rng, row: "2026" + f"{rng.randrange(1, 13):02}" + numbers.digits(rng, 12)),
    "created": ("创建时间", "created_at", lambda rng, row: f"2025-{rng.randrange(1, 13):02}-{rng.randrange(1, 29):02} 10:{rng.randrange(60):02}:07"),
    "amount": ("金额", "amount", lambda rng, row: f"{rng.randrange(100, 9_000_000) / 100:.2f}"),
    "trace": ("跟踪号", "trace_id", lambda rng, row: numbers.digits(rng, 16)),
}


TOLD_ALONE = {"D01", "D25", "D27", "D29", "D31", "D34", "D40", "D41", "D59"}  # without any header


def cell(document: Document, person: people.Person, element: str, bare: bool) -> Value:
    """A value as it is written; one that only a header can tell may be missed where there is none."""
    value = surface.written(document.rng, person.of(element))
    return value._replace(optional=bare and element not in TOLD_ALONE)


def column_header(document: Document, element: str, machine: bool) -> str:
    return document.rng.choice(words.labels(element, "db" if machine else "zh", document.voice))


def fill(document: Document, theme: str, form: str, bare: bool) -> None:
    rng, machine = document.rng, form in tables.MACHINE_MADE
    elements, others = (part.split() for part in THEMES[theme])
    columns = [("own", e) for e in elements] + [("other", o) for o in others]
    rng.shuffle(columns) if rng.random() < 0.5 else None
    headers = [column_header(document, what, machine) if own == "own" else OTHER[what][1 if machine else 0] for own, what in columns]
    rows = []
    for index in range(rng.choice([2, 3, 5, 8, 14, 14, 30])):
        person = people.Person(document)
        rows.append([cell(document, person, what, bare) if own == "own" else OTHER[what][2](rng, index) for own, what in columns])
    tables.FORMATS[form](document, None if bare else headers, rows)


def register() -> None:
    """One template a format, theme and header; not every one of them: a third, spread evenly; and of columns by
    position, which no separator shows, more with headers."""
    for place, (form, theme) in enumerate((form, theme) for form in tables.FORMATS for theme in THEMES):
        if place % 3 == 0:
            bare = place % 9 == 0 and form not in ("json", "jsonl", "xml", "markdown") and theme not in ("vehicles", "travellers", "policies", "devices", "members")
            name = f"list-{form}-{theme}{'-bare' if bare else ''}"
            registry.add(name, "personal", lambda d, t=theme, f=form, b=bare: fill(d, t, f, b), f"list-{theme}", 1)
        if place % 3 == 1:
            registry.add(f"list-{form}-{theme}-third", "personal", lambda d, t=theme, f=form: fill(d, t, f, False), weight=1, voice="third")
    for theme in ("travellers", "vehicles", "visitors", "policies", "accounts", "companies"):
        registry.add(f"list-columns-{theme}", "personal", lambda d, t=theme: fill(d, t, "fixed", False), "columns", 1)


register()
