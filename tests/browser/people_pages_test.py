#!/usr/bin/env python3
"""Accounts, roles and the audit log in a real Chromium, over a real collector."""
import os
import pathlib
import re
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "system"))
from stage import BIN, Stage, skip  # noqa: E402
from policies import STORE_ANY  # noqa: E402

PASSWORD = "People-2026-pages!"


def account(stage: Stage, name: str, *roles: str) -> str:
    """Adds an account as a script does: password on standard input, secret printed once."""
    command = [BIN / "huxin-collector", "user", "add", name, "--password-stdin", "--totp",
               "--state", stage.folder / "collector"]
    for role in roles:
        command += ["--role", role]
    done = subprocess.run(command, input=PASSWORD + "\n", check=True, capture_output=True, text=True)
    return f"{name}:{PASSWORD}:{re.search(r'secret=([A-Z2-7]+)', done.stdout)[1]}"


def main() -> None:
    if not pathlib.Path("/usr/bin/chromium").exists():
        skip("needs Chromium")
    if not (HERE / "node_modules").exists():
        skip("needs npm ci in tests/browser")
    node = shutil.which("node") or skip("needs Node.js")
    screenshots = pathlib.Path(os.environ.get("HUXIN_SCREENSHOTS", HERE.parents[1] / "build/screenshots"))
    screenshots.mkdir(parents=True, exist_ok=True)
    with Stage() as stage:
        stage.start_collector(STORE_ANY.format(folder=stage.branch))
        accounts = [account(stage, "sysadmin", "system_admin"), account(stage, "secadmin", "security_admin"),
                    account(stage, "auditor", "auditor"), account(stage, "li.wei", "officer", "compliance")]
        subprocess.run([node, HERE / "people_pages.mjs", stage.console_address, screenshots, *accounts],
                       check=True, timeout=180, env={**os.environ, "HOME": str(stage.folder)})


if __name__ == "__main__":
    main()
