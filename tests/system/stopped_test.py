#!/usr/bin/env python3
"""A guarded path that is missing is told of, on the terminal and at the collector. An agent that somebody stopped
(SIGSTOP) keeps nobody who opens a guarded file waiting for longer than ten seconds, and the next start tells."""
import json
import signal
import subprocess
import time

from stage import BIN, Stage, need_root, wait_for

POLICY = """
policy: {{id: stopped, version: "1", mode: enforce}}
watch: {{guarded: ["{folder}/credit", "{folder}/aml"], clipboard: false, network: false}}
rules:
  - id: report
    zh: 打开征信报告
    en: a credit report opened
    when: {{channel: file_open, elements: D69}}
    action: block
    domains: [credit]
"""
BOUND = 10  # seconds; ARCHITECTURE.md


def main() -> None:
    need_root()
    with Stage() as stage:
        (stage.branch / "credit").mkdir()
        note = stage.branch / "credit/note.txt"
        note.write_text("lunch")
        stage.start_collector(POLICY.format(folder=stage.branch))
        state = stage.enrol()
        agent = stage.start_agent(state)
        channels = lambda: json.loads((state / "status.json").read_text())["channels"]
        missing = f"degraded: 1 of 2 guarded paths missing: {stage.branch}/aml"
        wait_for("the missing path", lambda: channels()["file_open"] == missing)
        said = subprocess.run([BIN / "huxin-agent", "status", "--state", state], capture_output=True, text=True)
        assert f"部分失效 {missing}" in said.stdout, said.stdout
        terminal = lambda: json.loads(stage.cli("terminal", "show", "T-000001", "--json").stdout)
        told = lambda: {c["channel"]: c["state"] for c in terminal()["channels"]}
        wait_for("the missing path at the collector", lambda: told().get("file_open") == missing, 90)
        (stage.branch / "aml").mkdir()
        wait_for("all guarded", lambda: channels()["file_open"] == "ok")
        assert channels()["watchdog"] == "ok", channels()

        agent.process.send_signal(signal.SIGSTOP)
        begun = time.monotonic()
        opener = subprocess.Popen(["cat", note], stdout=subprocess.DEVNULL)
        opener.wait(BOUND + 20)
        took = time.monotonic() - begun
        print(f"an open while the agent was stopped took {took:.1f} s")
        assert opener.returncode == 0 and took < BOUND, (opener.returncode, took)
        assert agent.process.wait(10) == -signal.SIGKILL
        agent.start()
        stage.wait_ready(state)
        statuses = lambda: json.dumps(terminal())
        wait_for("the report of it", lambda: "watchdog_ended" in statuses(), 90)


if __name__ == "__main__":
    main()
