"""The branches and the staff of the bank that these days are spent in."""
TREE = ("机构代码,机构名称,上级机构,第一责任人\n01,护信演示银行分行,,王建国\n"
        "0101,城东支行,01,刘洋\n0102,城西支行,01,赵敏\n0103,城南支行,01,孙丽\n")
STAFF = ("工号,姓名,机构代码,岗位,反洗钱岗,征信岗,离职日期\n10001,刘洋,0101,行长,,,\n10002,陈静怡,0101,柜员,,是,\n"
         "10003,周杰,0101,反洗钱专员,是,,\n10004,赵敏,0102,行长,,,\n10005,吴强,0102,柜员,,,2026-09-30\n10006,孙丽,0103,行长,,,\n")


def inspect(account, branch: str, period: str, found: dict) -> int:
    """Plans, answers and submits an inspection of all domains by the pages' own calls; `found`: item → verdict, note."""
    made = account.call("POST", "/inspections", {"branch": branch, "period": period, "assignee": account.name,
                                                 "domains": ["credit", "payment", "aml", "it"]})["id"]
    for item in account.call("GET", f"/inspections/{made}")["items"]:
        suggested = item["suggestion"] or {}
        verdict, note = found.get(item["id"], (suggested.get("verdict") or "pass", suggested.get("zh") or "现场查看"))
        account.call("POST", f"/inspections/{made}/answers",
                     {"item": item["id"], "verdict": verdict, "note": note, "evidence": suggested.get("evidence", [])})
    account.call("POST", f"/inspections/{made}/submit", {})
    return made


def confirm_a_leak(officer, incident: str) -> str:
    """Takes a case of an incident to its end: every step done, confirmed."""
    case = officer.call("POST", "/cases", {"incidents": [incident], "title": "客户名单落地"})
    change = lambda body: officer.call("PATCH", f"/cases/{case['id']}", {"version": case["version"], **body})
    case = change({"state": "investigating"})
    for step in [step["id"] for checklist in case["checklists"] for step in checklist["steps"]]:
        case = change({"step": step, "done": True})
    return change({"state": "closed", "verdict": "confirmed", "note": "名单经核实为客户信息，已外传。"})["id"]
