#!/usr/bin/env python3
"""A month that is over, of real terminals, incidents and inspections: compliance closes it, the bank goes on, and the
month is the same to the byte. The programs of that month are started as if it were that month."""
import datetime

import day
from bank import STAFF, TREE, confirm_a_leak, inspect
from console import hire
from policies import STORE_ANY
from stage import Stage, customers, days_ago, wait_for

BEIJING = datetime.timezone(datetime.timedelta(hours=8))


def month_of(incident: dict) -> str:
    """A month begins in Beijing eight hours before it does by the times of incidents, which are UTC."""
    return datetime.datetime.fromisoformat(incident["time"]).astimezone(BEIJING).strftime("%Y-%m")


def main() -> None:
    day.need_all()
    now = datetime.datetime.now(BEIJING)
    back = now.day + 9  # about the twentieth of last month
    past = (now - datetime.timedelta(days=back)).strftime("%Y-%m")
    with Stage() as stage:
        places = {code: stage.branch / code for code in ("0101", "0102")}
        for place in places.values():
            place.mkdir()
        with days_ago(back) as clock:
            stage.start_collector(STORE_ANY.format(folder=stage.branch).replace("action: audit", "action: audit\n    severity: S2"))
            compliance = day.account(stage, "chen.jing", "compliance")
            officer, other = hire(stage, "li.wei", "officer", clock=clock), hire(stage, "deng.li", "compliance", clock=clock)
            for what, table in (("branches", TREE), ("staff", STAFF)):
                other.call("POST", f"/{what}/import", table)
            agent = stage.start_agent(stage.enrol("east", branch="0101"))
            west = stage.start_agent(stage.enrol("west", branch="0102"))
            (places["0101"] / "客户名单.csv").write_text(customers(150))
            found = wait_for("both terminals' incidents", lambda: len({i["terminal"] for i in stage.incidents()}) == 2 and stage.incidents())
            assert all(month_of(each) == past for each in found), found
            case = confirm_a_leak(officer, next(each["id"] for each in found if each["terminal"] == "T-000001"))
            visits = {"0101": inspect(other, "0101", past, {32: ("fail", "打印机出纸口留有三张客户回单"), 17: ("partial", "有未粉碎的作废凭证")}),
                      "0102": inspect(other, "0102", past, {7: ("partial", "登记簿缺两页")})}
            for program in (west, agent, stage.collector):
                program.stop()
        stage.collector.start()
        agent.start()
        stage.wait_ready(stage.folder / "east")
        (places["0101"] / "本月名单.csv").write_text(customers(5))
        wait_for("an incident of this month", lambda: any(month_of(i) == now.strftime("%Y-%m") for i in stage.incidents()), 90)
        (stage.folder / "renamed.csv").write_text(TREE.replace("刘洋", "钱进"))
        day.walk(stage, "closed_month.mjs", {"person": compliance, "past": past, "case": case, "visits": visits,
                                             "renamed": str(stage.folder / "renamed.csv")})


if __name__ == "__main__":
    main()
