#!/usr/bin/env python3
"""The bank's own customers and documents are known on a terminal: lists are built, shipped in the bundle, and what
the agent finds of them carries it, up to the officer's console. A list that is dropped is known no more."""
import json
import os
import pathlib
import random
import subprocess
import tempfile
import zipfile

from console import hire
from stage import BIN, Stage, customers, need_root, wait_for

POLICY = """
policy: {{id: known, version: "1", mode: enforce}}
watch: {{directories: ["{folder}"], clipboard: false, network: false}}
rules:
  - id: own-customers
    zh: 存有本行客户信息
    en: the bank's own customers at rest
    when: {{channel: file, exact: true, customers: 2}}
    action: audit
    domains: [it]
  - id: own-documents
    zh: 存有本行机密文件的片段
    en: a piece of a confidential document at rest
    when: {{channel: file, fingerprint: {{least: 0.3, documents: "credit/*"}}}}
    action: audit
    domains: [it]
"""

NUMBERS = "一二三四五六七八九十百千万甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"


def minutes(seed: int, paragraphs: int = 30) -> list[str]:
    """A document's paragraphs: no two alike, here or in another."""
    def phrase(n: int) -> str:
        return "".join(random.Random(f"{seed}.{n}").choices(NUMBERS, k=60))
    return [f"{phrase(n)}，授信审查意见。" for n in range(paragraphs)]


def docx(path, paragraphs: list[str]) -> None:
    """As small a Word document as there is (ECMA-376 part 1, 17.2)."""
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml",
                         '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
                         '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
                         'officedocument.wordprocessingml.document.main+xml"/></Types>')
        archive.writestr("word/document.xml",
                         '<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/'
                         f'2006/main"><w:body>{body}</w:body></w:document>')


def serial_in_force(stage: Stage, state) -> str:
    return json.loads((state / "status.json").read_text()).get("policy_digest", "")


def main() -> None:
    need_root()
    with Stage() as stage:
        stage.start_collector(POLICY.format(folder=stage.branch))
        state = stage.enrol()
        stage.start_agent(state)
        officer = hire(stage, "li", "officer")

        rows = customers(40).splitlines()
        table = stage.folder / "customers.csv"
        table.write_text("\n".join(rows[:21]) + "\n")  # the first twenty are the bank's
        built = json.loads(stage.cli("exact", "build", table, "--json").stdout)
        assert built["rows"] == 20 and built["serial"] == 2, built
        assert {c["element"] for c in built["columns"]} >= {"D01", "D25", "D27", "D40"}, built

        papers = stage.folder / "papers" / "credit"
        papers.mkdir(parents=True)
        docx(papers / "minutes.docx", minutes(1))
        (papers / "note.txt").write_text("\n".join(minutes(2)))
        (papers / "broken.docx").write_bytes(b"PK\x03\x04 no document")
        (papers / "short.txt").write_text("too short to be told from others")
        printed = json.loads(stage.cli("fingerprint", "build", papers.parent, "--agent", BIN / "huxin-agent",
                                       "--json").stdout)
        assert printed["documents"] == 2 and printed["left_out"] == 2 and printed["serial"] == 3, printed

        def taken() -> str:
            terminal = json.loads(stage.cli("terminal", "show", "T-000001", "--json").stdout)
            return json.dumps(terminal)

        def told(name: str, text: str) -> dict:
            """Writes a file, until the bundle in force makes an incident of it."""
            for attempt in range(60):
                (stage.branch / f"{attempt}-{name}").write_text(text)
                found = lambda: [i for i in stage.incidents() if i["path"].endswith(f"{attempt}-{name}")]
                try:
                    incident = wait_for(name, found, 3)[0]
                    return officer.call("GET", f"/incidents/{incident['id']}")
                except AssertionError:
                    continue
            raise AssertionError(f"no incident of {name}; {taken()}")

        incident = told("list.csv", "\n".join([rows[0], *rows[1:6], *rows[31:34]]) + "\n")
        assert incident["rule"] == "own-customers", incident
        own = [f for f in incident["findings"] if f["known"]]
        assert {f["element"] for f in own} >= {"D01", "D25", "D27", "D40"}, own
        assert all(f["confidence"] > 0.98 for f in own if f["element"] == "D25"), own
        for customer in range(1, 6):  # each of the five by all that the bank has of them
            assert {f["element"] for f in own if f["customer"] == customer} >= {"D01", "D25", "D27", "D40"}, own
        # Three strangers with four numbers and names each: a false hit or two is chance, more is not.
        strangers = [f for f in incident["findings"] if f["known"] and f["customer"] > 5]
        assert len(strangers) <= 2, strangers
        assert incident["known_total"] == len(own), incident

        # Explained on this terminal, the same list is known by the same bundle.
        explained = subprocess.run([BIN / "huxin-agent", "--state", state, "explain", "--json", incident["path"]],
                                   capture_output=True, text=True, check=False)
        assert explained.returncode == 1 and not explained.stderr, explained
        known = [t["element"] for t in json.loads(explained.stdout)["traces"] if t.get("verdict") == "known"]
        assert known.count("D01") >= 5 and {"D27", "D40"} <= set(known), known

        # A third of the Word document, out of order, in a plain text of other things.
        piece = minutes(1)[12:22]
        memo = "\n".join(minutes(9)[:8] + piece[5:] + minutes(10)[:8] + piece[:5] + minutes(11)[:8])
        incident = told("memo.txt", memo)
        assert incident["rule"] == "own-documents", incident
        documents = incident["documents"]
        assert [d["name"] for d in documents] == ["credit/minutes.docx"], documents
        assert 0.3 <= documents[0]["share"] < 0.45, documents

        # Neither is told of strangers and of other papers.
        quiet = stage.branch / "strangers.csv"
        quiet.write_text("\n".join([rows[0], rows[30]]) + "\n")
        (stage.branch / "other.txt").write_text("\n".join(minutes(12)))
        last = told("again.txt", memo)
        assert last["rule"] == "own-documents"
        paths = [i["path"] for i in stage.incidents()]
        assert not any(p.endswith(("strangers.csv", "other.txt")) for p in paths), paths

        # Dropped: the same list is nobody's.
        stage.cli("exact", "drop")
        shown = stage.cli("exact", "show", check=False)
        assert shown.returncode == 2, shown
        check_text()


def text_of(path) -> subprocess.CompletedProcess:
    # The program cages itself: a leak checker's tracer is what its cage forbids.
    env = os.environ | {"ASAN_OPTIONS": "detect_leaks=0"}
    return subprocess.run([BIN / "huxin-agent", "text", path], capture_output=True, text=True, env=env)


def check_text() -> None:
    """What `huxin-agent text` prints of a document, of none and of a broken one."""
    with tempfile.TemporaryDirectory() as folder:
        docx(f"{folder}/a.docx", ["第一段", "第二段"])
        done = text_of(f"{folder}/a.docx")
        assert done.returncode == 0 and "第一段" in done.stdout and "第二段" in done.stdout, done
        missing = text_of(f"{folder}/none")
        assert missing.returncode == 2, missing
        pathlib.Path(f"{folder}/b.docx").write_bytes(b"PK\x03\x04 no document")
        nothing = text_of(f"{folder}/b.docx")
        assert nothing.returncode == 2 and not nothing.stdout, nothing


if __name__ == "__main__":
    main()
