"""Every template, and what follows from the elements of a document."""
from .. import numbers
from ..document import Document
from . import adversarial, forms, leaks, lists, messages, papers, quiet_code, quiet_machine, quiet_prose, quiet_public, quiet_secrets, quiet_tables, records, written  # noqa: F401

CARDS = {"D40", "D41"}
AUTHENTICATES = {"D45", "D46", "D47", "D51"}
FOUR = ({"D25"}, {"D01"}, {"D27"}, CARDS)  # name, number, mobile, card of one person
REACH = 200                                # characters between a card and what authorises its use
BULK = 10                                  # customers that make a list


def derive(document: Document) -> None:
    """Adds D85 and D86, which are said of other elements of a document."""
    if document.customers >= BULK:
        document.is_a("D86")
    if _card_with_code(document) or _four_elements(document):
        document.is_a("D85")


def _card_with_code(document: Document) -> bool:
    at, cards, codes = 0, [], []
    for part in document.parts:
        size = len(document.surface(part))
        element = getattr(part, "element", None)
        (cards if element in CARDS else codes if element in AUTHENTICATES else []).append((at, at + size))
        at += size
    return any(max(a, c) - min(b, d) <= REACH for a, b in cards for c, d in codes)


def _four_elements(document: Document) -> bool:
    own: dict[int, set[str]] = {}
    for value in document.values():
        own.setdefault(value.customer, set()).add(value.element)
    return any(all(have & wanted for wanted in FOUR) for customer, have in own.items() if customer)
