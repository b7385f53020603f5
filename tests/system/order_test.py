#!/usr/bin/env python3
"""Orders, from two people at the console to a terminal's files and back: a file in quarantine comes back
by one officer's order; files are destroyed by two people's, a copy in the trash is reported, the
certificate verifies offline and a tampered one does not; what must be kept is not destroyed, and what was
cancelled is never carried out."""
import json
import os
import pathlib
import subprocess
import time

from console import Account, hire
from policies import STORE_ANY
from stage import BIN, Stage, customers, need_root, skip, wait_for


def mount_branch(stage: Stage) -> None:
    """The branch's folder as a volume of its own, which has a trash of its own."""
    if subprocess.run(["mount", "-t", "tmpfs", "tmpfs", stage.branch]).returncode != 0:
        skip("needs to mount (CAP_SYS_ADMIN)")


def settled(person: Account, order: str, what: str) -> dict:
    """The order, once its terminal has answered and its certificate was looked at."""
    begun = time.monotonic()
    seen = lambda: person.call("GET", f"/orders/{order}")
    done = wait_for(what, lambda: (o := seen())["state"] not in ("drafted", "approved", "delivered")
                    and o["certificate"]["verdict"] != "unchecked" and o, 90)
    print(f"{what}: {done['outcome']!r} after {time.monotonic() - begun:.1f} s")
    return done


def draft(person: Account, **order) -> str:
    return person.call("POST", "/orders", {"days": 7, **order})["id"]


def approve(person: Account, order: str) -> None:
    person.call("POST", f"/orders/{order}/approve", person.proof())


def numbers(count: int) -> str:
    """The list without names and addresses: no record that must be kept for years."""
    return "".join(",".join(line.split(",")[1:4]) + "\n" for line in customers(count).splitlines())


def release(stage: Stage, officer: Account) -> None:
    planted = stage.branch / "in" / "客户名单.csv"
    content = customers(5)
    planted.write_text(content)
    wait_for("the list in quarantine", lambda: not planted.exists())
    incident = wait_for("its outcome", lambda: next(
        (i["id"] for i in stage.incidents() if i["outcome"] == "quarantined"), None))
    order = draft(officer, kind="release", incident=incident, reason="误报：培训用样例数据")
    assert officer.refused("POST", f"/orders/{order}/approve", {"password": "no"}) == "confirmation_failed"
    approve(officer, order)
    answered = settled(officer, order, "release")
    assert answered["state"] == "done", answered
    assert planted.read_text() == content, "the file came back changed"


def verify(stage: Stage, file: pathlib.Path) -> subprocess.CompletedProcess:
    """Offline: with the root and the orders' public key alone."""
    trust = stage.folder / "trust"
    return subprocess.run([BIN / "huxin-collector", "certificate", "verify", file, "--state", "/nonexistent",
                           "--root", trust / "root.crt", "--bundle-key", trust / "bundle.pub"],
                          capture_output=True, text=True)


def refuse_tampered(stage: Stage, file: pathlib.Path) -> None:
    whole = json.loads(file.read_text())
    for member, text in whole.items():
        at = len(text) // 2
        changed = {**whole, member: text[:at] + ("A" if text[at] != "A" else "B") + text[at + 1:]}
        tampered = stage.folder / "tampered.json"
        tampered.write_text(json.dumps(changed))
        checked = verify(stage, tampered)
        assert checked.returncode == 1 and "REFUSED" in checked.stdout, (member, checked)


def destroy(stage: Stage, executor: Account, supervisor: Account) -> None:
    kept = stage.branch / "kept" / "旧客户.csv"
    kept.write_text(numbers(8))
    trash = stage.branch / ".Trash-0"
    for name in ("files", "info"):
        (trash / name).mkdir(parents=True, mode=0o700)
    (trash / "files/旧客户.csv").write_text(kept.read_text())
    (trash / "info/旧客户.csv.trashinfo").write_text(
        "[Trash Info]\nPath=kept/%E6%97%A7%E5%AE%A2%E6%88%B7.csv\nDeletionDate=2026-03-01T08:30:00\n")
    order = draft(executor, kind="destroy", terminal="T-000001", reason="采集目的已达成", method="overwrite",
                  copies="report", targets=[{"path": str(kept)}])
    assert executor.refused("POST", f"/orders/{order}/approve", {"password": executor.password}) == "two_people"
    assert supervisor.refused("POST", f"/orders/{order}/approve", {"password": "no"}) == "confirmation_failed"
    assert kept.exists()
    approve(supervisor, order)
    answered = settled(executor, order, "destruction")
    assert answered["state"] == "done" and answered["certificate"]["verdict"] == "verified", answered
    assert not kept.exists(), "the file is still there"
    statement = answered["statement"]
    assert (statement["executor"], statement["supervisor"]) == (executor.name, supervisor.name)
    found = [r for r in statement["residue"] if r["kind"] == "trash" and r["result"] == "reported"]
    assert found, f"the copy in the trash was not reported: {statement['residue']}"
    assert (trash / "files/旧客户.csv").exists(), "a copy that was only to be reported is gone"

    file = stage.folder / "certificate.json"
    stage.cli("certificate", "export", order, "--out", file)
    assert file.read_bytes() == executor.raw("GET", f"/orders/{order}/certificate")
    checked = verify(stage, file)
    assert checked.returncode == 0 and supervisor.name in checked.stdout, checked
    refuse_tampered(stage, file)
    assert order in stage.cli("certificate", "list").stdout


def hold_back(stage: Stage, executor: Account, supervisor: Account) -> None:
    """Who identified a customer must keep that for ten years: two people cannot order otherwise."""
    kept = stage.branch / "kept" / "客户身份资料.csv"
    kept.write_text(customers(3))
    order = draft(executor, kind="destroy", terminal="T-000001", reason="以为期满", method="overwrite",
                  copies="report", targets=[{"path": str(kept)}])
    approve(supervisor, order)
    answered = settled(executor, order, "destruction before its term")
    assert answered["state"] == "refused" and "反洗钱法" in answered["outcome"], answered
    assert kept.exists()


def destroy_in_quarantine(stage: Stage, executor: Account, supervisor: Account) -> None:
    before = {i["id"] for i in stage.incidents()}
    planted = stage.branch / "in" / "待销毁.csv"
    planted.write_text(numbers(4))
    incident = wait_for("another in quarantine", lambda: next(
        (i["id"] for i in stage.incidents() if i["id"] not in before and i["outcome"] == "quarantined"), None))
    order = draft(executor, kind="destroy", incident=incident, reason="保存期满", method="overwrite",
                  copies="destroy")
    approve(supervisor, order)
    answered = settled(executor, order, "destruction in quarantine")
    assert answered["state"] == "done" and answered["certificate"]["verdict"] == "verified", answered
    back = draft(executor, kind="release", incident=incident, reason="试图取回已销毁的文件")
    approve(executor, back)
    assert settled(executor, back, "release of what is gone")["state"] == "failed"


def cancel(stage: Stage, agent, executor: Account, supervisor: Account) -> None:
    agent.stop()
    spared, doomed = stage.branch / "kept/留.csv", stage.branch / "kept/去.csv"
    for file in (spared, doomed):
        file.write_text(numbers(2))
    common = {"kind": "destroy", "terminal": "T-000001", "method": "unlink", "copies": "report"}
    cancelled = draft(executor, reason="写错了路径", targets=[{"path": str(spared)}], **common)
    approve(supervisor, cancelled)
    supervisor.call("POST", f"/orders/{cancelled}/cancel", {"reason": "路径写错"})
    after = draft(executor, reason="保存期满", targets=[{"path": str(doomed)}], **common)
    approve(supervisor, after)
    agent.start()
    stage.wait_ready(stage.folder / "agent")
    assert settled(executor, after, "destruction after a restart")["state"] == "done"
    assert spared.exists() and not doomed.exists()
    assert executor.call("GET", f"/orders/{cancelled}")["state"] == "cancelled"


def main() -> None:
    need_root()
    with Stage() as stage:
        mount_branch(stage)
        try:
            for name in ("in", "kept"):
                (stage.branch / name).mkdir()
            stage.start_collector(STORE_ANY.replace("action: audit", "action: quarantine").format(
                folder=stage.branch / "in"))
            trust = stage.folder / "trust"
            trust.mkdir()
            for name in ("authority/root.crt", "bundle.pub"):
                (trust / os.path.basename(name)).write_bytes((stage.folder / "collector" / name).read_bytes())
            officer = hire(stage, "li.wei", "officer")
            # More than one: a one-time code counts once in half a minute.
            second, third = hire(stage, "wang.fang", "reviewer"), hire(stage, "zhao.min", "officer")
            agent = stage.start_agent(stage.enrol())
            release(stage, officer)
            destroy(stage, officer, second)
            hold_back(stage, officer, third)
            destroy_in_quarantine(stage, officer, second)
            cancel(stage, agent, officer, third)
            stage.cli("verify")
        finally:
            for program in reversed(stage.programs):
                program.stop()
            subprocess.run(["umount", "-l", stage.branch], check=True)


if __name__ == "__main__":
    main()
