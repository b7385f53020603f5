#!/usr/bin/env python3
"""What people do at the console in the demo, by the calls that the pages make.

usage: office.py branches|case|destroy|inspect|ranking --console ADDRESS --state DIR
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
STAFF = """工号,姓名,机构代码,岗位
10001,刘洋,0101,行长
10002,陈静,0101,柜员
10003,周杰,0101,客户经理
10004,赵敏,0102,行长
10005,吴强,0102,柜员
10006,孙丽,0103,行长
10007,郑爽,0103,柜员
"""
# What the inspector saw on site, where the collector cannot tell: everything in order but this.
FOUND = {32: ("fail", "打印机出纸口留有三张客户回单"), 17: ("partial", "碎纸机旁有未粉碎的作废凭证")}


def good(text: str) -> None:
    print(f"  \033[32m✓\033[0m {text}", flush=True)


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
        for what, table in (("branches", BRANCHES), ("staff", STAFF)):
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

    def destroy(self) -> None:
        executor, supervisor = self.enter("li.na"), self.enter("wang.wei")
        found = executor.call("GET", "/incidents?action=quarantine&limit=50")["incidents"]
        incident = next(one for one in found if "todo-east" in one["path"])
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
        made = chen.call("POST", "/inspections", {"branch": "0101", "period": self.period, "assignee": "sun.hao",
                                                  "domains": ["credit", "payment", "aml", "it"]})
        sheet = sun.call("GET", f"/inspections/{made['id']}")
        filled = 0
        for item in sheet["items"]:
            suggestion = item["suggestion"] or {}
            verdict, note = suggestion.get("verdict"), "依据系统证据 by what the collector knows"
            if verdict:
                filled += 1
            else:
                verdict, note = FOUND.get(item["id"], ("pass", "现场查看"))
            sun.call("POST", f"/inspections/{made['id']}/answers", {"item": item["id"], "verdict": verdict, "note": note})
        sun.call("POST", f"/inspections/{made['id']}/submit", {})
        closed = chen.call("GET", f"/inspections/{made['id']}")
        good(f"检查提交 submitted by the external inspector sun.hao: {closed['answered']}/{closed['asked']} 项 items, "
             f"{filled} 项自动预填 pre-filled, {closed['findings']} 项发现 findings")

    def ranking(self) -> None:
        chen = self.enter("chen.jing")
        for branch in chen.call("GET", f"/scores?period={self.period}")["branches"]:
            print(f"  {branch['rank']}  {branch['name']}  {branch['points']}  {branch['band_zh']} {branch['band_en']}")
        page = self.state / f"bulletin-{self.period}.html"
        page.write_bytes(chen.raw("GET", f"/bulletins/{self.period}"))
        good(f"月度通报 the bulletin: {page}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("act", choices=["branches", "case", "destroy", "inspect", "ranking"])
    parser.add_argument("--console", required=True)
    parser.add_argument("--state", required=True, type=pathlib.Path)
    options = parser.parse_args()
    try:
        getattr(Office(options.console, options.state), options.act)()
    except Refused as refused:
        sys.exit(f"  \033[31m✗\033[0m {options.act}: {json.dumps(refused.body, ensure_ascii=False)}")


if __name__ == "__main__":
    main()
