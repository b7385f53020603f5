#!/usr/bin/env python3
"""Lists of customers in a real Chromium, and an incident that names a purpose, its surplus and a teller."""
import json
import os
import socket
import sys

import day
from console import hire
from stage import Stage, customers, wait_for

POLICY = """
policy: {{id: lists, version: "1", mode: enforce}}
watch: {{directories: ["{folder}"], clipboard: false, network: false, teller: {{processes: ["{python}"]}}}}
profiles:
  - {{id: loan-application, zh: 贷款申请, en: loan application, elements: [D01, D25], paths: "{folder}/*", keep: 30}}
rules:
  - id: collect-surplus
    zh: 收集的客户信息超出业务目的所需
    en: More customer data gathered than the purpose needs
    when: {{stage: collect, surplus: true}}
    action: audit
    domains: [it]
    clauses: [K02]
"""


def main() -> None:
    day.need_all()
    rows = [line.split(",") for line in customers(2).splitlines()[1:]]
    with Stage() as stage:
        stage.start_collector(POLICY.format(folder=stage.branch, python=os.path.realpath(sys.executable)))
        compliance, officer = hire(stage, "he.gui", "compliance"), hire(stage, "li.wei", "officer")
        state = stage.enrol()
        stage.start_agent(state, "--teller-socket", stage.folder / "teller.sock")
        wait_for("the policy", lambda: json.loads((state / "status.json").read_text())["policy"] == "1", 90)
        front = socket.socket(socket.AF_UNIX)
        front.connect(str(stage.folder / "teller.sock"))
        front.sendall(b'{"institution":"44010001","teller":"000123","terminal":"T07"}\n')
        assert front.recv(100) == b'{"ok":true}\n'
        (stage.branch / "贷款申请表.csv").write_text(customers(3))
        incident = wait_for("the form", lambda: next((i["id"] for i in stage.incidents()), None))
        good = stage.folder / "授权 <img src=x onerror=alert(1)>.csv"
        good.write_text("身份证号,生效日期,失效日期,用途\n" + "".join(f"{row[1]},2026-01-01,2099-12-31,贷款审批\n" for row in rows))
        wrong = stage.folder / "wrong.csv"
        wrong.write_text(f"身份证号,生效日期\n{rows[0][1]},2026-01-01\n1.10105E+17,2026-01-01\n{rows[1][1]},明天\n")
        day.walk(stage, "customer_lists.mjs", {
            "incident": incident, "files": {"good": str(good), "wrong": str(wrong)},
            "cookies": {"compliance": day.cookie(compliance), "officer": day.cookie(officer)}})


if __name__ == "__main__":
    main()
