#!/usr/bin/env python3
"""The verbs exact and fingerprint on the command line: what they build, what they leave out, and what they say."""
import json
import random
import stat

from stage import Stage, customers


def main() -> None:
    with Stage() as stage:
        stage.cli("init", "--name", "localhost", "--organisation", "Test bank")
        table = stage.folder / "customers.csv"
        table.write_text(customers(1000))
        filter_file = stage.folder / "exact.filter"

        # To a file: nothing is kept, the file is its owner's, and small.
        built = json.loads(stage.cli("exact", "build", table, "--out", filter_file, "--json").stdout)
        assert built["rows"] == 1000 and "serial" not in built, built
        assert built["bytes"] == filter_file.stat().st_size, built
        assert stat.S_IMODE(filter_file.stat().st_mode) == 0o600
        assert filter_file.read_bytes().startswith(b"HUXEXCT1")
        # Three numbers a row, a name and an address beside each of them.
        assert built["keys"] == 9000, built
        assert 8 * built["bytes"] / built["keys"] < 11, built
        assert [c["element"] for c in built["columns"]] == ["D25", "D01", "D27", "D40", "D34"], built
        assert stage.cli("exact", "show", check=False).returncode == 2
        # No two builds are alike: another salt.
        again = stage.folder / "again.filter"
        stage.cli("exact", "build", table, "--out", again)
        assert again.read_bytes() != filter_file.read_bytes()

        # Columns by name; and what cannot be known.
        named = json.loads(stage.cli("exact", "build", table, "--columns", "手机号=D27", "--out", again, "--json").stdout)
        assert named["keys"] == 1000 and len(named["columns_left_out"]) == 4, named
        for columns, says in (("手机号=D49", "never listed"), ("手机号=D84", "follows from other elements"), ("手机号", "HEADER=ELEMENT"), ("电报=D27", "no column"),
                              ("姓名=D25", "no column names a number")):
            refused = stage.cli("exact", "build", table, "--columns", columns, "--out", again, check=False)
            assert refused.returncode == 2 and says in refused.stderr, (columns, refused.stderr)

        # A broken row is told by its line, and nothing is built.
        broken = stage.folder / "broken.csv"
        broken.write_text("手机号\n13800138000\n1,2\n")
        refused = stage.cli("exact", "build", broken, check=False)
        assert refused.returncode == 1 and ":3:" in refused.stderr and "13800138000" not in refused.stderr, refused
        assert stage.cli("exact", "show", check=False).returncode == 2

        # Kept without a policy; shipped by the first publication.
        assert "首次发布" in stage.cli("exact", "build", table).stdout
        shown = json.loads(stage.cli("exact", "show", "--json").stdout)
        assert shown["entries"] == 9000 and shown["file"] == "customers.csv", shown

        # A table with nothing in it does not take the place of what is kept, and the way out is told.
        empty = stage.folder / "empty.csv"
        for text in ("姓名,身份证号\n", "姓名,身份证号\n李娜,无\n王芳,无\n"):
            empty.write_text(text)
            refused = stage.cli("exact", "build", empty, check=False)
            assert refused.returncode == 2 and "exact drop" in refused.stderr, refused
        # Nor does one of which much is no value, unless that is asked for.
        wrong = stage.folder / "wrong.csv"
        wrong.write_text("手机号\n1.39E+10\n13800138000\n12800138001\n")
        refused = stage.cli("exact", "build", wrong, check=False)
        assert refused.returncode == 1 and "--skip-invalid" in refused.stderr, refused
        assert f"{wrong}:2:1: 科学计数法" in refused.stderr and f"{wrong}:4:1: " in refused.stderr, refused.stderr
        assert "12800138001" not in refused.stderr, refused.stderr
        # A row that is too short is an error whatever is asked for.
        short = stage.folder / "short.csv"
        short.write_text("姓名,手机号\n李娜\n王芳,13800138000\n")
        refused = stage.cli("exact", "build", short, "--skip-invalid", check=False)
        assert refused.returncode == 1 and ":2:2: " in refused.stderr, refused
        shown = json.loads(stage.cli("exact", "show", "--json").stdout)
        assert shown["entries"] == 9000, shown
        skipped = json.loads(stage.cli("exact", "build", wrong, "--skip-invalid", "--out", again, "--json").stdout)
        assert skipped["keys"] == 1 and skipped["columns"][0]["refused"] == 2, skipped
        # What a spreadsheet saves as Unicode text is read.
        unicode_text = stage.folder / "unicode.txt"
        unicode_text.write_bytes("姓名\t手机号\r\n李娜\t13800138000\r\n".encode("utf-16"))
        built = json.loads(stage.cli("exact", "build", unicode_text, "--out", again, "--json").stdout)
        assert built["keys"] == 2, built

        # Documents: plain text without an agent, the rest is left out with the reason.
        papers = stage.folder / "papers"
        (papers / "credit").mkdir(parents=True)
        # In common characters, as papers are written: the encoding is guessed by them.
        common = ("的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经"
                  "三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表")
        text = "".join(random.Random(1).choices(common, k=2000))
        (papers / "credit" / "a.txt").write_text(text)
        (papers / "b.txt").write_bytes("".join(random.Random(2).choices(common, k=2000)).encode("gb18030"))
        (papers / "c.docx").write_bytes(b"PK\x03\x04")
        (papers / "d.txt").write_text("short")
        (papers / "e.txt").write_bytes(bytes(range(256)) * 40)
        built = json.loads(stage.cli("fingerprint", "build", papers, "--agent", stage.folder / "none", "--json").stdout)
        assert built["documents"] == 2 and built["left_out"] == 3, built
        reasons = {each["name"]: each["reason"] for each in built["left_out_files"]}
        assert "not_found" in reasons["c.docx"] and "too little" in reasons["d.txt"], reasons
        assert json.loads(stage.cli("fingerprint", "show", "--json").stdout)["entries"] == 2

        # What a clean set has is nobody's own.
        clean = stage.folder / "clean"
        clean.mkdir()
        (clean / "form.txt").write_text(text)
        prints = stage.folder / "prints"
        built = json.loads(stage.cli("fingerprint", "build", papers, "--clean", clean, "--out", prints, "--agent",
                                     stage.folder / "none", "--json").stdout)
        assert built["documents"] == 1 and built["common_prints"] > 100, built
        assert prints.read_bytes().startswith(b"HUXPRNT1")
        assert any(each["name"] == "credit/a.txt" for each in built["left_out_files"]), built

        # A folder of which nothing can be taken is an error, and keeps what was there.
        refused = stage.cli("fingerprint", "build", clean, "--clean", clean, check=False)
        assert refused.returncode == 2, refused
        assert json.loads(stage.cli("fingerprint", "show", "--json").stdout)["entries"] == 2

        stage.cli("fingerprint", "drop")
        assert stage.cli("fingerprint", "show", check=False).returncode == 2
        audit = stage.cli("audit", "--json").stdout
        for act in ("exact build", "fingerprint build", "fingerprint drop"):
            assert act in audit, act


if __name__ == "__main__":
    main()
