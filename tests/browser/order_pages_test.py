#!/usr/bin/env python3
"""Orders in a real Chromium: two people destroy a file that a real agent holds in quarantine."""
import day
from console import hire
from policies import STORE_ANY
from stage import Stage, customers, wait_for


def numbers(count: int) -> str:
    """The list without names and addresses: no record that must be kept for years."""
    return "".join(",".join(line.split(",")[1:4]) + "\n" for line in customers(count).splitlines())


def main() -> None:
    day.need_all()
    with Stage() as stage:
        inside = stage.branch / "柜面资料"
        inside.mkdir()
        stage.start_collector(STORE_ANY.replace("action: audit", "action: quarantine").format(folder=inside))
        executor, supervisor = hire(stage, "li.wei", "officer"), hire(stage, "wang.fang", "reviewer")
        stage.start_agent(stage.enrol())
        planted = inside / "客户名单 <img src=x>.csv"
        planted.write_text(numbers(30))
        incident = wait_for("the list in quarantine", lambda: next(
            (i["id"] for i in stage.incidents() if i["outcome"] == "quarantined"), None))
        for reason in ("客户撤回同意", "采集目的已达成"):  # a list of some length
            executor.call("POST", "/orders", {"kind": "destroy", "terminal": "T-000001", "reason": reason, "days": 7,
                                              "method": "unlink", "copies": "report",
                                              "targets": [{"path": f"/home/li.wei/{reason}.xlsx"}]})
        back = executor.call("POST", "/orders", {"kind": "release", "incident": incident, "days": 1,
                                                 "reason": "误报，业务需要继续使用"})["id"]
        executor.call("POST", f"/orders/{back}/cancel", {"reason": "经核实并非误报"})
        day.walk(stage, "order_pages.mjs", {
            "incident": incident, "executor": executor.name, "supervisor": supervisor.name, **supervisor.proof(),
            "cookies": [day.cookie(each) for each in (executor, supervisor)]})


if __name__ == "__main__":
    main()
