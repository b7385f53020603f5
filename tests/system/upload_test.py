#!/usr/bin/env python3
"""Uploads through all that is real: curl to an HTTPS host, through the agent's redirection, its network worker, its
guardian and its scan workers. What holds customers is refused with a page before a byte of it leaves, however it is
sent; what is clean arrives byte for byte; what is too large to hold is judged part by part, and cut off before more
has left than the rule allows."""
import gzip
import pathlib
import random

from network import NAME, Answer, Outside, Terminal, enter_own_network
from stage import Stage, customers, need_root, wait_for

MiB = 1 << 20
HELD = 32 * MiB  # of a body; what is larger goes in parts of 4 MiB; ARCHITECTURE.md
PAGE = 4096      # of the texts that are sent
ALLOWED = 9      # customers; the rule of network.POLICY asks for ten
PROSE = ("各网点请于每周五下班前完成票据柜的清点，并由两人签字。", "会议纪要由办公室整理，经主管审阅后归档。",
         "The branch closes early before the holiday; please plan the vault accordingly.",
         "新版填单台已经到货，摆放位置请参照平面图，不得遮挡监控。", "Printer paper is ordered every other month.")


def record(row: str) -> bytes:
    """A customer as plain text tells of one."""
    name, number, mobile = row.split(",")[:3]
    return f"姓名：{name}，身份证号：{number}，手机号：{mobile}\n".encode()


def page(rng: random.Random) -> bytes:
    """Lines about nobody, filled up with dots to the size of a page."""
    lines = "\n".join(rng.choices(PROSE, k=PAGE // 128)).encode()
    return lines + b"\n" + b"." * (PAGE - len(lines) - 2) + b"\n"


def text_with(records: dict[int, bytes], size: int, file: pathlib.Path) -> bytes:
    """A text of that size, with a record at each of these offsets, into a file for curl; the pages between are in no
    pattern, so that what is swapped or lost shows."""
    rng, pieces, at = random.Random(20260301), [], 0
    pages = [page(rng) for _ in range(64)]
    for offset, line in [*sorted(records.items()), (size, b"")]:
        whole, rest = divmod(offset - at, PAGE)
        pieces += [*rng.choices(pages, k=whole), b"." * (rest - 1) + b"\n" if rest else b"", line]
        at = offset + len(line)
    text = b"".join(pieces)
    file.write_bytes(text)
    return text


def refused(answer: Answer) -> None:
    assert (answer.exit, answer.status) == (0, 403), answer
    assert "客户信息外发" in answer.page and "customer data sent out" in answer.page, answer.page


def small_lists_are_refused(terminal: Terminal, outside: Outside) -> None:
    table = terminal.stage.folder / "客户名单.csv"
    table.write_text(customers(100))
    packed = table.with_suffix(".csv.gz")
    packed.write_bytes(gzip.compress(table.read_bytes()))
    csv = ("-H", "Content-Type: text/csv")
    ways = {
        "/csv": (*csv, "--data-binary", f"@{table}"),
        "/multipart": ("-F", "note=本月名单", "-F", f"file=@{table}"),
        "/chunked": (*csv, "-H", "Transfer-Encoding: chunked", "-X", "POST", "-T", table),
        "/gzip": (*csv, "-H", "Content-Encoding: gzip", "--data-binary", f"@{packed}"),
        "/http2": ("--http2", *csv, "--data-binary", f"@{table}"),
    }
    for path, how in ways.items():
        answer = terminal.curl(path, *how)
        refused(answer)
        assert answer.version == "1.1", answer
        told = terminal.incident(path)
        assert (told["channel"], told["operation"], told["rule"], told["action"], told["outcome"]) == (
            "network", "POST", "customers-leave", "block", "dropped"), told
        assert told["process"].endswith("/curl") and told["user"] == "root", told
        assert told["customers"] == 100, told
        counted = {one["element"]: one["findings"] for one in told["elements"]}
        assert all(counted.get(element) == 100 for element in ("D01", "D25", "D27", "D40")), counted
    assert outside.arrived() == [], "something of a refused upload reached the host"
    print(f"{len(ways)} ways to send a list of 100: refused, told, nothing of it reached the host")


def clean_uploads_arrive(terminal: Terminal, outside: Outside) -> None:
    file = terminal.stage.folder / "clean.txt"
    text = text_with({}, 48 * MiB, file)
    plain = ("-H", "Content-Type: text/plain", "-T", file)
    for path, how in {"/clean": plain, "/clean-chunked": (*plain, "-H", "Transfer-Encoding: chunked")}.items():
        answer = terminal.curl(path, *how)
        assert (answer.exit, answer.status, answer.page) == (0, 200, "received\n"), answer
        there = outside.wait_for(path)
        assert there.whole and there.body == text, (there.whole, len(there.body))
        assert terminal.incidents(path) == [], "a clean upload was told of"
    print("48 MiB without customers arrived byte for byte, with a length and in chunks")


def cut_off(terminal: Terminal, outside: Outside, path: str, records: dict[int, bytes]) -> dict:
    """Sends 48 MiB with these records, and holds what arrived of it to what the rule allows; the incident."""
    file = terminal.stage.folder / "large.txt"
    text = text_with(records, 48 * MiB, file)
    refused(terminal.curl(path, "-H", "Content-Type: text/plain", "-T", file))
    there = outside.wait_for(path)
    left = sum(line in there.body for line in records.values())
    assert not there.whole and text.startswith(there.body), "what arrived is no beginning of what was sent"
    assert left <= ALLOWED, f"{left} customers left in {len(there.body)} bytes"
    told = terminal.incident(path)
    assert (told["rule"], told["action"], told["operation"]) == ("customers-leave", "block", "PUT"), told
    assert told["customers"] > ALLOWED and {one["element"] for one in told["elements"]} >= {"D01", "D25", "D27"}, told
    print(f"{path}: cut off after {len(there.body) / MiB:.1f} MiB with {left} customers; told of {told['customers']}: {told['outcome']}")
    return told


def large_texts_are_cut_off(terminal: Terminal, outside: Outside, people: list[bytes]) -> None:
    # Five in what leaves, which alone are allowed; the others from 40 MiB on.
    early = {n * MiB: line for n, line in enumerate(people[:5])}
    late = {40 * MiB + n * (MiB >> 4): line for n, line in enumerate(people[5:100])}
    told = cut_off(terminal, outside, "/late", early | late)
    assert told["outcome"] == "dropped: a part had left", told
    # Ten in all, the last of whom lies across two parts, with the border in the identity number.
    border = HELD - len(people[9].partition("号：".encode())[0]) - 12
    told = cut_off(terminal, outside, "/across", {n * MiB: line for n, line in enumerate(people[:9])} | {border: people[9]})
    assert told["customers"] == 10, told


def main() -> None:
    need_root()
    enter_own_network()
    with Stage() as stage:
        outside = Outside(stage)
        terminal = Terminal(stage, outside)
        small_lists_are_refused(terminal, outside)
        clean_uploads_arrive(terminal, outside)
        large_texts_are_cut_off(terminal, outside, [record(row) for row in customers(100).splitlines()[1:]])
        expected = ["/clean", "/clean-chunked", "/late", "/across"]
        assert [one.path for one in outside.arrived()] == expected, "something else arrived"
        assert terminal.unseen() == {}, terminal.unseen()
    print(f"all that reached {NAME} was allowed to")


if __name__ == "__main__":
    main()
