#!/usr/bin/env python3
"""A real Chromium at a guarded terminal: a list of customers that is uploaded by a page's form gets the page of the
refusal, and the host gets nothing of it; what holds no customers goes through."""
import pathlib

import day
from network import NAME, THERE, Outside, Terminal, enter_own_network
from stage import Stage, customers, skip

NOTICE = "节日期间营业时间调整通知\n\n各网点请提前张贴告示。\n"


def main() -> None:
    day.need_all()
    if not pathlib.Path("/etc/chromium").is_dir():
        skip("needs /etc/chromium, where Debian's Chromium looks for the policy that trusts the terminal's authority")
    enter_own_network()
    with Stage() as stage:
        outside = Outside(stage)
        terminal = Terminal(stage, outside)
        terminal.trust_in_chromium()
        files = {"list": ("客户名单.csv", customers(100)), "notice": ("通知.txt", NOTICE)}
        for name, text in files.values():
            (stage.folder / name).write_text(text)
        day.walk(stage, "refused_upload.mjs", {
            "address": NAME, "lenient": False, "switches": [f"--host-resolver-rules=MAP {NAME} {THERE}"],
            "files": {key: str(stage.folder / name) for key, (name, _) in files.items()}})
        told = terminal.incident("/form")
        assert (told["rule"], told["action"], told["outcome"], told["customers"]) == (
            "customers-leave", "block", "dropped", 100), told
        assert "chromium" in told["process"], told
        arrived = outside.arrived("/form")
        assert [NOTICE.encode() in one.body for one in arrived] == [True], "not the notice alone reached the host"
    print("a browser's upload: the list refused with a page, the notice arrived")


if __name__ == "__main__":
    main()
