#!/usr/bin/env python3
"""Copies collected for a purpose and kept too long: one that lay there before the agent came is overdue by its
last change, which its user cannot set; it is told once, counted at the collector, fails the branch's item, and
is gone from the count as soon as an order destroyed it."""
import datetime
import json
import os
import pathlib
import subprocess

from console import hire
from stage import BIN, Stage, need_root, skip, wait_for

POLICY = """
policy: {{id: deadline, version: "1", mode: enforce}}
watch:
  clipboard: false
  network: false
  discover: {{folders: ["{folder}"], pause_when_busy: false}}
profiles:
  - {{id: loan, zh: 贷款资料收集, en: loan application, elements: [D25, D27], paths: ["*/loan/*"], keep: 30}}
rules:
  - id: kept-too-long
    zh: 超过约定期限
    en: kept too long
    when: {{overdue: true, channel: file, level: C2}}
    action: audit
    domains: [it]
    clauses: [K19]
"""
LIST = "客户姓名,手机号码\n张伟,13912345678\n李娜,13812345678\n"
# Where, last changed and last written so many days ago: a user sets the second as he likes.
FILES = {
    "loan/old.csv": (31, 31),
    "loan/touched.csv": (40, 0),
    "loan/recent.csv": (29, 29),
    "loan/copied.csv": (0, 400),
    "other/old.csv": (400, 400),
}
OVERDUE = {"loan/old.csv", "loan/touched.csv"}


def disk(folder: pathlib.Path) -> pathlib.Path:
    """A disk on which the files have lain as long as they say."""
    image, source = folder / "disk.img", folder / "source"
    now = datetime.datetime.now(datetime.timezone.utc)
    commands = []
    for name, (changed, written) in FILES.items():
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_text(LIST)
        for field, days in (("ctime", changed), ("mtime", written)):
            moment = now - datetime.timedelta(days=days)
            commands.append(f"set_inode_field /{name} {field} {moment:%Y%m%d%H%M%S}\n")
    (folder / "commands").write_text("".join(commands))
    os.truncate(os.open(image, os.O_CREAT | os.O_WRONLY, 0o600), 16 << 20)
    subprocess.run(["/usr/sbin/mke2fs", "-q", "-t", "ext4", "-d", source, image], check=True)
    subprocess.run(["/usr/sbin/debugfs", "-w", "-f", folder / "commands", image], check=True, capture_output=True)
    return image


def main() -> None:
    need_root()
    if not pathlib.Path("/usr/sbin/debugfs").exists():
        skip("no debugfs (e2fsprogs)")
    with Stage() as stage:
        mounted = subprocess.run(["mount", "-o", "loop", disk(stage.folder), stage.branch], capture_output=True, text=True)
        if mounted.returncode:
            skip(f"no loop device: {mounted.stderr.strip()}")
        try:
            run(stage)
        finally:
            for program in reversed(stage.programs):
                program.stop()
            subprocess.run(["umount", stage.branch], check=True)


def run(stage: Stage) -> None:
    stage.start_collector(POLICY.format(folder=stage.branch))
    stage.cli("assess", "import-branches", write(stage, "branches.csv", "code,name,parent,accountable\nEast,城东支行,,刘洋\n"))
    state = stage.enrol()
    stage.start_agent(state)
    wait_for("the policy", lambda: json.loads((state / "status.json").read_text())["policy"] == "1")

    def agent(*arguments) -> list[dict]:
        done = subprocess.run([BIN / "huxin-agent", *arguments, "--json", "--state", state], capture_output=True,
                              text=True, check=True)
        return [json.loads(line) for line in done.stdout.splitlines()]

    def overdue() -> set[str]:
        return {str(pathlib.Path(one["path"]).relative_to(stage.branch)) for one in agent("inventory", "--overdue")}

    summary = agent("discover")[-1]
    assert (summary["files"], summary["overdue"]) == (len(FILES), len(OVERDUE)), summary
    assert overdue() == OVERDUE, overdue()
    told = wait_for("the incidents", lambda: stage.incidents() if len(stage.incidents()) >= len(OVERDUE) else None)
    assert {str(pathlib.Path(one["path"]).relative_to(stage.branch)) for one in told} == OVERDUE, told
    assert {(one["operation"], one["stage"], one["rule"]) for one in told} == {
        ("overdue", "destroy", "kept-too-long")}, told
    at_collector = lambda: json.loads(stage.cli("terminal", "show", "T-000001", "--json").stdout)["inventory"]
    wait_for("the count at the collector", lambda: (at_collector() or {}).get("overdue") == len(OVERDUE))
    agent("discover")
    assert len(stage.incidents()) == len(OVERDUE), "told again on the same day"

    # Item 39, as an inspector finds it filled in.
    compliance, inspector = hire(stage, "chen.jing", "compliance"), hire(stage, "ma.li", "compliance")
    month = datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=8))).strftime("%Y-%m")

    def item_39() -> str | None:
        made = compliance.call("POST", "/inspections", {"branch": "East", "period": month, "assignee": "ma.li",
                                                        "domains": ["it"]})
        items = inspector.call("GET", f"/inspections/{made['id']}")["items"]
        return (next(one for one in items if one["id"] == 39)["suggestion"] or {}).get("verdict")
    assert item_39() == "fail"

    # Destroyed by order: the entries go with the files, and the next summary says so.
    executor, supervisor = hire(stage, "li.na", "officer"), hire(stage, "wang.wei", "officer")
    made = executor.call("POST", "/orders", {
        "kind": "destroy", "terminal": "T-000001", "reason": "目的已达成", "days": 7, "method": "overwrite",
        "copies": "report", "targets": [{"path": str(stage.branch / name)} for name in sorted(OVERDUE)]})
    supervisor.call("POST", f"/orders/{made['id']}/approve", supervisor.proof())
    wait_for("the destruction", lambda: executor.call("GET", f"/orders/{made['id']}")["state"] == "done", 120)
    assert overdue() == set(), overdue()
    known = {pathlib.Path(one["path"]).name for one in agent("inventory", "--all")}
    assert known == {"recent.csv", "copied.csv", "old.csv"}, known  # other/old.csv
    summary = agent("discover")[-1]
    assert (summary["files"], summary["overdue"]) == (len(FILES) - len(OVERDUE), 0), summary
    wait_for("the count at the collector", lambda: at_collector()["overdue"] == 0)
    assert item_39() == "pass"
    print(f"{len(OVERDUE)} of {len(FILES)} copies overdue, told once, destroyed by order and gone from the count")


def write(stage: Stage, name: str, text: str) -> pathlib.Path:
    (stage.folder / name).write_text(text)
    return stage.folder / name


if __name__ == "__main__":
    main()
