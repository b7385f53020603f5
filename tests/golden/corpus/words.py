"""Words by voice: lists under [heading] or [heading voice]; labels by element, style and voice."""
import functools
import pathlib

HERE = pathlib.Path(__file__).resolve().parent / "words"


@functools.cache
def sections(name: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    heading = ""
    for line in (HERE / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            heading = line.strip("[]")
        elif line and not line.startswith("#"):
            found.setdefault(heading, []).extend(line.split())
    return found


@functools.cache
def texts(name: str) -> dict[str, str]:
    """Whole texts by what stands behind === above each; what is before the first says what the file is."""
    parts = (HERE / f"{name}.txt").read_text(encoding="utf-8").split("\n=== ")[1:]
    return {heading: text.strip("\n") for heading, _, text in (part.partition("\n") for part in parts)}


@functools.cache
def labels(element: str, style: str, voice: str) -> list[str]:
    """All that a voice calls an element; without any in a style, what Chinese forms call it."""
    found = []
    for line in (HERE / "labels.tsv").read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        of, style_of, voice_of, words = line.split("\t")
        if of == element and style_of == style and voice_of in ("both", voice):
            found += [w.strip() for w in words.split("|")] if style == "en" else words.split()
    return found or (labels(element, "zh", voice) if style != "zh" else [element])
