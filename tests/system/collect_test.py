#!/usr/bin/env python3
"""A form that asks for more than its purpose needs is reported with the surplus; a credit report without
its customer's consent cannot be opened, and opens once the consent was imported; a teller is bound by the
front end the policy names, carried on incidents, and by nobody else."""
import json
import os
import pathlib
import shutil
import subprocess

from stage import ROOT, Stage, customers, need_root, skip, wait_for

# Everybody's interpreter: one below a home folder could not be run by another account.
PYTHON = os.path.realpath(shutil.which("python3", path="/usr/bin:/bin") or "")

POLICY = """
policy: {{id: collect, version: "1", mode: enforce}}
watch:
  directories: ["{folder}"]
  guarded: ["{folder}/credit"]
  clipboard: false
  network: false
  teller: {{processes: ["{python}"], users: [root]}}
profiles:
  - {{id: loan, zh: 贷款申请, en: loan application, elements: [D01, D25, D27], paths: "{folder}/loan/*", keep: 30}}
rules:
  - id: surplus
    zh: 收集超出目的
    en: more gathered than needed
    when: {{stage: collect, surplus: true}}
    action: audit
    domains: [it]
    clauses: [K02]
  - id: consent
    zh: 无授权的信用报告
    en: a credit report without consent
    when: {{channel: file_open, elements: D69, authorisation: [missing, expired]}}
    action: block
    domains: [credit]
    clauses: [K05]
"""

REPORT = """个人信用报告
报告编号：2026030100001234567890
被查询者姓名：{name}  证件号码：{id_number}
一 个人基本信息
二 信息概要
三 信贷交易信息明细
四 非信贷交易信息明细
五 公共信息明细
六 查询记录
"""


def of_rule(stage: Stage, rule: str, name: str) -> list[dict]:
    return [i for i in stage.incidents() if i["rule"] == rule and i["path"].endswith(name)]


def opens(path: pathlib.Path) -> bool:
    try:
        return bool(path.read_bytes())
    except PermissionError:
        return False


def surplus_is_named(stage: Stage, rows: list[list[str]]) -> None:
    name, id_number, mobile, card, _ = rows[0]
    fits = f"贷款申请表\n姓名：{name}\n身份证号：{id_number}\n手机号：{mobile}\n"
    (stage.branch / "loan/fits.txt").write_text(fits)
    (stage.branch / "loan/asks-more.txt").write_text(fits + f"银行卡号：{card}\n电子邮箱：wujian_1980@163.com\n")
    wait_for("the incident", lambda: of_rule(stage, "surplus", "asks-more.txt"))
    incident = of_rule(stage, "surplus", "asks-more.txt")[0]
    assert incident["profile"] == "loan" and incident["stage"] == "collect", incident
    assert incident["surplus"] == ["D31", "D40"], incident["surplus"]
    assert incident["teller"] is None, incident["teller"]
    assert not of_rule(stage, "surplus", "fits.txt"), "a form with what the purpose needs was reported"


def consent_opens_a_report(stage: Stage, rows: list[list[str]]) -> None:
    name, id_number = rows[0][:2]
    report = stage.branch / "credit/report.txt"
    report.write_text(REPORT.format(name=name, id_number=id_number))
    wait_for("the refusal", lambda: not opens(report))
    wait_for("its incident", lambda: of_rule(stage, "consent", "report.txt"))
    refused = of_rule(stage, "consent", "report.txt")[0]
    assert refused["authorisation"] == "missing" and refused["action"] == "block", refused

    table = stage.folder / "名单.csv"
    table.write_text(f"身份证号,生效日期,失效日期,用途\n{id_number},2020-01-01,,贷款审批\n{id_number[:-1]},2020-01-01,,\n")
    failed = stage.cli("authorisation", "import", table, check=False)
    assert failed.returncode == 1 and "名单.csv:3:1:" in failed.stderr, failed.stderr
    assert id_number not in failed.stderr + failed.stdout, "the number was printed"
    assert json.loads(stage.cli("authorisation", "list", "--json").stdout)["entries"] == 0, "half was imported"
    assert not opens(report), "it opens after an import that failed"

    table.write_bytes(f"身份证号,生效日期,失效日期,用途\r\n{id_number},2020-01-01,,贷款审批\r\n".encode("gb18030"))
    assert "serial 2" in stage.cli("authorisation", "import", table).stdout
    listed = json.loads(stage.cli("authorisation", "list", "--json").stdout)
    assert listed["in_force"] == 1 and listed["purposes"][0]["purpose"] == "贷款审批", listed
    wait_for("the report opens", lambda: opens(report), 120)
    for database in (stage.folder / "collector").glob("collector.db*"):
        assert id_number.encode() not in database.read_bytes(), "the number is kept"
    assert len(of_rule(stage, "surplus", "asks-more.txt")) == 1, "an import told of an old file again"
    assert "已有同样的名单" in stage.cli("authorisation", "import", table).stdout


def tellers_are_bound(stage: Stage, rows: list[list[str]], socket: pathlib.Path) -> None:
    script = pathlib.Path(shutil.copy(ROOT / "packaging/teller-sign-on", stage.folder))
    os.chmod(stage.folder, 0o755)

    def front(*numbers: str, user: int | None = None) -> subprocess.Popen:
        command = [PYTHON, script, "--socket", socket, *numbers]
        return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                text=True, user=user)

    stranger = front("44010001", "000666", user=65534)
    assert stranger.wait(30) != 0, "another account was taken"
    assert "refused" in stranger.stderr.read()
    told = lambda: dict((s["code"], s["count"]) for s in json.loads(
        stage.cli("terminal", "show", "T-000001", "--json").stdout).get("statuses", []))
    wait_for("the refusal is told", lambda: "teller_refused" in told(), 90)

    teller = front("44010001", "000123", "T07")
    assert "signed on" in teller.stdout.readline()
    (stage.branch / "loan/by-teller.txt").write_text(f"贷款申请表\n姓名：{rows[1][0]}\n身份证号：{rows[1][1]}\n卡号：{rows[1][3]}\n")
    wait_for("the teller's incident", lambda: of_rule(stage, "surplus", "by-teller.txt"))
    incident = of_rule(stage, "surplus", "by-teller.txt")[0]
    assert incident["teller"] == {"institution": "44010001", "teller": "000123", "terminal": "T07"}, incident["teller"]
    filtered = stage.cli("incidents", "--json", "--teller", "000123").stdout.splitlines()
    assert len(filtered) == 1, filtered

    teller.stdin.close()
    assert teller.wait(30) == 0
    (stage.branch / "loan/after.txt").write_text(f"贷款申请表\n姓名：{rows[2][0]}\n身份证号：{rows[2][1]}\n卡号：{rows[2][3]}\n")
    wait_for("the incident after", lambda: of_rule(stage, "surplus", "after.txt"))
    assert of_rule(stage, "surplus", "after.txt")[0]["teller"] is None, "the binding outlived its sign-off"


def main() -> None:
    need_root()
    if not os.path.isfile(PYTHON):
        skip("needs a python3 that every account can run")
    rows = [line.split(",") for line in customers(3).splitlines()[1:]]
    with Stage() as stage:
        for folder in ("loan", "credit"):
            (stage.branch / folder).mkdir()
        stage.start_collector(POLICY.format(folder=stage.branch, python=PYTHON))
        state = stage.enrol()
        socket = stage.folder / "teller.sock"
        stage.start_agent(state, "--teller-socket", socket)
        wait_for("the policy", lambda: json.loads((state / "status.json").read_text())["policy"] == "1", 90)
        surplus_is_named(stage, rows)
        consent_opens_a_report(stage, rows)
        tellers_are_bound(stage, rows, socket)
        stage.cli("verify")
    print("surplus named, consent shipped, teller bound")


if __name__ == "__main__":
    main()
