#!/usr/bin/env python3
"""The officer's page in a real Chromium, over a real collector with incidents of a real agent."""
import re
import shutil

import day
from policies import STORE_ANY
from stage import Stage, customers, wait_for


def main() -> None:
    day.need_all()
    with Stage() as stage:
        stage.start_collector(STORE_ANY.format(folder=stage.branch))
        added = stage.cli("user", "add", "officer", "--role", "officer").stdout
        one_time = re.findall(r"[0-9A-Za-z_-]{16,}", added)[-1]
        stage.start_agent(stage.enrol())
        (stage.branch / "客户名单.csv").write_text(customers(150))
        (stage.branch / "<img src=x onerror=alert(1)>.csv").write_text(customers(3))
        shutil.copy(stage.branch / "客户名单.csv", stage.branch / "备份.csv")
        wait_for("three incidents", lambda: len(stage.incidents()) >= 3)
        day.walk(stage, "officer_page.mjs", {"oneTime": one_time})


if __name__ == "__main__":
    main()
