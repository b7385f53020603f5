"""How people write a value."""
from ... import surface


def in_groups(sizes: tuple[int, ...], separator: str, before: str = ""):
    return lambda text: before + surface.grouped(text, sizes, separator)


def card_groups(separator: str):
    """As on the card's face: fours, but 4-6-5 of fifteen digits."""
    return lambda text: surface.grouped(text, (4, 6, 5) if len(text) == 15 else (4,) * 8, separator)


def spoken(figures: str):
    return lambda text: text.translate(dict(zip(map(ord, "0123456789"), figures)))


def name_of_two(gap: str):
    """A name of two characters drawn out to three."""
    return lambda text: gap.join(text) if len(text) == 2 else text


STYLES = {
    "sp344": in_groups((3, 4, 4), " "), "da344": in_groups((3, 4, 4), "-"), "do344": in_groups((3, 4, 4), "."),
    "sp4": card_groups(" "), "da4": card_groups("-"), "sp684": in_groups((6, 8, 4), " "), "da684": in_groups((6, 8, 4), "-"),
    "plus": lambda t: "+86" + t, "plus_sp": lambda t: "+86 " + t, "plus_da": lambda t: "+86-" + t, "zeros": lambda t: "0086" + t, "braces": lambda t: "(+86)" + t,
    "plus344": in_groups((3, 4, 4), " ", "+86 "), "plus_da344": in_groups((3, 4, 4), "-", "+86-"),
    "han": spoken("零一二三四五六七八九"), "yao": spoken("零幺二三四五六七八九"), "full": lambda t: t.translate(surface.FULL_WIDTH),
    "lower": str.lower, "upper": str.upper, "inner": name_of_two(" "), "inner_wide": name_of_two("\u3000"),
    "bare": lambda t: "".join(c for c in t if c.isalnum()), "bare_amount": lambda t: t.replace(",", ""),
    "dots": lambda t: ".".join(t), "colons": lambda t: t.replace("-", ":").lower(),
    "wrap": lambda t: t[:len(t) // 2] + "\n" + t[len(t) // 2:], "indent": lambda t: t.replace("\n", "\n    "),
}
