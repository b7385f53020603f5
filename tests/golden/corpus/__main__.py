"""Makes the labelled corpus: python3 tests/golden/corpus OUT [--documents 9600] [--seed 1].

OUT gets the documents, manifest.tsv (file, half, group, template, customers) and labels.tsv (file,
begin, end, element, customer, optional, value). Offsets are bytes of the file; 0 0 where the format
is no text. The same seed and sources give the same bytes. Half of the documents hold customer data,
half hold none; a twentieth more is made to mislead, and told of apart. Of each, half are of templates that nobody tunes on (held_out/).
"""
import argparse
import pathlib
import random
import shutil
import sys

if __package__ in (None, ""):
    sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
    __package__ = "corpus"

from corpus import document, held_out, registry, templates  # noqa: E402, F401


DOCUMENTS = 9600  # enough for every template to be in the corpus


def make(name: str, template: registry.Template, seed: int) -> document.Document:
    """One document; what is in it depends on its name and the seed alone."""
    made = document.Document(name, template.voice, random.Random(f"{seed} {name}"))
    template.write(made)
    templates.derive(made)
    return made


def names(group: str, half: str, count: int) -> list[tuple[str, registry.Template]]:
    """`count` documents of a group and half, templates in turn, as often as they weigh."""
    turns = [(template, turn) for turn in range(3) for _, template in sorted(registry.TEMPLATES.items())
             if (template.group, template.half) == (group, half) and turn < template.weight]
    drawn = [(*turns[i % len(turns)], i // len(turns)) for i in range(count)]
    return [(f"{template.name}-{round * template.weight + turn:03}", template) for template, turn, round in drawn]


def shares(documents: int) -> list[tuple[str, str, int]]:
    """How many documents of each group and half: as many of one half as of the other."""
    groups = {"personal": documents // 2, "quiet": documents - documents // 2, "adversarial": documents // 20}
    return [(group, half, count // 2 if half == "held-out" else count - count // 2) for group, count in groups.items() for half in ("tuning", "held-out")]


def row(file: str, label: document.Label) -> str:
    value = label.value
    return f"{file}\t{label.begin}\t{label.end}\t{value.element}\t{value.customer}\t{int(value.optional)}\t{document.comparable(value)}"


def write_corpus(out: pathlib.Path, documents: int, seed: int) -> None:
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    manifest, rows = ["# file\thalf\tgroup\ttemplate\tcustomers"], ["# file\tbegin\tend\telement\tcustomer\toptional\tvalue"]
    for group, half, share in shares(documents):
        for name, template in names(group, half, share):
            made = make(name, template, seed)
            content, labels = made.encode()
            file = f"{made.name}.{made.extension}"
            (out / file).write_bytes(content)
            manifest.append(f"{file}\t{template.half}\t{group}\t{template.name}\t{made.customers}")
            rows += [row(file, label) for label in labels]
    (out / "manifest.tsv").write_text("\n".join(manifest) + "\n", encoding="utf-8")
    (out / "labels.tsv").write_text("\n".join(rows) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description="Makes the labelled corpus of customer data and of what looks like it.")
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--documents", type=int, default=DOCUMENTS, help=f"how many, half of them quiet (default: {DOCUMENTS})")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    write_corpus(arguments.out, arguments.documents, arguments.seed)


if __name__ == "__main__":
    main()
