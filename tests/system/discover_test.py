#!/usr/bin/env python3
"""Discovery finds what lay there already; kill -9 in its midst and Ctrl-C lose nothing and repeat nothing; a
second run reads nothing; the inventory on disk gives nothing away; the vault can be listed and not emptied."""
import collections
import json
import re
import signal
import subprocess

from stage import BIN, ROOT, Stage, customers, need_root, wait_for

COUNT = 2000
POLICY = """
policy: {{id: discover, version: "{version}", mode: enforce}}
watch:
  clipboard: false
  network: false
  discover: {{folders: ["{folder}"], exclude: ["*/left-out/*"], pause_when_busy: false}}
rules:
  - id: store-any
    zh: 存有客户信息
    en: customer data at rest
    when: {{stage: store, channel: file, level: C2, customers: 1}}
    action: {action}
    domains: [it]
"""


class Agent:
    def __init__(self, stage: Stage):
        self.stage = stage
        self.state = stage.enrol()
        self.program = stage.start_agent(self.state)

    def command(self, *arguments) -> list:
        return [str(argument) for argument in (BIN / "huxin-agent", *arguments, "--state", self.state)]

    def lines(self, *arguments) -> list[dict]:
        done = subprocess.run(self.command(*arguments, "--json"), capture_output=True, text=True, check=True)
        return [json.loads(line) for line in done.stdout.splitlines()]

    def discover(self, *arguments) -> dict:
        return self.lines("discover", *arguments)[-1]

    def start_discover(self, *arguments) -> subprocess.Popen:
        return subprocess.Popen(self.command("discover", "--json", *arguments), stdout=subprocess.PIPE, text=True)

    def policy(self) -> str:
        return json.loads((self.state / "status.json").read_text())["policy"]


def read_until(run: subprocess.Popen, read: int) -> dict:
    for line in run.stdout:
        told = json.loads(line)
        if told.get("read", 0) >= read:
            return told
    raise AssertionError(f"the run ended before it had read {read} files")


def publish(stage: Stage, agent, version: str, action: str = "audit") -> None:
    stage.publish(POLICY.format(folder=stage.branch, version=version, action=action))
    if agent:
        wait_for(f"policy {version}", lambda: agent.policy() == version, 90)


def main() -> None:
    need_root()
    rows = customers(COUNT).splitlines()[1:]
    with Stage() as stage:
        for i, row in enumerate(rows):
            file = stage.branch / f"box-{i % 40:02}" / f"customer-{i:04}.txt"
            file.parent.mkdir(exist_ok=True)
            file.write_text(f"姓名 身份证号 手机号 卡号 地址\n{row.replace(',', ' ')}\n")
        (stage.branch / "left-out").mkdir()
        (stage.branch / "left-out/customer.txt").write_text(rows[0])
        (stage.branch / "secret.zip").write_bytes((ROOT / "tests/golden/encrypted.zip").read_bytes())
        stage.start_collector(POLICY.format(folder=stage.branch, version="1", action="audit"))
        agent = Agent(stage)
        wait_for("the policy", lambda: agent.policy() == "1")

        # kill -9 in the midst of a run.
        run = agent.start_discover()
        read_until(run, COUNT // 4)
        agent.program.kill()
        run.wait()
        before = agent.program.said()
        agent.program.start()
        stage.wait_ready(agent.state)
        life = lambda: agent.program.said()[len(before):]
        wait_for("the end of the run", lambda: "discovery 1:" in life(), 240)
        assert "discovery 1 goes on" in life(), life()
        whole = re.search(r"discovery 1: (\d+) files, (\d+) known, (\d+) with customer data, (\w+)", life()).groups()
        assert whole == (str(COUNT + 1), "0", str(COUNT), "complete"), whole
        wait_for("every incident", lambda: len(stage.incidents()) >= COUNT, 120)
        twice = [p for p, n in collections.Counter(i["path"] for i in stage.incidents()).items() if n > 1]
        assert not twice, f"told twice: {twice[:5]}"
        assert len(stage.incidents()) == COUNT

        # A second run reads nothing.
        *progress, summary = agent.lines("discover")
        assert (summary["files"], summary["unchanged"]) == (COUNT + 1, COUNT + 1), summary
        assert summary["complete"] and summary["not_inspected"] == {"encrypted": 1}, summary
        assert all(line["read"] == 0 for line in progress), progress
        assert len(stage.incidents()) == COUNT
        told = lambda: json.loads(stage.cli("terminal", "show", "T-000001", "--json").stdout)["inventory"] or {}
        wait_for("the summary at the collector", lambda: told().get("unchanged") == COUNT + 1)
        assert told()["inspected"] == COUNT and told()["with_findings"] == COUNT and told()["complete"], told()

        # One file is changed, one gone, one new: two are read.
        (stage.branch / "box-00/customer-0000.txt").write_text("会议记录\n")
        (stage.branch / "box-01/customer-0001.txt").unlink()
        (stage.branch / "fresh.txt").write_text("会议记录\n")
        summary = agent.discover()
        assert summary["files"] - summary["unchanged"] == 2 and summary["files"] == COUNT + 1, summary
        assert summary["with_findings"] == COUNT - 2, summary
        listed = {entry["path"]: entry for entry in agent.lines("inventory")}
        assert len(listed) == COUNT - 2 and all(entry["level"] in ("C2", "C3") for entry in listed.values())
        blind = agent.lines("inventory", "--not-inspected")
        assert [entry["reason"] for entry in blind] == ["encrypted"], blind

        # Another policy: everything is read again; Ctrl-C stops, --resume goes on.
        publish(stage, agent, "2")
        run = agent.start_discover()
        read_until(run, COUNT // 10)
        run.send_signal(signal.SIGINT)
        stopped = json.loads(run.stdout.read().splitlines()[-1])
        assert run.wait() == 1 and not stopped["complete"] and 0 < stopped["files"] < COUNT, stopped
        summary = agent.discover("--resume")
        assert summary["complete"] and summary["run"] == stopped["run"], summary
        assert (summary["files"], summary["unchanged"]) == (COUNT + 1, 0), summary
        nothing = subprocess.run(agent.command("discover", "--resume"), capture_output=True, text=True)
        assert nothing.returncode == 2 and "end" in nothing.stderr, nothing

        # The vault is listed, and released by nobody here.
        publish(stage, agent, "3", "quarantine")
        (stage.folder / "aside").mkdir()
        (stage.folder / "aside/list.csv").write_text(customers(3))
        summary = agent.discover(stage.folder / "aside")
        assert summary["files"] == 0 and not (stage.folder / "aside/list.csv").exists(), summary
        vault = agent.lines("quarantine", "list")
        assert [entry["path"] for entry in vault] == [str(stage.folder / "aside/list.csv")], vault
        refused = subprocess.run(agent.command("quarantine", "release", vault[0]["id"]), capture_output=True, text=True)
        assert refused.returncode == 2 and "order" in refused.stderr, refused

        agent.program.stop()
        for value in [field for row in rows[::50] for field in row.split(",")[1:4]] + ["customer-0007"]:
            found = subprocess.run(["grep", "-raqF", value, agent.state]).returncode == 0
            assert not found, f"{value} is readable below {agent.state}"
        print(f"{COUNT} files, one kill, one Ctrl-C; nothing lost, repeated, read twice or given away")


if __name__ == "__main__":
    main()
