#!/usr/bin/env python3
"""Accounts, roles and the audit log in a real Chromium, over a real collector."""
import day
from policies import STORE_ANY
from stage import Stage


def main() -> None:
    day.need_browser()
    with Stage() as stage:
        stage.start_collector(STORE_ANY.format(folder=stage.branch))
        roles = {"sysadmin": ["system_admin"], "secadmin": ["security_admin"], "auditor": ["auditor"],
                 "li.wei": ["officer", "compliance"]}
        people = {name: day.account(stage, name, *held) for name, held in roles.items()}
        day.walk(stage, "people_pages.mjs", {"people": people})


if __name__ == "__main__":
    main()
