"""Starts real programs for the system tests: a collector, agents, and what they need around them."""
import contextlib
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
BIN = pathlib.Path(os.environ.get("HUXIN_BIN", ROOT / "build/dev/bin"))
SKIPPED = 77  # what CTest takes as "skipped"


def skip(reason: str) -> None:
    print(f"SKIPPED: {reason}")
    sys.exit(SKIPPED)


def need_root() -> None:
    if os.geteuid() != 0:
        skip("needs root (fanotify)")


def wait_for(what: str, condition, seconds: float = 60):
    """Returns the condition's first true value; fails the test when it never comes."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        value = condition()
        if value:
            return value
        time.sleep(0.05)
    raise AssertionError(f"never came in {seconds} s: {what}")


def customers(count: int) -> str:
    """The demo's made-up customer list, as CSV."""
    script = ROOT / "packaging/demo.d/customers.py"
    return subprocess.run([script, str(count)], check=True, capture_output=True, text=True).stdout


FAKETIME = pathlib.Path("/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1")


@contextlib.contextmanager
def days_ago(days: int):
    """What is started within believes that it is `days` earlier; gives that clock. The programs are as they are."""
    if not FAKETIME.exists():
        skip("needs faketime")
    if os.environ.get("HUXIN_SANITIZE"):
        skip("faketime cannot be loaded before a sanitizer's runtime")
    belief = {"LD_PRELOAD": str(FAKETIME), "FAKETIME": f"-{days}d", "FAKETIME_DONT_FAKE_MONOTONIC": "1", "NO_FAKE_STAT": "1"}
    os.environ.update(belief)
    try:
        yield lambda: time.time() - days * 86400
    finally:
        for name in belief:
            del os.environ[name]


class Program:
    """A program in the background, its output in a file; started, killed and started again."""

    def __init__(self, arguments: list, log: pathlib.Path):
        self.arguments = [str(argument) for argument in arguments]
        self.log = log
        self.process: subprocess.Popen | None = None

    def start(self) -> None:
        with open(self.log, "ab") as out:
            self.process = subprocess.Popen(self.arguments, stdout=out, stderr=out, stdin=subprocess.DEVNULL)

    def kill(self) -> None:
        """kill -9: no chance to put anything in order."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.kill()
                raise AssertionError(f"{self.arguments[0]} did not stop in 30 s; see {self.log}") from None

    def said(self) -> str:
        return self.log.read_text(errors="replace") if self.log.exists() else ""


class Stage:
    """A collector and its terminals in one temporary folder, ended and removed with the test."""

    def __init__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="huxin-system-"))
        self.branch = self.folder / "branch"
        self.branch.mkdir()
        self.programs: list[Program] = []
        self.collector: Program | None = None

    def __enter__(self):
        return self

    def __exit__(self, kind, _value, _trace):
        for program in reversed(self.programs):
            with contextlib.suppress(AssertionError):
                program.stop()
            if kind:
                print(f"--- {program.log.name}\n{program.said()[-4000:]}")
        shutil.rmtree(self.folder, ignore_errors=True)

    def cli(self, *arguments, check: bool = True, text: str | None = None) -> subprocess.CompletedProcess:
        """The collector's command line; `text` on its standard input."""
        command = [BIN / "huxin-collector", *map(str, arguments), "--state", self.folder / "collector"]
        done = subprocess.run(command, capture_output=True, text=True, input=text)
        if check and done.returncode != 0:
            raise AssertionError(f"{command}: exit {done.returncode}\n{done.stdout}{done.stderr}")
        return done

    def program(self, name: str, arguments: list) -> Program:
        program = Program(arguments, self.folder / f"{name}.log")
        self.programs.append(program)
        program.start()
        return program

    def start_collector(self, policy: str) -> None:
        self.cli("init", "--name", "localhost", "--name", "127.0.0.1", "--organisation", "Test bank")
        self.publish(policy)
        self.collector = self.program(
            "collector",
            [BIN / "huxin-collector", "serve", "--state", self.folder / "collector", "--agents", "127.0.0.1:0",
             "--console", "127.0.0.1:0", "--console-dir", ROOT / "collector/console/dist"])
        said = wait_for("the collector's addresses", lambda: re.search(
            r"agents\D*([0-9.]+:\d+).*?console\D*([0-9.]+:\d+)", self.collector.said(), re.S))
        self.agents_address, self.console_address = said.groups()
        # From now on the same ports, so that a restarted collector is found again.
        arguments = self.collector.arguments
        arguments[arguments.index("--agents") + 1] = self.agents_address
        arguments[arguments.index("--console") + 1] = self.console_address

    def publish(self, policy: str, *arguments) -> None:
        file = self.folder / "policy.yaml"
        file.write_text(policy)
        self.cli("policy", "publish", file, *arguments)

    def enrol(self, name: str = "agent", branch: str = "East") -> pathlib.Path:
        token = re.search(r"hx1\.[\w.-]+", self.cli("token", "create", "--branch", branch).stdout)[0]
        state = self.folder / name
        subprocess.run([BIN / "huxin-agent", "enrol", "--collector", self.agents_address, "--token", token,
                        "--state", state], check=True, capture_output=True)
        return state

    def start_agent(self, state: pathlib.Path, *arguments) -> Program:
        agent = self.program(state.name + "-run", [
            BIN / "huxin-agent", "run", "--state", state, "--session-socket", self.folder / f"{state.name}.sock",
            *arguments])
        self.wait_ready(state)
        return agent

    def wait_ready(self, state: pathlib.Path) -> None:
        wait_for("a ready agent", lambda: subprocess.run(
            [BIN / "huxin-agent", "status", "--ready", "--state", state], capture_output=True).returncode == 0)

    def incidents(self) -> list[dict]:
        """Every incident the collector has, newest first, read page by page."""
        found: list[dict] = []
        while True:
            lines = self.cli("incidents", "--json", "--limit", 500, "--offset", len(found)).stdout.splitlines()
            found += [json.loads(line) for line in lines]
            if len(lines) < 500:
                return found
