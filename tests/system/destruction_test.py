#!/usr/bin/env python3
"""kill -9 of an agent in the middle of quarantine and of destruction, over and over: each file is whole at
its place or in the vault, whole at its place or gone and certified, and never anything else."""
import pathlib
import random
import subprocess
import time

from console import Account, Refused
from stage import BIN, Stage, customers, need_root, wait_for

QUARANTINE = """
policy: {{id: crash, version: "1", mode: enforce}}
watch: {{directories: ["{folder}"], clipboard: false, network: false}}
rules:
  - id: move
    zh: 存有客户信息
    en: customer data at rest
    when: {{channel: file, level: C2, customers: 1}}
    action: quarantine
    domains: [it]
    clauses: [K17]
"""
FILES = 60
KILLS = 6
PASSWORD = "correct-horse-battery"


def check_legal(files: dict[pathlib.Path, str], vault: pathlib.Path | None = None) -> int:
    """After a restart. Returns how many files are at their place."""
    here = 0
    for path, content in files.items():
        if path.exists():
            assert path.read_text() == content, f"{path} is not what it was"
            here += 1
    litter = [path for folder in {path.parent for path in files} for path in folder.glob(".huxin-*")]
    assert not litter, f"left over: {litter}"
    if vault:
        held = len(list(vault.glob("*.data")))
        assert held + here == len(files), f"{held} in the vault, {here} at their places, of {len(files)}"
    return here


def kill_during(agent, stage: Stage, state: pathlib.Path, rng: random.Random, left) -> None:
    """Kills the agent KILLS times, each after a little more was done, and starts it again."""
    for number in range(KILLS):
        goal = left() * (KILLS - number) // (KILLS + 1)
        wait_for("more of it to be done", lambda: left() <= goal, seconds=90)
        time.sleep(rng.random() * 0.02)
        agent.kill()
        agent.start()
        stage.wait_ready(state)


def quarantine(stage: Stage, state: pathlib.Path, agent, rng: random.Random) -> dict[pathlib.Path, str]:
    # Name, mobile and card: no record that a retention term keeps.
    rows = [row.split(",") for row in customers(FILES).splitlines()[1:]]
    files = {stage.branch / f"customer-{i:03}.txt": f"姓名 手机号 卡号\n{row[0]} {row[2]} {row[3]}\n"
             for i, row in enumerate(rows)}
    for path, content in files.items():
        path.write_text(content)
    kill_during(agent, stage, state, rng, lambda: sum(path.exists() for path in files))
    wait_for("every file in the vault", lambda: not any(path.exists() for path in files))
    told = lambda: {incident["path"] for incident in stage.incidents() if incident["outcome"] == "quarantined"}
    wait_for("every outcome told", lambda: len(told()) == FILES)
    assert check_legal(files, state / "vault") == 0
    return files


def order(stage: Stage, executor: Account, supervisor: Account, draft: dict) -> str:
    made = executor.call("POST", "/orders", {"kind": "destroy", "reason": "期满销毁", "days": 7,
                                             "method": "overwrite", "copies": "destroy"} | draft)
    try:
        executor.call("POST", f"/orders/{made['id']}/approve", executor.proof())
        raise AssertionError("one person ordered and approved")
    except Refused as refused:
        assert refused.status == 403, refused
    supervisor.call("POST", f"/orders/{made['id']}/approve", supervisor.proof())
    return made["id"]


def answered(account: Account, made: str) -> dict:
    def done():
        found = account.call("GET", f"/orders/{made}")
        return found if found["state"] not in ("approved", "delivered") else None
    found = wait_for("the order's answer", done, seconds=120)
    assert found["state"] == "done", (found["state"], found["outcome"])

    def checked():
        now = account.call("GET", f"/orders/{made}")
        return now if now["certificate"]["verdict"] not in ("none", "unchecked") else None
    now = wait_for("the certificate to be checked", checked)
    assert now["certificate"]["verdict"] == "verified", now["certificate"]
    again = [line for line in now["history"] if line["what"] == "answered_again"]
    assert not again, again
    return now


def destroy_in_place(stage, state, agent, rng, accounts, terminal: str) -> None:
    folder = stage.folder / "desk"
    folder.mkdir()
    row = "张伟,13800138000\n"
    files = {folder / f"名单-{i:03}.csv": "客户姓名,手机号码\n" + row * (200 + i) for i in range(FILES)}
    for path, content in files.items():
        path.write_text(content)
    made = order(stage, *accounts, {"terminal": terminal, "targets": [{"path": str(path)} for path in files]})
    wait_for("the order to begin", lambda: sum(path.exists() for path in files) < FILES, seconds=120)

    def left() -> int:
        return sum(path.exists() for path in files)
    left_at_kills = []
    for _ in range(KILLS):
        if left() == 0:
            break
        agent.kill()
        left_at_kills.append(left())
        for path, content in files.items():  # even now: whole, set aside, or gone
            assert not path.exists() or path.read_text() == content, f"{path} is half there"
        agent.start()
        wait_for("more to be destroyed", lambda: left() < left_at_kills[-1], seconds=60)
        time.sleep(rng.random() * 0.05)
    said = answered(accounts[0], made)["statement"]
    assert check_legal(files) == 0
    assert len(said["items"]) == FILES
    for item in said["items"]:
        assert item["fate"] == "destroyed" and item["bytes"] > 0 and item["digest"], item
    assert any(0 < count < FILES for count in left_at_kills), left_at_kills
    print(f"{FILES} files destroyed in place, killed with {left_at_kills} left, certificate {said['id']}")


def destroy_in_vault(stage, state, agent, rng, accounts) -> None:
    incidents = [incident["id"] for incident in stage.incidents() if incident["outcome"] == "quarantined"]
    vault = state / "vault"
    made = order(stage, *accounts, {"incident": incidents[0], "targets": [{"incident": each} for each in incidents]})
    left = lambda: len(list(vault.glob("*.data")))
    wait_for("the order to begin", lambda: left() < FILES, seconds=120)
    left_at_kills = []
    for _ in range(KILLS):
        if left() == 0:
            break
        agent.kill()
        left_at_kills.append(left())
        agent.start()
        wait_for("more to be destroyed", lambda: left() < left_at_kills[-1], seconds=60)
        time.sleep(rng.random() * 0.02)
    said = answered(accounts[0], made)["statement"]
    assert left() == 0
    assert [item["fate"] for item in said["items"]] == ["destroyed"] * len(incidents)
    print(f"{len(incidents)} files destroyed in quarantine, killed with {left_at_kills} left, certificate {said['id']}")


def main() -> None:
    need_root()
    rng = random.Random(11)
    with Stage() as stage:
        stage.start_collector(QUARANTINE.format(folder=stage.branch))
        for name in ("li.na", "wang.wei"):
            command = [BIN / "huxin-collector", "user", "add", name, "--role", "officer", "--password-stdin",
                       "--state", stage.folder / "collector"]
            subprocess.run(command, input=PASSWORD + "\n", text=True, check=True, capture_output=True)
        root = stage.folder / "collector/authority/root.crt"
        accounts = [Account(stage.console_address, str(root), name, PASSWORD) for name in ("li.na", "wang.wei")]
        state = stage.enrol()
        agent = stage.start_agent(state)
        quarantine(stage, state, agent, rng)
        terminal = stage.incidents()[0]["terminal"]
        destroy_in_place(stage, state, agent, rng, accounts, terminal)
        destroy_in_vault(stage, state, agent, rng, accounts)
        print(stage.cli("verify").stdout)


if __name__ == "__main__":
    main()
