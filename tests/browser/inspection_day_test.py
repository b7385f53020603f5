#!/usr/bin/env python3
"""An inspection from its plan to its rectification: compliance plans and assigns it, an external inspector answers
what is asked and sees nothing else, and the inspector's account ends by its date."""
import datetime

import day
from bank import STAFF, TREE
from console import hire
from policies import STORE_ANY
from stage import Stage, customers, wait_for


def ends(seconds: float) -> str:
    at = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=seconds)
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def main() -> None:
    day.need_all()
    with Stage() as stage:
        stage.start_collector(STORE_ANY.format(folder=stage.branch))
        system, security = hire(stage, "zhou.jie", "system_admin"), hire(stage, "wu.qiang", "security_admin")
        compliance, other = day.account(stage, "chen.jing", "compliance"), hire(stage, "deng.li", "compliance")
        for what, table in (("branches", TREE), ("staff", STAFF)):
            other.call("POST", f"/{what}/import", table)
        once = {name: system.call("POST", "/users", {"name": name})["one_time_password"] for name in ("sun.hao", "qian.duo")}
        security.call("PUT", "/users/qian.duo/roles", {"roles": ["inspector"], "ends": ends(-60)})
        elsewhere = other.call("POST", "/inspections", {
            "branch": "0102", "period": ends(8 * 3600)[:7], "domains": ["it"], "assignee": "deng.li"})["id"]
        stage.start_agent(stage.enrol(branch="0101"))
        (stage.branch / "客户名单.csv").write_text(customers(150))
        wait_for("an incident", stage.incidents)
        day.walk(stage, "inspection_day.mjs", {
            "compliance": compliance, "inspector": {"name": "sun.hao", "oneTime": once["sun.hao"], "password": "Inspect-2026-east!"},
            "ended": {"name": "qian.duo", "password": once["qian.duo"]}, "elsewhere": elsewhere,
            "security": {"cookie": day.cookie(security)}})


if __name__ == "__main__":
    main()
