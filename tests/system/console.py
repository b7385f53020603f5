"""The demo's client of the console, with accounts made as a test wants them."""
import pathlib
import sys
import time

sys.path.append(str(pathlib.Path(__file__).resolve().parents[2] / "packaging/demo.d"))
from account import Account, Refused  # noqa: E402, F401


def hire(stage, name: str, *roles: str, clock=time.time) -> Account:
    """Makes an account on the command line and signs it in."""
    password = f"a good password of {name[::-1]}"
    stage.cli("user", "add", name, "--password-stdin", *[part for role in roles for part in ("--role", role)],
              text=password + "\n")
    return Account(stage.console_address, str(stage.folder / "collector/authority/root.crt"), name, password, clock=clock)
