"""What this bank calls things: by the thing's name and the style of the paper."""
from .. import words


def known(what: str, style: str = "zh") -> list[str]:
    sections = words.sections("held_out/labels")
    return sections.get(what if style == "zh" else f"{what} {style}") or sections[what]


def label(rng, what: str, style: str = "zh") -> str:
    return rng.choice(known(what, style)).replace("_", " " if style == "en" else "_")
