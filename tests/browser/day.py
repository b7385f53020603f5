"""What the walks through the console share on this side: what they need, accounts, and the walk itself."""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "system"))
from stage import Stage, need_root, skip  # noqa: E402


def need_browser() -> None:
    if not pathlib.Path("/usr/bin/chromium").exists():
        skip("needs Chromium")
    if not (HERE / "node_modules").exists():
        skip("needs npm ci in tests/browser")
    if not shutil.which("node"):
        skip("needs Node.js")


def need_all() -> None:
    """A browser, and root for the agent's fanotify."""
    need_root()
    need_browser()


def screenshots() -> pathlib.Path:
    folder = pathlib.Path(os.environ.get("HUXIN_SCREENSHOTS", HERE.parents[1] / "build/screenshots"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def account(stage: Stage, name: str, *roles: str, until: str = "") -> dict:
    """An account that can sign in at once with password and one-time code: its secret is printed once."""
    password = f"A good password of {name[::-1]}"
    arguments = [part for role in roles for part in ("--role", role)] + (["--until", until] if until else [])
    said = stage.cli("user", "add", name, "--password-stdin", "--totp", *arguments, text=password + "\n").stdout
    return {"name": name, "password": password, "secret": re.search(r"secret=([A-Z2-7]+)", said)[1]}


def cookie(signed_in) -> str:
    """The session of somebody signed in with console.hire, for a browser to go on with."""
    return next(iter(signed_in.cookies)).value


def walk(stage: Stage, script: str, told: dict, seconds: float = 240) -> None:
    """Runs a day in the browser; it reads what it is told as JSON on its standard input."""
    told = {"address": stage.console_address, "screenshots": str(screenshots()), **told}
    done = subprocess.run([shutil.which("node"), HERE / script], input=json.dumps(told), text=True, timeout=seconds,
                          env={**os.environ, "HOME": str(stage.folder)})
    assert done.returncode == 0, f"{script} broke off"
