#!/usr/bin/env python3
"""What people do at the console in the demo, by the calls that the pages make.

usage: office.py branches|case|destroy|close|inspect|ranking --console ADDRESS --state DIR
"""
import argparse
import datetime
import json
import pathlib
import sys
import time

from account import Account, Refused

BRANCHES = """机构代码,机构名称,上级机构,第一责任人
01,护信演示银行分行,,王建国
0101,城东支行,01,刘洋
0102,城西支行,01,赵敏
0103,城南支行,01,孙丽
"""
HEADS = {"0101": "刘洋", "0102": "赵敏", "0103": "孙丽"}
NAMES = "陈周吴郑王冯褚卫蒋沈韩杨朱秦许何吕张孔曹"
# What the inspector saw on site, where the collector cannot tell: everything in order but this.
FOUND = {
    "0101": {32: ("fail", "打印机出纸口留有三张客户回单"), 17: ("partial", "碎纸机旁有未粉碎的作废凭证")},
    "0102": {7: ("partial", "一份纸质征信报告已登记、未入柜")},
    "0103": {31: ("fail", "两台无人值守终端未锁屏"), 10: ("partial", "一名新员工不知如何应对索要密码的电话")},
}


def good(text: str) -> None:
    print(f"  \033[32m✓\033[0m {text}", flush=True)


def staff() -> str:
    """The staff list: a head and nineteen more at each branch."""
    rows = ["工号,姓名,机构代码,岗位"]
    for branch, head in HEADS.items():
        people = [(head, "行长")] + [(f"{name}{'敏杰静'[i % 3]}", "柜员" if i % 2 else "客户经理")
                                     for i, name in enumerate(NAMES[1:])]
        rows += [f"{branch}{i:03},{name},{branch},{role}" for i, (name, role) in enumerate(people, 1)]
    return "\n".join(rows) + "\n"


class Office:
    def __init__(self, console: str, state: pathlib.Path):
        self.console, self.state = console, state
        rows = [line.split("\t") for line in (state / "accounts").read_text().splitlines()]
        self.known = {name: (password, secret) for name, password, secret, _roles in rows}
        self.period = datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=8))).strftime("%Y-%m")

    def enter(self, name: str) -> Account:
        return Account(self.console, str(self.state / "collector/authority/root.crt"), name, *self.known[name])

    def branches(self) -> None:
        chen = self.enter("chen.jing")
        for what, table in (("branches", BRANCHES), ("staff", staff())):
            rows = chen.call("POST", f"/{what}/import", table)["imported"]
            good(f"合规导入 compliance imported {what}: {rows}")

    def case(self) -> None:
        officer = self.enter("li.na")
        found = officer.call("GET", "/incidents?severity=S2&limit=50")["incidents"]
        upload = next((one for one in found if one["channel"] == "network"), found[0])
        case = officer.call("POST", "/cases", {"incidents": [upload["id"]], "title": "批量客户信息外发 bulk upload",
                                               "note": "已电话联系网点负责人，待书面说明。"})
        case = officer.call("PATCH", f"/cases/{case['id']}", {"version": case["version"], "state": "investigating"})
        good(f"案件 case {case['id']}: {case['state']}, 责任人 owner {case['owner']}, 到期 due {case['due'][:16]}")

        unexpected = self.quarantined(officer)
        case = officer.call("POST", "/cases", {"incidents": [unexpected["id"]], "title": "明文存放卡安全码 CVN2 in clear text",
                                               "note": "按卡数据处置步骤办理。"})
        good(f"案件 case {case['id']}: {case['state']}, {case['severity']}")

    @staticmethod
    def quarantined(officer: Account) -> dict:
        """The file of East that the agent moved to quarantine."""
        found = officer.call("GET", "/incidents?action=quarantine&limit=50")["incidents"]
        return next(one for one in found if "todo-east" in one["path"])

    def close(self) -> None:
        """The file is destroyed: the case about it goes through its steps and is closed as confirmed."""
        officer = self.enter("li.na")
        incident = officer.call("GET", f"/incidents/{self.quarantined(officer)['id']}")
        case = officer.call("GET", f"/cases/{incident['case']['id']}")
        case = officer.call("PATCH", f"/cases/{case['id']}", {
            "version": case["version"], "severity": "S2", "note": "卡安全码属敏感认证数据，升为二级。"})
        for steps in [one["steps"] for one in case["checklists"]]:
            for step in steps:
                case = officer.call("PATCH", f"/cases/{case['id']}",
                                    {"version": case["version"], "step": step["id"], "done": True})
        case = officer.call("PATCH", f"/cases/{case['id']}", {
            "version": case["version"], "state": "closed", "verdict": "confirmed", "note": "属实；文件已凭指令销毁，证明已核验。"})
        good(f"案件结案 case {case['id']} closed: {case['verdict']}, {case['severity']}")

    def destroy(self) -> None:
        executor, supervisor = self.enter("li.na"), self.enter("wang.wei")
        incident = self.quarantined(executor)
        order = executor.call("POST", "/orders", {
            "kind": "destroy", "incident": incident["id"], "reason": "卡安全码不得留存，依 PCI 3.3.1 销毁", "days": 7,
            "method": "overwrite", "copies": "report"})
        good(f"执行人起草 drafted by the executor li.na: {order['id']}")
        supervisor.call("POST", f"/orders/{order['id']}/approve", supervisor.proof())
        good("监督人批准 approved by the supervisor wang.wei, with password and one-time code")
        for _ in range(600):
            order = executor.call("GET", f"/orders/{order['id']}")
            if order["state"] not in ("approved", "delivered") and order["certificate"]["verdict"] != "unchecked":
                break
            time.sleep(0.2)
        if order["state"] != "done":
            sys.exit(f"{order['state']}: {order['outcome']}")
        (self.state / "certificate.json").write_bytes(executor.raw("GET", f"/orders/{order['id']}/certificate"))
        good(f"终端已执行 carried out: {order['outcome']}, 证明 certificate {order['certificate']['verdict']}")

    def inspect(self) -> None:
        chen, sun = self.enter("chen.jing"), self.enter("sun.hao")
        for branch in HEADS:
            self.inspect_branch(chen, sun, branch)

    def inspect_branch(self, chen: Account, sun: Account, branch: str) -> None:
        made = chen.call("POST", "/inspections", {"branch": branch, "period": self.period, "assignee": "sun.hao",
                                                  "domains": ["credit", "payment", "aml", "it"]})
        sheet = sun.call("GET", f"/inspections/{made['id']}")
        filled = 0
        for item in sheet["items"]:
            suggestion = item["suggestion"] or {}
            verdict, note = suggestion.get("verdict"), "依据系统证据 by what the collector knows"
            if verdict:
                filled += 1
            else:
                verdict, note = FOUND[branch].get(item["id"], ("pass", "现场查看"))
            sun.call("POST", f"/inspections/{made['id']}/answers", {"item": item["id"], "verdict": verdict, "note": note})
        sun.call("POST", f"/inspections/{made['id']}/submit", {})
        closed = chen.call("GET", f"/inspections/{made['id']}")
        good(f"{branch} 检查提交 submitted by the external inspector sun.hao: {closed['answered']}/{closed['asked']} 项 items, "
             f"{filled} 项自动预填 pre-filled, {closed['findings']} 项发现 findings")

    def ranking(self) -> None:
        chen = self.enter("chen.jing")
        ranked = []
        for branch in chen.call("GET", f"/scores?period={self.period}")["branches"]:
            if branch["code"] not in HEADS:
                continue
            ranked += [branch["code"]] if branch["rank"] else []
            print(f"  {branch['rank'] or '—'}  {branch['name']}  {branch['earned']} - {branch['deducted']} = "
                  f"{branch['points']}  {branch['band_zh']} {branch['band_en']}")
        if len(ranked) < len(HEADS):
            sys.exit(f"  \033[31m✗\033[0m 只有 {len(ranked)} 家网点有名次 only {len(ranked)} branches are ranked")
        page = self.state / f"bulletin-{self.period}.html"
        page.write_bytes(chen.raw("GET", f"/bulletins/{self.period}"))
        good(f"月度通报 the bulletin: {page}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("act", choices=["branches", "case", "destroy", "close", "inspect", "ranking"])
    parser.add_argument("--console", required=True)
    parser.add_argument("--state", required=True, type=pathlib.Path)
    options = parser.parse_args()
    try:
        getattr(Office(options.console, options.state), options.act)()
    except Refused as refused:
        sys.exit(f"  \033[31m✗\033[0m {options.act}: {json.dumps(refused.body, ensure_ascii=False)}")


if __name__ == "__main__":
    main()
