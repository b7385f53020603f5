"""Every template, and what follows from the elements of a document."""
from .. import numbers
from ..document import Document, Value
from . import adversarial, bundles, forms, leaks, lists, messages, mixtures, papers, quiet_code, quiet_machine, quiet_prose, quiet_public, quiet_secrets, quiet_tables, records  # noqa: F401

CARDS = {"D40", "D41"}
AUTHENTICATES = {"D45", "D46", "D47", "D51"}
FOUR = ({"D25"}, {"D01"}, {"D27"}, CARDS)  # name, number, mobile, card of one person
REACH = 200                                # characters between a card and what authorises its use
BULK = 10                                  # customers that make a list


def derive(document: Document) -> None:
    """Adds D85 and D86, which are said of other elements of a document; what is made of one that may be
    found or not may be found or not."""
    if document.customers >= BULK:
        document.is_a("D86")
    for optional in (False, True):
        if _card_with_code(document, optional) or _four_elements(document, optional):
            document.is_a("D85", optional)
            break


def _card_with_code(document: Document, optional: bool) -> bool:
    at, cards, codes = 0, [], []
    for part in document.parts:
        size = len(document.surface(part))
        element = part.element if isinstance(part, Value) and (optional or not part.optional) else None
        (cards if element in CARDS else codes if element in AUTHENTICATES else []).append((at, at + size))
        at += size
    return any(max(a, c) - min(b, d) <= REACH for a, b in cards for c, d in codes)


def _four_elements(document: Document, optional: bool) -> bool:
    own: dict[int, set[str]] = {}
    for value in document.values():
        if optional or not value.optional:
            own.setdefault(value.customer, set()).add(value.element)
    return any(all(have & wanted for wanted in FOUR) for customer, have in own.items() if customer)
