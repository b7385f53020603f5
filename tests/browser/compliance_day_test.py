#!/usr/bin/env python3
"""A working day of compliance: the bank's branches and staff, what monitoring says of them, scores and their
evidence, a past month that stays as it was, the month's bulletin. Two terminals; one of them is never heard of."""
import day
from bank import STAFF, TREE, confirm_a_leak
from console import hire
from policies import STORE_ANY
from stage import Stage, customers, wait_for


def tables(stage: Stage) -> dict:
    """Files as people bring them; the faulty one of the staff list is in GB18030, as spreadsheets save it."""
    wrong_tree = TREE.replace("0102,城西支行,01", "0101,城西支行,09")
    wrong_staff = STAFF.replace("2026-09-30", "九月底").replace("10006,孙丽,0103", "10004,孙丽,0999")
    files = {"tree": TREE.encode(), "staff": STAFF.encode("utf-8-sig"), "wrong_tree": wrong_tree.encode(),
             "wrong_staff": wrong_staff.encode("gb18030"), "renamed": TREE.replace("刘洋", "钱进").encode()}
    for name, content in files.items():
        (stage.folder / f"{name}.csv").write_bytes(content)
    return {name: str(stage.folder / f"{name}.csv") for name in files}


def main() -> None:
    day.need_all()
    with Stage() as stage:
        stage.start_collector(STORE_ANY.format(folder=stage.branch).replace("action: audit", "action: audit\n    severity: S2"))
        compliance = day.account(stage, "chen.jing", "compliance")
        officer = hire(stage, "li.wei", "officer")
        stage.enrol("silent", branch="0102")
        stage.start_agent(stage.enrol(branch="0101"))
        (stage.branch / "客户名单.csv").write_text(customers(150))
        (stage.branch / "回访.csv").write_text(customers(3))
        found = wait_for("two incidents", lambda: len(stage.incidents()) >= 2 and stage.incidents())
        case = confirm_a_leak(officer, next(each["id"] for each in found if "客户名单" in each["path"]))
        day.walk(stage, "compliance_day.mjs", {"person": compliance, "files": tables(stage), "case": case})


if __name__ == "__main__":
    main()
