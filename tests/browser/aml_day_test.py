#!/usr/bin/env python3
"""A working day of the reviewer of anti-money-laundering matters, beside an officer who is to notice nothing of it."""
import day
from stage import Stage, customers, wait_for

POLICY = """
policy: {{id: aml-day, version: "1", mode: enforce}}
watch: {{directories: ["{folder}"], clipboard: false, network: false}}
rules:
  - id: store-str
    zh: 反洗钱专用文件夹之外存有可疑交易报告
    en: A suspicious transaction report stored outside the anti-money-laundering folder
    when: {{channel: file, elements: D71}}
    action: audit
    severity: S2
    domains: [aml]
    clauses: [K30]
  - id: store-any
    zh: 存有客户信息
    en: customer data at rest
    when: {{channel: file, level: C2, customers: 1}}
    action: audit
    domains: [it]
    clauses: [K17]
"""
REPORT = "关于{who}涉嫌洗钱犯罪可疑交易的报告\n一、发现过程\n二、可疑点分析\n三、初步判断\n客户姓名：{who} 身份证号：{number}\n"


def main() -> None:
    day.need_all()
    with Stage() as stage:
        stage.start_collector(POLICY.format(folder=stage.branch))
        people = {"reviewer": day.account(stage, "he.jing", "aml_reviewer"),
                  "officer": day.account(stage, "li.wei", "officer")}
        stage.start_agent(stage.enrol())
        who, number = customers(1).splitlines()[1].split(",")[:2]
        (stage.branch / "可疑交易报告-城东.txt").write_text(REPORT.format(who=who, number=number))
        (stage.branch / "客户名单.csv").write_text(customers(30))
        (stage.branch / "贵宾客户.csv").write_text(customers(5))
        found = wait_for("three incidents", lambda: len(stage.incidents()) >= 3 and stage.incidents())
        hidden = [each["id"] for each in found if "可疑交易报告" in each["path"]]
        assert len(hidden) == 1, found
        day.walk(stage, "aml_day.mjs", {"people": people, "hidden": hidden[0], "who": who})


if __name__ == "__main__":
    main()
