"""How a paper form asks: a label, something between, a value."""
from ..document import Document, Value
from . import customers, labels

# Before the label, behind it, behind the value.
ASKS = [("", "：", ""), ("", "：", ""), ("", ": ", ""), ("", "\n", "\n"), ("【", "】", ""), ("*", "：", ""), ("", "\t", ""), ("", "　", ""),
        ("", "（必填）：", ""), ("□ ", "：", ""), ("", " —— ", ""), ("〔", "〕", ""), ("| ", " | ", " |"), ("", "：  ", "  ；")]
ENGLISH = [("", ": ", ""), ("", " : ", ""), ("", "\n  ", ""), ("[", "] ", ""), ("", ".......... ", "")]


class Paper:
    """One form in one style; `ask` writes a line of the customer's attributes."""

    def __init__(self, d: Document, style: str = "zh"):
        self.d, self.style = d, style
        self.before, self.between, self.behind = d.rng.choice(ENGLISH if style == "en" else ASKS)
        self.spread = style == "zh" and d.rng.random() < 0.12

    def ask(self, customer, *whats: str) -> "Paper":
        for place, what in enumerate(whats):
            self._gap(place)
            self.put(labels.label(self.d.rng, what, self.style), customers.written(self.d.rng, customer[what]))
        self.d.add("\n")
        return self

    def asks(self, customer, whats: str) -> "Paper":
        """A line each."""
        for what in whats.split():
            self.ask(customer, what)
        return self

    def of_nobody(self, *whats: str) -> "Paper":
        for place, what in enumerate(whats):
            self._gap(place)
            self.put(labels.label(self.d.rng, what, self.style), customers.nobodys(self.d, what))
        self.d.add("\n")
        return self

    def say(self, label: str, *parts: str | Value) -> "Paper":
        self.put(label, *parts)
        self.d.add("\n")
        return self

    def put(self, label: str, *parts: str | Value) -> None:
        if self.spread and len(label) == 2 and not label.isascii():
            label = label[0] + self.d.rng.choice(["　　", "  ", "    "]) + label[1]
        self.d.add(self.before, label, self.between, *parts, self.behind)

    def _gap(self, place: int) -> None:
        if place:
            self.d.add("\n" if "\n" in self.between else "      ")
