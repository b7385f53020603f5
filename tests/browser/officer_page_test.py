#!/usr/bin/env python3
"""The officer's page in a real Chromium, over a real collector with incidents of a real agent."""
import os
import pathlib
import re
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "system"))
from stage import Stage, customers, need_root, skip, wait_for  # noqa: E402
from policies import STORE_ANY  # noqa: E402


def main() -> None:
    need_root()
    if not pathlib.Path("/usr/bin/chromium").exists():
        skip("needs Chromium")
    if not (HERE / "node_modules").exists():
        skip("needs npm ci in tests/browser")
    screenshots = pathlib.Path(os.environ.get("HUXIN_SCREENSHOTS", HERE.parents[1] / "build/screenshots"))
    screenshots.mkdir(parents=True, exist_ok=True)
    with Stage() as stage:
        stage.start_collector(STORE_ANY.format(folder=stage.branch))
        added = stage.cli("user", "add", "officer", "--role", "officer").stdout
        one_time = re.findall(r"[0-9A-Za-z_-]{16,}", added)[-1]
        stage.start_agent(stage.enrol())
        (stage.branch / "客户名单.csv").write_text(customers(150))
        (stage.branch / "<img src=x onerror=alert(1)>.csv").write_text(customers(3))
        shutil.copy(stage.branch / "客户名单.csv", stage.branch / "备份.csv")
        wait_for("three incidents", lambda: len(stage.incidents()) >= 3)
        node = shutil.which("node") or skip("needs Node.js")
        subprocess.run([node, HERE / "officer_page.mjs", stage.console_address, one_time, screenshots],
                       check=True, timeout=180, env={**os.environ, "HOME": str(stage.folder)})


if __name__ == "__main__":
    main()
