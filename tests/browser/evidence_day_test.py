#!/usr/bin/env python3
"""A working day of an officer and of a second reviewer: keys made in their browsers, a real agent's
incident sealed to them, a case, a reveal under dual control, the value read, the case closed."""
import os
import re
import shutil
import subprocess

import day
from policies import STORE_ANY
from stage import Stage, customers, wait_for


def main() -> None:
    day.need_all()
    with Stage() as stage:
        policy = STORE_ANY.format(folder=stage.branch)
        stage.start_collector(policy)
        one_time = [re.findall(r"[0-9A-Za-z_-]{16,}", stage.cli("user", "add", name, "--role", role).stdout)[-1]
                    for name, role in (("li.wei", "officer"), ("wang.fang", "reviewer"))]

        with subprocess.Popen([shutil.which("node"), day.HERE / "evidence_day.mjs", stage.console_address,
                               day.screenshots(), *one_time],
                              stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                              env={**os.environ, "HOME": str(stage.folder)}) as walk:
            assert walk.stdout.readline() == "keys made\n", "the day stopped before the keys were made"
            published = stage.cli("policy", "publish", stage.folder / "policy.yaml").stdout
            for line in ("officer li.wei", "reviewer wang.fang"):
                assert line in published, published
            stage.start_agent(stage.enrol())
            list_of_customers = customers(150)
            (stage.branch / "客户名单.csv").write_text(list_of_customers)
            (stage.branch / "<img src=x onerror=alert(1)>.csv").write_text(customers(3))
            wait_for("two incidents", lambda: len(stage.incidents()) >= 2)
            numbers = re.findall(r"\b\d{17}[\dX]\b", list_of_customers)
            assert numbers, "the list holds identity numbers"
            walk.communicate(numbers[0] + "\n", timeout=300)
            assert walk.returncode == 0, "the day broke off"

        # The value went through browsers alone: neither the database nor the log of the collector has it.
        for file in stage.folder.glob("collector*/**/*"):
            if file.is_file():
                assert numbers[0].encode() not in file.read_bytes(), f"{file} holds a value"
        assert numbers[0] not in stage.collector.said()


if __name__ == "__main__":
    main()
