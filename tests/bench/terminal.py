#!/usr/bin/env python3
"""What the agent costs a terminal, on this machine, against the same work without it.

usage: tests/bench/terminal.py [BIN] [--discovery]
BIN: folder of the built programs (default: build/release/bin); --discovery: that figure alone

Prints scan speed (beside ripgrep with equivalent patterns), the time to open files with and without the
guard, idle memory and processor time, and how long an incident takes to the collector. Needs root.
"""
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
os.environ["HUXIN_BIN"] = next((a for a in sys.argv[1:] if not a.startswith("-")), str(ROOT / "build/release/bin"))
sys.path.insert(0, str(ROOT / "tests/system"))
from stage import BIN, Stage, customers, need_root, wait_for  # noqa: E402

MEGABYTES = 64
OPENS = 20_000
IDLE_SECONDS = 20
INCIDENTS = 60
# The same numbers, as a person would look for them: 18-digit IDs, mobiles, cards, e-mail.
RIPGREP = r"[1-9]\d{16}[\dXx]|1[3-9]\d{9}|62\d{14,17}|[\w.]+@[\w.]+\.\w+"
POLICY = """
policy: {{id: figures, version: "1", mode: enforce}}
watch: {{directories: ["{folder}/kept"], guarded: ["{folder}/guarded"], clipboard: false, network: false}}
rules:
  - id: store-any
    zh: 存有客户信息
    en: customer data at rest
    when: {{channel: file, level: C2, customers: 1}}
    action: audit
    domains: [it]
    clauses: [K17]
  - id: open-report
    zh: 打开征信报告
    en: credit report opened
    when: {{channel: file_open, elements: D69}}
    action: block
    domains: [credit]
    clauses: [K28]
"""


DISCOVERED = 5000
DISCOVER = """
policy: {{id: figures, version: figures, mode: enforce}}
watch: {{clipboard: false, network: false, discover: {{folders: ["{folder}"]}}}}
rules:
  - id: store-any
    zh: 存有客户信息
    en: customer data at rest
    when: {{channel: file, level: C2, customers: 1}}
    action: audit
    domains: [it]
"""


def repeated(text: str, size: int) -> bytes:
    raw = text.encode()
    return (raw * (size // len(raw) + 1))[:size]


def corpora() -> dict[str, bytes]:
    size = MEGABYTES << 20
    english = "The branch opens at nine and the queue is served in order; nothing here is about anyone. "
    chinese = "网点每日九点开门，客户按次序办理业务，本段文字不涉及任何个人。"
    orders = "\n".join(f"2026-03-01 09:{i % 60:02}:{i % 59:02} order A2026{i:09} qty {i % 9} sum {i % 977}.50" for i in range(20000))
    return {
        "English prose": repeated(english * 20 + "\n", size),
        "Chinese prose": repeated(chinese * 20 + "\n", size),
        "order log": repeated(orders + "\n", size),
        "customer list (CSV)": repeated(customers(20000), size // 4),
    }


def timed(command: list, **options) -> float:
    start = time.monotonic()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **options)
    return time.monotonic() - start


def scan_speed(stage: Stage) -> None:
    print("\nscan, one job, sandbox and start-up included\n")
    print("| text | MB | huxin-agent scan MB/s | ripgrep MB/s | ratio |\n|---|---|---|---|---|")
    for name, text in corpora().items():
        file = stage.folder / "corpus.txt"
        file.write_bytes(text)
        size = len(text) / 1e6
        timed(["cat", file])
        ours = size / timed([BIN / "huxin-agent", "scan", "--json", "--jobs", "1", file])
        theirs = size / timed(["rg", "--text", "--count-matches", "-j1", RIPGREP, file])
        print(f"| {name} | {size:.0f} | {ours:.0f} | {theirs:.0f} | {ours / theirs:.2f} |")


def open_microseconds(files: list[pathlib.Path]) -> float:
    start = time.perf_counter()
    for i in range(OPENS):
        os.close(os.open(files[i % len(files)], os.O_RDONLY))
    return (time.perf_counter() - start) / OPENS * 1e6


def first_opens(files: list[pathlib.Path]) -> float:
    times = []
    for file in files:
        start = time.perf_counter()
        os.close(os.open(file, os.O_RDONLY))
        times.append(time.perf_counter() - start)
    return statistics.median(times) * 1e3


def processor_seconds(pids: list[int]) -> float:
    total = 0
    for pid in pids:
        fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        total += int(fields[11]) + int(fields[12])
    return total / os.sysconf("SC_CLK_TCK")


def memory_megabytes(pid: int) -> float:
    rollup = pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text()
    return int(next(line for line in rollup.splitlines() if line.startswith("Pss:")).split()[1]) / 1024


def family(pid: int) -> list[int]:
    children = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True).stdout.split()
    return [pid, *(grandchild for child in children for grandchild in family(int(child)))]


def guarded_files(folder: pathlib.Path, name: str) -> list[pathlib.Path]:
    files = [folder / f"{name}-{i}.txt" for i in range(200)]
    for i, file in enumerate(files):
        file.write_text(f"周例会记录 {i}：讨论柜面服务。\n" * 40)
    return files


def discovery(stage: Stage) -> None:
    """The same small files by `scan` with one job, by a first run and by a second one, in one go."""
    folder = stage.folder / "discovered"
    row = customers(1).splitlines()[1].replace(",", " ")
    for i in range(DISCOVERED):
        file = folder / f"{i % 50:02}" / f"{i:05}.txt"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"周例会记录 {i}：讨论柜面服务。\n" * 20 + (row if i % 20 == 0 else ""))
    stage.start_collector(DISCOVER.format(folder=folder))
    state = stage.enrol()
    agent = stage.start_agent(state)
    wait_for("the policy", lambda: json.loads((state / "status.json").read_text())["policy"] == "figures")
    scan = timed([BIN / "huxin-agent", "scan", "--json", "--jobs", "1", folder])
    first = timed([BIN / "huxin-agent", "discover", "--json", "--state", state])
    second = timed([BIN / "huxin-agent", "discover", "--json", "--state", state])
    agent.stop()
    stage.collector.stop()
    print(f"\ndiscovery of {DISCOVERED} small files, one in 20 with customer data\n")
    print("| | files/s | of `scan --jobs 1` |\n|---|---|---|")
    for name, took in (("scan --jobs 1", scan), ("first run", first), ("second run, nothing changed", second)):
        print(f"| {name} | {DISCOVERED / took:.0f} | {scan / took:.2f} |")


def main() -> None:
    if not shutil.which("rg"):
        sys.exit("needs ripgrep to measure against: apt-get install ripgrep")
    need_root()
    if "--discovery" in sys.argv:
        with Stage() as stage:
            discovery(stage)
        return
    print(f"machine: {os.cpu_count()} cores, {os.uname().release}; programs: {BIN}")
    with Stage() as stage:
        discovery(stage)
    with Stage() as stage:
        scan_speed(stage)
        guarded = stage.branch / "guarded"
        (stage.branch / "kept").mkdir()
        guarded.mkdir()
        subprocess.run(["mount", "-t", "tmpfs", "huxin-bench", guarded], check=True)
        try:
            figures(stage, guarded)
        finally:
            for program in reversed(stage.programs):
                program.stop()
            subprocess.run(["umount", guarded], check=True)


def figures(stage: Stage, guarded: pathlib.Path) -> None:
    files = guarded_files(guarded, "before")
    bare_first, bare = first_opens(files), open_microseconds(files)

    stage.start_collector(POLICY.format(folder=stage.branch))
    stage.collector.stop()
    stage.collector.arguments += ["--print", "--json"]
    stage.collector.start()
    agent = stage.start_agent(stage.enrol())
    status = lambda: json.loads((stage.folder / "agent/status.json").read_text())
    wait_for("the published policy", lambda: status()["policy"] == "1" and status()["channels"]["file_open"] == "ok")

    files = guarded_files(guarded, "after")
    first, again = first_opens(files), open_microseconds(files)
    print("\nopening a clean file in a guarded mount\n")
    print("| | without the agent | with the agent |\n|---|---|---|")
    print(f"| first open (inspected), median | {bare_first * 1000:.1f} µs | {first * 1000:.0f} µs |")
    print(f"| later opens, mean of {OPENS} | {bare:.2f} µs | {again:.2f} µs ({again / bare:.2f}×) |")

    pids = family(agent.process.pid)
    before = processor_seconds(pids)
    end = time.monotonic() + IDLE_SECONDS
    wait_for("idle time", lambda: time.monotonic() > end, IDLE_SECONDS + 5)
    used = processor_seconds(pids) - before
    print("\nidle\n\n| | |\n|---|---|")
    print(f"| guardian, memory (PSS) | {memory_megabytes(pids[0]):.0f} MB |")
    for pid in pids[1:]:
        role = pathlib.Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")[1:3]
        print(f"| {b' '.join(role).decode()}, memory (PSS) | {memory_megabytes(pid):.0f} MB |")
    print(f"| processor, all together | {used / IDLE_SECONDS * 100:.2f} % of one core |")

    delays = []
    row = customers(1).splitlines()[1].replace(",", " ")
    for i in range(INCIDENTS):
        name = f"incident-{i}.txt"
        start = time.monotonic()
        (stage.branch / "kept" / name).write_text(row)
        wait_for(name, lambda: name in stage.collector.said(), 20)
        delays.append((time.monotonic() - start) * 1000)
    print("\nfrom closing a file to its incident at the collector, 150 ms of which waits for the writer to finish\n")
    print("| median | 90 % | max |\n|---|---|---|")
    print(f"| {statistics.median(delays):.0f} ms | {statistics.quantiles(delays, n=10)[8]:.0f} ms | {max(delays):.0f} ms |")


if __name__ == "__main__":
    main()
