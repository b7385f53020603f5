"""Long files: papers with customer data and quiet documents one behind another, as notes and archives pile up."""
from .. import registry
from ..document import Document
from . import papers, quiet_code, quiet_machine, quiet_prose, quiet_secrets, quiet_tables  # noqa: F401: registers what is bundled

RULES = ["", "", "----", "====================", "* * *", "――――――――", "#####", "﹎﹎﹎﹎﹎﹎"]
BULK = 10  # customers that make a list


def is_text(document: Document) -> bool:
    return document.package is None and document.extension in ("txt", "log", "md") and document.encoding is None


def is_counted(made: Document, before: int) -> bool:
    return made.customers >= before and all(value.customer <= made.customers for value in made.values())


def part(d: Document, template: registry.Template) -> Document:
    """A document whose customers are counted on from those before."""
    made = Document(d.name, d.voice, d.rng)
    made.customers = d.customers
    template.write(made)
    return made


def bundle(d: Document) -> None:
    known = [t for t in registry.TEMPLATES.values() if t.half == "tuning"]
    told = [registry.TEMPLATES[name] for name in papers.names("personal")]
    quiet = [t for t in known if t.group == "quiet"]
    drawn = d.rng.sample(told, d.rng.randrange(3, 8)) + d.rng.sample(quiet, d.rng.randrange(1, 5))
    d.rng.shuffle(drawn)
    rule, doubtful = d.rng.choice(RULES), False
    for template in drawn:
        made = part(d, template)
        if is_text(made) and is_counted(made, d.customers) and made.name == d.name:
            d.add(*made.parts).line(rule)
            d.kinds += made.kinds
            d.customers = made.customers
            doubtful |= template.group == "quiet" and any(value.optional for value in made.values())
    if doubtful:
        uncounted(d)


def uncounted(d: Document) -> None:
    """Nobody says how many customers there are where some values may be found or not."""
    d.is_a("D86", optional=d.customers < BULK)
    d.customers = 0


for number in range(60):
    registry.add(f"bundle-{number:02}", "personal", bundle, weight=1, voice="third")
