#!/usr/bin/env python3
"""Each role opens every page that its header offers, in both languages, and meets no refusal; every other role's
page says that it is not theirs."""
import datetime

import day
from bank import STAFF, TREE, confirm_a_leak, inspect
from console import hire
from policies import STORE_ANY
from stage import Stage, customers, wait_for

ROLES = ("system_admin", "security_admin", "auditor", "officer", "reviewer", "aml_reviewer", "compliance", "inspector")


def main() -> None:
    day.need_all()
    now = datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=8)))
    until = (now + datetime.timedelta(days=30)).strftime("%Y-%m-%d")
    with Stage() as stage:
        stage.start_collector(STORE_ANY.format(folder=stage.branch))
        people = {role: day.account(stage, f"of.{role.replace('_', '.')}", role, until=until if role == "inspector" else "") for role in ROLES}
        office, officer = hire(stage, "deng.li", "compliance"), hire(stage, "li.wei", "officer")
        for what, table in (("branches", TREE), ("staff", STAFF)):
            office.call("POST", f"/{what}/import", table)
        stage.start_agent(stage.enrol(branch="0101"))
        (stage.branch / "客户名单.csv").write_text(customers(120))
        found = wait_for("an incident", stage.incidents)
        confirm_a_leak(officer, found[0]["id"])
        inspect(office, "0101", now.strftime("%Y-%m"), {32: ("fail", "打印机出纸口留有三张客户回单")})
        office.call("POST", "/inspections", {"branch": "0102", "period": now.strftime("%Y-%m"), "domains": ["it"],
                                             "assignee": people["inspector"]["name"]})
        day.walk(stage, "every_page.mjs", {"people": people})


if __name__ == "__main__":
    main()
