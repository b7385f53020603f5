"""The fact tables of the catalogue, read as data: codes, prefixes, names. Never the detector's code."""
import functools
import pathlib

DATA = pathlib.Path(__file__).resolve().parents[3] / "policy" / "catalog" / "data"


@functools.cache
def rows(name: str) -> list[list[str]]:
    lines = (DATA / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


@functools.cache
def counties() -> list[tuple[str, str, str, str]]:
    """Code, province, prefecture and county of every division in force, the mainland's alone."""
    names = {code: name for code, name, _, last in rows("regions") if not last}
    found = []
    for code, name in names.items():
        province, prefecture = names.get(code[:2] + "0000"), names.get(code[:4] + "00", "")
        if not code.endswith("00") and province and code < "70":
            found.append((code, province, "" if prefecture == "市辖区" else prefecture, name))
    return found


@functools.cache
def mobile_prefixes() -> list[str]:
    """The three digits that people's numbers begin with: neither satellites nor machines."""
    return [prefix for prefix, _ in rows("mobile_prefixes") if len(prefix) == 3 and not "140" <= prefix <= "144"]


@functools.cache
def issuers() -> list[tuple[str, list[int]]]:
    return [(prefix, [int(n) for n in lengths.split()]) for prefix, _, lengths in rows("issuers")]


@functools.cache
def unionpay_issuers() -> list[tuple[str, list[int]]]:
    return [row for row in issuers() if row[0].startswith("62")]
