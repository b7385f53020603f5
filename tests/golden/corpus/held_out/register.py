"""How a template joins the held-out half; its document gets an encoding that can hold its text."""
import typing

from .. import registry
from ..document import Document

ENCODINGS = {"utf-8": 62, "utf-8-sig": 8, "gbk": 12, "gb18030": 10, "utf-16-le": 5, "utf-16-be": 3}
OF_PROGRAMS = {"utf-8": 88, "utf-8-sig": 3, "gbk": 9}
OF_PEOPLE = {"txt", "csv", "dat", "md", "docx", "xlsx"}  # what they save as they please


def able(document: Document, encoding: str) -> bool:
    try:
        document.text().encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def encode(document: Document, wanted: dict[str, int] | None = None) -> None:
    """Draws an encoding, the next likely where the text has characters beyond it."""
    wanted = wanted or (ENCODINGS if document.extension in OF_PEOPLE else OF_PROGRAMS)
    drawn = document.rng.choices(list(wanted), list(wanted.values()))[0]
    document.encoding = drawn if able(document, drawn) else "utf-8"


def _decorator(group: str):
    def register(name: str, weight: int = 3) -> typing.Callable[[registry.Write], registry.Write]:
        def take(write: registry.Write) -> registry.Write:
            def whole(document: Document) -> None:
                write(document)
                if not document.encoding:
                    encode(document)
            registry.add(f"other-{name}", group, whole, weight=weight, half="held-out")
            return write
        return take
    return register


personal = _decorator("personal")
quiet = _decorator("quiet")
adversarial = _decorator("adversarial")
