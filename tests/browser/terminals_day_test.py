#!/usr/bin/env python3
"""What officers see of their terminals: when each was heard, its policy, its coverage, and what lies on it, as a real
agent's discovery told. What belongs to anti-money-laundering is in the sums of its reviewer alone."""
import json
import pathlib
import subprocess

import day
from stage import BIN, ROOT, Stage, customers, wait_for

POLICY = """
policy: {{id: terminals, version: "{version}", mode: enforce}}
watch:
  clipboard: false
  network: false
  discover: {{folders: ["{folder}"], pause_when_busy: false}}
rules:
  - id: store-any
    zh: 存有客户信息
    en: customer data at rest
    when: {{stage: store, channel: file, level: C2, customers: 1}}
    action: audit
    domains: [it]
"""
REPORT = "关于某人涉嫌洗钱犯罪可疑交易的报告\n一、发现过程\n二、可疑点分析\n三、初步判断\n报告编号：20260301000001\n"


def discover(state: pathlib.Path) -> dict:
    done = subprocess.run([BIN / "huxin-agent", "discover", "--json", "--state", state], check=True, capture_output=True, text=True)
    return json.loads(done.stdout.splitlines()[-1])


def fill(branch: pathlib.Path) -> None:
    for i, row in enumerate(customers(12).splitlines()[1:]):
        folder = branch / ("柜面" if i % 3 else "信贷")
        folder.mkdir(exist_ok=True)
        (folder / f"客户{i:02}.txt").write_text(f"姓名 身份证号 手机号 卡号 地址\n{row.replace(',', ' ')}\n")
    for i in range(7):
        (branch / f"会议纪要{i}.txt").write_text(f"第 {i} 次例会：安排节假日值班。\n")
    (branch / "加密资料.zip").write_bytes((ROOT / "tests/golden/encrypted.zip").read_bytes())
    (branch / "材料.txt").write_text(REPORT)


def main() -> None:
    day.need_all()
    with Stage() as stage:
        fill(stage.branch)
        publish = lambda version: stage.publish(POLICY.format(folder=stage.branch, version=version))
        stage.start_collector(POLICY.format(folder=stage.branch, version="2026.1"))
        policy = lambda state: json.loads((state / "status.json").read_text())["policy"]
        people = {"officer": day.account(stage, "li.wei", "officer"),
                  "aml": day.account(stage, "he.jing", "aml_reviewer")}
        stage.enrol("unused", branch="城南支行")
        west = stage.enrol("west", branch="城西支行")
        stopped = stage.start_agent(west)
        wait_for("the first policy", lambda: policy(west) == "2026.1", 90)
        stopped.stop()
        publish("2026.2")
        east = stage.enrol("east", branch="城东支行")
        stage.start_agent(east)
        wait_for("the second policy", lambda: policy(east) == "2026.2", 90)
        sums = [discover(east), discover(east)]
        shown = lambda: json.loads(stage.cli("terminal", "show", "T-000003", "--json").stdout)["inventory"] or {}
        wait_for("the last summary", lambda: shown().get("unchanged") == sums[1]["unchanged"] > 0)
        day.walk(stage, "terminals_day.mjs", {"people": people, "sums": sums, "folder": str(stage.branch)})


if __name__ == "__main__":
    main()
