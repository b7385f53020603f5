"""Texts of others (see public/SOURCES): alone, they are quiet; around customers, they are the prose."""
import pathlib

from .. import people
from ..document import Document
from ..registry import add

PUBLIC = pathlib.Path(__file__).resolve().parents[2] / "public"


def part_of(document: Document, text: str) -> list[str]:
    """Some lines that stand together."""
    lines = text.splitlines()
    begin = document.rng.randrange(max(1, len(lines) // 2))
    return lines[begin:begin + document.rng.randrange(12, 60)]


def quote(document: Document, file: pathlib.Path) -> None:
    document.extension = file.suffix.lstrip(".")
    for line in part_of(document, file.read_text(encoding="utf-8")):
        document.line(line)


def around(document: Document, file: pathlib.Path) -> None:
    """A case told between the paragraphs of a statute."""
    person = people.Person(document)
    lines = part_of(document, file.read_text(encoding="utf-8"))
    middle = len(lines) // 2
    for line in lines[:middle]:
        document.line(line)
    document.line("案例：客户姓名：", person.name, "，身份证号：", person.id, "，电话：", person.mobile, "。")
    for line in lines[middle:]:
        document.line(line)


def register() -> None:
    for file in sorted(PUBLIC.iterdir()):
        if file.name == "SOURCES" or file.is_dir():
            continue
        add(f"public-{file.name}", "quiet", lambda d, f=file: quote(d, f), "public")
        if file.suffix == ".txt":
            add(f"public-around-{file.name}", "personal", lambda d, f=file: around(d, f), "public-around")


register()
