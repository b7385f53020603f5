"""What banks keep and report: statements, credit reports, suspicious transactions, notices."""
from .. import numbers, people, tables, words
from ..document import Document, Value
from ..registry import personal


def rows_of_account(d: Document, count: int, other: bool) -> list[list]:
    rows, balance = [], d.rng.randrange(100_000, 9_000_000)
    for day in range(1, count + 1):
        moved = d.rng.randrange(100, 300_000)
        into = d.rng.random() < 0.5
        balance += moved if into else -moved
        row = [f"2026-01-{day:02}", d.rng.choice(["工资", "消费", "转账", "取现", "利息"]), "" if into else f"{moved / 100:.2f}",
               f"{moved / 100:.2f}" if into else "", Value("D64", f"{balance / 100:.2f}", 1, True)]
        if other:
            q = people.Person(d)
            row += [q.name, q.card]
        rows.append(row)
    return rows


def statement(d: Document, form: str, headers: list[str], other: bool) -> None:
    d.is_a("D65")
    people_before = people.Person(d)
    if form in ("fixed", "bars"):
        d.line("账户交易明细（对账单）").line("户名：", people_before.name, "  账号：", people_before.card, "  起止日期：2026-01-01 至 2026-01-31")
    else:
        d.customers -= 1
    tables.FORMATS[form](d, headers, rows_of_account(d, d.rng.randrange(4, 20), other))


@personal("record-statement-paper", "statement")
def statement_paper(d: Document) -> None:
    statement(d, "fixed", ["交易日期", "摘要", "借方", "贷方", "余额", "对方户名", "对方账号"], True)


@personal("record-statement-bars", "statement")
def statement_bars(d: Document) -> None:
    statement(d, "bars", ["交易日期", "摘要", "借方发生额", "贷方发生额", "余额"], False)


@personal("record-statement-csv", "statement-file")
def statement_csv(d: Document) -> None:
    statement(d, "csv", ["交易日期", "摘要", "支出", "收入", "账户余额", "对方户名", "对方账号"], True)


@personal("record-statement-workbook", "statement-file")
def statement_workbook(d: Document) -> None:
    statement(d, "xlsx", ["交易日期", "交易摘要", "借方金额", "贷方金额", "余额", "对方户名", "对方账号"], True)


def credit_report(d: Document, headings: list[str]) -> None:
    p = people.Person(d)
    d.is_a("D69")
    d.line("个人信用报告").line("报告编号：", "2026", numbers.digits(d.rng, 18)).line("报告时间：2026-02-11 10:22:31")
    d.line("被查询者姓名：", p.name, "  证件类型：身份证  证件号码：", p.id).add("\n")
    for index, heading in enumerate(headings):
        d.line(heading)
        if index == 0:
            d.line("手机号码：", p.mobile, "  通讯地址：", p.address, "  配偶：—")
        else:
            d.line(*d.rng.choice([["账户数 3，授信总额 ", p.value("D68", "120,000")._replace(optional=True), "，余额 ", p.value("D64", "35,210")._replace(optional=True), "。"],
                                  ["机构名称 业务类型 开立日期 到期日期 账户状态"], ["无此类记录。"]]))
        d.add("\n")


@personal("record-credit-report", "credit-report")
def credit_report_full(d: Document) -> None:
    credit_report(d, ["一、个人基本信息", "二、信息概要", "三、信贷交易信息明细", "四、非信贷交易信息明细", "五、公共信息明细", "六、查询记录"])


@personal("record-credit-report-brief", "credit-report")
def credit_report_brief(d: Document) -> None:
    credit_report(d, ["个人基本信息", "信贷交易信息明细", "被追偿信息", "循环贷账户", "查询记录", "本人声明", "异议标注"])


def suspicion(d: Document, headings: list[str]) -> None:
    d.is_a("D71")
    p, q = people.Person(d), people.Person(d)
    d.line(d.rng.choice(["关于", "重点可疑交易报告：关于"]), p.name._replace(optional=True), "涉嫌洗钱犯罪可疑交易的报告").add("\n")
    texts = [["我行反洗钱系统于2026年1月触发预警，客户姓名：", p.name, "，身份证号：", p.id, "，账号：", p.card, "。"],
             ["该客户短期内分散转入、集中转出，交易对手 户名：", q.name, "，账号：", q.card, "。"],
             ["综合判断资金来源不明，符合地下钱庄交易特征。"], ["已调整客户洗钱风险等级为高风险，限制非柜面交易。"]]
    for heading, text in zip(headings, texts):
        d.line(heading).line(*text).add("\n")


@personal("record-suspicion", "suspicion")
def suspicion_report(d: Document) -> None:
    suspicion(d, ["一、发现过程", "二、可疑点分析", "三、初步判断", "四、已采取的措施"])


@personal("record-suspicion-flow", "suspicion")
def suspicion_flow(d: Document) -> None:
    suspicion(d, ["（一）发现过程", "（二）资金来源和去向", "（三）可疑点分析", "（四）拟采取的措施"])


@personal("record-large-transactions", "large")
def large_transactions(d: Document) -> None:
    d.is_a("D72")
    rows = []
    for _ in range(d.rng.randrange(3, 10)):
        p = people.Person(d)
        rows.append([p.name, p.id, p.card, f"{d.rng.randrange(50_000, 900_000)}.00", "2026-02-10", "0501"])
    d.line("大额交易报告")
    tables.fixed_width(d, ["客户名称", "证件号码", "交易账号", "交易金额", "交易日期", "大额交易特征代码"], rows)


@personal("record-large-transactions-table", "large")
def large_transactions_table(d: Document) -> None:
    d.is_a("D72")
    rows = []
    for _ in range(d.rng.randrange(3, 10)):
        p = people.Person(d)
        rows.append([p.name, p.id, p.card, f"{d.rng.randrange(50_000, 900_000)}.00", "2026-02-10", "境内转账"])
    d.line("大额交易报告明细表")
    tables.FORMATS["bars"](d, ["客户姓名", "身份证号", "账号", "交易金额", "交易日期", "交易方式"], rows)


@personal("record-risk-grades", "grade")
def risk_grades(d: Document) -> None:
    d.is_a("D73")
    rows = [[(p := people.Person(d)).name, p.id, "高风险客户", "2026-01-15"] for _ in range(d.rng.randrange(3, 9))]
    d.line("客户洗钱风险等级评定表")
    tables.fixed_width(d, ["客户姓名", "证件号码", "洗钱风险等级", "评定日期"], rows)


@personal("record-due-diligence", "grade")
def due_diligence(d: Document) -> None:
    d.is_a("D73")
    p = people.Person(d)
    d.line("强化尽职调查表").line("客户姓名：", p.name).line("证件号码：", p.id).line("洗钱风险等级：高风险客户").line("受益所有人：", p.name, "（持股 51%）")


def notice(d: Document, title: str) -> None:
    d.is_a("D74")
    p = people.Person(d)
    d.line(title).line("〔2026〕第 ", numbers.digits(d.rng, 4), " 号").line("中国农业银行：").line("依据《中华人民共和国反洗钱法》，现需对下列账户进行调查，请予协助：")
    d.line("户名：", p.name, "  证件号码：", p.id, "  账号：", p.card).line("                中国人民银行（公章）").line("                2026年2月11日")


@personal("record-investigation-notice", "notice")
def investigation_notice(d: Document) -> None:
    notice(d, "反洗钱调查通知书")


@personal("record-assistance-notice", "notice")
def assistance_notice(d: Document) -> None:
    notice(d, "协助查询财产通知书（协查）")


def authorisation(d: Document, title: str) -> None:
    d.is_a("D70")
    p = people.Person(d)
    d.line(title).line("中国工商银行：").line("本人授权贵行向金融信用信息基础数据库查询、打印、保存本人信用报告，用于审核本人贷款申请。")
    d.line("授权人姓名：", p.name).line("身份证号码：", p.id).line("授权日期：2026年2月11日")


@personal("record-credit-authorisation", "authorisation")
def credit_authorisation(d: Document) -> None:
    authorisation(d, "个人征信查询授权书")


@personal("record-credit-authorisation-letter", "authorisation")
def credit_authorisation_letter(d: Document) -> None:
    authorisation(d, "征信信息查询及报送授权书")


@personal("record-overdue", "overdue")
def overdue(d: Document) -> None:
    d.line("逾期客户催收清单")
    for _ in range(d.rng.randrange(2, 9)):
        p = people.Person(d)
        d.line("客户：", p.name, " 借据号：", p.of("D67"), " 授信额度：", p.value("D68", f"{d.rng.randrange(1, 90)}万元"), " 逾期金额：",
               p.value("D68", f"{d.rng.randrange(1000, 90000)}.{d.rng.randrange(100):02}元"), " 手机：", p.mobile)


@personal("record-classification", "overdue")
def classification(d: Document) -> None:
    for _ in range(d.rng.randrange(1, 6)):
        p = people.Person(d)
        d.line("借款人：", p.name, "，身份证号：", p.id, "，授信金额：", p.value("D68", f"{d.rng.randrange(10, 900)},000.00元"), "，五级分类：",
               p.value("D68", "次级")._replace(optional=True), "，逾期本金：", p.value("D68", f"{d.rng.randrange(1, 90)},000.00元"), "。").add("\n")


@personal("record-balances", "balance")
def balances(d: Document) -> None:
    for _ in range(d.rng.randrange(1, 8)):
        p = people.Person(d)
        d.line("户名：", p.name, " 账号：", p.card, " 可用余额：", p.of("D64"), " 月收入：", p.of("D38"))


@personal("record-wealth", "balance")
def wealth(d: Document) -> None:
    p = people.Person(d)
    d.line("私人银行客户资产证明").line("客户姓名：", p.name).line("证件号码：", p.id).line("账户余额：", p.of("D64")).line("年收入：", p.of("D38"))


def file_names(d: Document, element: str, extension: str, names: list[str]) -> None:
    """The file's own name tells what it is; its content says little."""
    d.is_a(element)
    d.name += "-" + d.rng.choice(names).format(people.Person(d).name.text)
    d.extension, d.customers = extension, 0
    d.line("（此文件由影像系统导出，正文为空）")


@personal("record-identity-image", "image")
def identity_image(d: Document) -> None:
    file_names(d, "D75", "jpg", ["{}身份证正面", "{}_身份证反面"])


@personal("record-held-image", "image")
def held_image(d: Document) -> None:
    file_names(d, "D75", "png", ["手持身份证照片", "{}手持证件照"])


@personal("record-double-recording", "recording")
def double_recording(d: Document) -> None:
    file_names(d, "D76", "mp4", ["{}双录视频", "双录_{}_20260211"])


@personal("record-sound-and-picture", "recording")
def sound_and_picture(d: Document) -> None:
    file_names(d, "D76", "mp4", ["理财销售录音录像_{}", "{}录音录像"])
