"""How people and programs write numbers: grouped, full-width, with invisible characters between."""
import random

from .document import Value

GROUPS = {"D01": (6, 8, 4), "D27": (3, 4, 4), "D40": (4, 4, 4, 4, 4), "D41": (4, 4, 4, 4)}
FULL_WIDTH = {ord(c): ord(c) + 0xFEE0 for c in "0123456789"}


def grouped(text: str, sizes: tuple[int, ...], separator: str) -> str:
    parts, at = [], 0
    for size in sizes:
        parts.append(text[at:at + size])
        at += size
    return separator.join(part for part in [*parts, text[at:]] if part)


def written(rng: random.Random, value: Value) -> Value:
    """The value as a person might write it: mostly as it is."""
    chance = rng.random()
    if value.element not in GROUPS or chance < 0.82:
        return value
    sizes = GROUPS[value.element]
    if len(value.text) == 15 and value.element == "D41":
        sizes = (4, 6, 5)
    if chance < 0.92:
        return value._replace(text=grouped(value.text, sizes, rng.choice([" ", " ", "-"])))
    if chance < 0.96:
        return value._replace(text=value.text.translate(FULL_WIDTH))
    at = rng.randrange(3, len(value.text) - 3)
    return value._replace(text=value.text[:at] + rng.choice(["\u200b", "\u200d", "\ufeff"]) + value.text[at:])
