"""Source code and settings that handle passwords, cards and customers and hold none of them."""
import re

from .. import numbers, words
from ..document import Document
from .register import quiet


def filled(d: Document, block: str) -> str:
    block = re.sub("‹(\\d+)›", lambda m: numbers.number(d.rng, int(m[1])), block)
    return re.sub("‹x(\\d+)›", lambda m: "".join(d.rng.choices("0123456789abcdef", k=int(m[1]))), block)


def register(file: str, blocks: list[str]) -> None:
    """A template of some blocks of a file, in any order."""
    @quiet(f"code-{file.replace('.', '-')}")
    def write(d: Document) -> None:
        d.extension = file.rpartition(".")[2].lower() if "." in file else "groovy"
        for block in d.rng.sample(blocks, d.rng.randrange(1, len(blocks) + 1)) * d.rng.choice([1, 1, 2]):
            d.line(filled(d, block)).add("\n")


for file, text in words.texts("held_out/code").items():
    register(file, text.split("\n\n"))
