"""What a bank reports about its customers, or is asked: statements, credit, suspicion, grades, enquiries."""
from .. import numbers, tables
from ..document import Document, Value
from . import customers, layouts, values
from .counter import sometimes_word
from .customers import Customer
from .register import personal


def movements(d: Document, count: int, other: bool, owner: int) -> layouts.Rows:
    rows, balance = [], d.rng.randrange(500_000, 30_000_000)
    for _ in range(count):
        amount, into = d.rng.randrange(500, 900_000), d.rng.random() < 0.4
        balance += amount if into else -amount
        row = [f"2026{d.rng.randrange(1, 3):02}{d.rng.randrange(1, 29):02}", "" if into else f"{amount / 100:.2f}",
               f"{amount / 100:.2f}" if into else "",
               Value("D64", f"{balance / 100:.2f}", owner, True), d.rng.choice(["网上支付", "代发工资", "ATM取款", "结息", "跨行转入", "快捷支付"])]
        if other:
            c = Customer(d)
            row += [c["name"], c["debit"]]
        rows.append(row)
    return rows


@personal("report-statement-paper")
def statement_paper(d: Document) -> None:
    c = Customer(d)
    d.is_a("D65").line("个人活期账户交易明细清单").line("客户名称：", c["name"], "      账号/卡号：", c["debit"]).line("起始日期：20260101   终止日期：20260228   币种：人民币")
    headers = ["交易日期", "支出金额", "收入金额", "账户余额", "交易摘要", "对方户名", "对方账号"]
    layouts.PEOPLE[d.rng.choice(["right", "left", "spaced", "tab"])](d, headers, movements(d, d.rng.randrange(5, 25), True, c.number))
    d.line("本明细仅供参考，不作为记账凭证。")


@personal("report-statement-download")
def statement_download(d: Document) -> None:
    d.is_a("D65")
    headers = [d.rng.choice(["交易日期", "记账日期"]), "借方金额", "贷方金额", "余额", "摘要"]
    layouts.PEOPLE[d.rng.choice(["comma", "tabbed", "xlsx", "html"])](d, headers, movements(d, d.rng.randrange(4, 20), False, 0))


@personal("report-statement-company")
def statement_company(d: Document) -> None:
    d.is_a("D65").line("单位存款对账单（2026年1月）").line("单位名称：", customers.nobodys(d, "employer")._replace(optional=True))
    d.line("对公账号：", customers.nobodys(d, "company_account"))
    headers = ["日期", "借方发生额", "贷方发生额", "余额", "摘要", "对方户名", "对方账号"]
    layouts.PEOPLE["caret"](d, headers, movements(d, d.rng.randrange(4, 12), True, 0))


@personal("report-credit")
def credit(d: Document) -> None:
    c = Customer(d)
    d.is_a("D69").line("个人信用报告").line("（本人版）").line("报告编号 ", f"20260209{numbers.digits(d.rng, 14)}    报告时间 2026.02.09 15:40:11")
    d.line("姓名 ", c["name"], "   证件类型 身份证   证件号码 ", c["id"])
    d.line("一 个人基本信息").line("（一）身份信息")
    d.line("性别 ", "男" if c.male else "女", "  出生日期 ", c.born("{y}.{m:02}.{d:02}"), "  婚姻状况 ", c.trait("marriages"), "  学历 ",
           c.trait("educations"))
    d.line("手机号码 ", c["mobile"]).line("通讯地址 ", c["address"])
    d.line("二 信息概要").line("贷记卡账户数 4   授信总额 ", c.value("D68", "168,000", True), "   已用额度 ", c.value("D68", "32,177", True))
    d.line("三 信贷交易信息明细").line("（一）非循环贷账户").line("（二）贷记卡账户").line("2019年6月3日机构发放的贷记卡，当前无逾期。")
    d.line("四 公共信息明细").line("系统中没有您的公共信息记录。").line("五 查询记录").line("1  2026.01.11  商业银行“D”  贷后管理")
    sometimes_word(d)


@personal("report-credit-table")
def credit_table(d: Document) -> None:
    """Headings as a credit bureau's page shows them to a bank."""
    c = Customer(d)
    d.is_a("D69").line("征信系统 - 个人信用报告（银行版）").line("被查询者：", c["name"], " | 被查询者证件号码：", c["id"], " | 查询机构：江南农商银行 | 查询原因：贷款审批")
    for heading in d.rng.sample(["个人基本信息", "信息概要", "信贷交易信息明细", "非信贷交易信息明细", "公共信息明细", "查询记录", "本人声明", "异议标注"], 6):
        d.line("■ ", heading).line(d.rng.choice(["（无记录）", "更新日期 2026-01-31，数据发生机构 3 家。", "账户状态：正常    五级分类：正常"]))


@personal("report-suspicion")
def suspicion(d: Document) -> None:
    c, others = Customer(d), [Customer(d) for _ in range(d.rng.randrange(1, 4))]
    d.is_a("D71").line("关于", c["name"], d.rng.choice(["涉嫌网络赌博犯罪可疑交易的报告", "涉嫌非法集资犯罪可疑交易的报告", "涉嫌电信诈骗犯罪可疑交易的报告"])).line("一、可疑线索发现过程")
    d.line("2026年1月22日，系统预警显示客户", c["name"], "（身份证号码", c["id"], "，手机号", c["mobile"], "）名下账户", c["debit"], "交易异常。")
    d.line("二、资金来源和去向")
    for other in others:
        d.line("交易对手", other["name"], "，账号", other["debit"], "，累计转入", f"{d.rng.randrange(5, 90)}.{d.rng.randrange(10, 99)}万元；")
    d.line("三、可疑点分析").line("资金快进快出，不留余额，与其身份、收入水平明显不符。").line("四、初步判断").line("疑为他人控制账户。").line("五、已采取的措施").line("暂停非柜面业务，上调风险等级。")


@personal("report-suspicion-form")
def suspicion_form(d: Document) -> None:
    c = Customer(d)
    d.is_a("D71").line("重点可疑交易报告（STR）  报告编号：", numbers.digits(d.rng, 18)).line("可疑主体姓名：", c["name"]).line("可疑主体证件号：", c["id"])
    d.line("联系电话：", c["mobile"]).line("职业：", c.trait("jobs")._replace(optional=True))
    for heading, text in (("发现过程", "柜员识别，客户对资金用途含糊其辞。"), ("资金来源和去向", "来源于十余个异地账户，去向为第三方支付平台。"), ("可疑点分析", "IP 与注册地不一致，夜间交易占比82%。"),
                          ("初步判断", "涉嫌洗钱犯罪。"), ("已采取的措施", "列入重点监测。")):
        d.line(f"【{heading}】").line(text)


@personal("report-large")
def large(d: Document) -> None:
    rows = []
    for index in range(d.rng.randrange(3, 12)):
        c = Customer(d)
        rows.append([str(index + 1), c["name"], c["id"], c["debit"], f"{d.rng.randrange(50_000, 3_000_000)}.00",
                     f"202602{d.rng.randrange(1, 28):02}", d.rng.choice(["0501", "0502", "0503"])])
    d.is_a("D72").line(d.rng.choice(["大额交易报告（人民币）", "大额交易报告补正清单"]))
    layouts.PEOPLE[d.rng.choice(["report", "tab", "right", "comma"])](d, ["序号", "客户名称", "客户证件号码", "账号", "交易金额", "交易日期", "大额交易特征代码"], rows)


@personal("report-risk-grades")
def grades(d: Document) -> None:
    rows = [[(c := Customer(d))["name"], c["id"], c["mobile"], d.rng.choice(["高风险", "次高风险", "高风险"]), "20260115",
             d.rng.choice(["职业特征", "名单命中", "交易异常"])] for _ in range(d.rng.randrange(3, 10))]
    d.is_a("D73").line("客户洗钱风险等级分类名单（2026年一季度）")
    layouts.PEOPLE[d.rng.choice(["left", "comma", "xlsx", "html", "caret"])](d, ["客户名称", "证件号码", "联系电话", "洗钱风险等级", "评级日期", "调整原因"], rows)


@personal("report-due-diligence")
def due_diligence(d: Document) -> None:
    c, owner = Customer(d), Customer(d)
    d.is_a("D73").line("高风险客户强化尽职调查报告")
    d.line("客户：", customers.nobodys(d, "employer")._replace(optional=True), "，统一社会信用代码：", customers.nobodys(d, "credit_code"))
    d.line("法定代表人：", c["name"], "，身份证号：", c["id"], "，联系电话：", c["mobile"])
    d.line("受益所有人：", owner["name"], "，证件号码：", owner["id"], "，持股比例 62.5%").line("洗钱风险等级：高风险").line("尽职调查结论：资金往来与经营规模基本匹配，建议维持现等级并按季复核。")
    sometimes_word(d)


@personal("report-enquiry")
def enquiry(d: Document) -> None:
    c = Customer(d)
    d.is_a("D74").line(d.rng.choice(["中国人民银行反洗钱调查通知书", "反洗钱调查通知书（第一联）"])).line("银反洗调〔2026〕", numbers.digits(d.rng, 3), "号")
    d.line("江南农村商业银行：").line("因调查可疑交易活动需要，请提供下列客户的开户资料及交易记录：")
    d.line("姓名：", c["name"], "；证件号码：", c["id"], "；账号：", c["debit"]).line("请严格保密，不得向任何单位和个人泄露。")


@personal("report-police-enquiry")
def police(d: Document) -> None:
    c = Customer(d)
    d.is_a("D74").line("协助查询财产通知书").line("×公（刑）查财字〔2026〕", numbers.digits(d.rng, 4), "号")
    d.line("兹因侦查犯罪需要，派我局民警前往你处协查犯罪嫌疑人", c["name"], "（身份证号码：", c["id"], "）的存款，账号：", c["debit"], "，请予协助。")
    d.line("联系民警电话：", customers.nobodys(d, "phone")._replace(optional=True))


@personal("report-authorisation")
def authorisation(d: Document) -> None:
    c = Customer(d)
    d.is_a("D70").line(d.rng.choice(["个人征信查询授权书", "征信查询授权书（个人）", "个人信用报告查询授权书"])).line("重要提示：请授权人仔细阅读本授权书全部内容。")
    d.line("一、本人同意并授权江南农村商业银行向金融信用信息基础数据库查询本人的信用报告，用途为审核本人信贷业务申请。")
    d.line("二、授权期限自签署之日起至业务终结之日止。").line("授权人：", c["name"]).line("证件类型：居民身份证").line("证件号码：", c["id"]).line("签署日期：2026 年 2 月 9 日")
    sometimes_word(d)


@personal("report-authorisation-mail")
def authorisation_mail(d: Document) -> None:
    c, guarantor = Customer(d), Customer(d)
    d.is_a("D70").line("企业法定代表人及担保人征信查询授权书").line("致：江南农村商业银行")
    for role, person in (("授权人（法定代表人）", c), ("授权人（担保人）", guarantor)):
        d.line(role, "：", person["name"], "    身份证号码：", person["id"], "    手机：", person["mobile"])
    d.line("兹不可撤销地授权贵行在贷前审查、贷后管理中查询、打印、保存授权人的个人信用报告。")


@personal("report-large-form")
def large_form(d: Document) -> None:
    c, other = Customer(d), Customer(d)
    d.is_a("D72").line("大额交易报告要素补录单").line("大额交易特征代码：0502").line("客户名称：", c["name"], "    客户证件号码：", c["id"])
    d.line("交易账号：", c["debit"], "    交易日期：2026-02-06    交易金额：2,600,000.00")
    d.line("交易对手名称：", other["name"], "    对手账号：", other["debit"]).line("交易方式：境内跨行汇款    资金用途：购房款")


@personal("report-recording-list")
def recording_list(d: Document) -> None:
    """A file that says in its name what it records and holds the talk."""
    c = Customer(d)
    d.is_a("D76")
    d.name += "_理财产品销售录音录像"
    d.extension, d.encoding = "mp3", "utf-8"
    d.line("双录文件 ", "SL2026", numbers.digits(d.rng, 8), ".mp4").line("客户姓名：", c["name"]).line("理财经理：", customers.staff(d))
    d.line("客户确认：我已知晓产品风险。")


@personal("report-credit-limits")
def limits(d: Document) -> None:
    rows = []
    for _ in range(d.rng.randrange(2, 9)):
        c = Customer(d)
        rows.append([c["name"], c["loan"], c.value("D68", f"{d.rng.randrange(5, 300)}0000"),
                     c.value("D68", f"{d.rng.randrange(1000, 90000)}.{d.rng.randrange(10, 99)}"), c.value("D68",
                             d.rng.choice(["关注", "次级", "可疑", "损失"]), True)])
    layouts.PEOPLE[d.rng.choice(["right", "spaced", "quoted", "xlsx"])](d, ["借款人", "借据号", "授信额度", "逾期金额", "五级分类"], rows)


@personal("report-scan-text")
def scan_text(d: Document) -> None:
    """What an OCR program leaves beside the picture of an identity card."""
    c = Customer(d)
    d.is_a("D75")
    d.name += d.rng.choice(["_身份证正面", "-身份证正面-OCR", "_手持身份证"])
    d.line("姓名 ", c["name"]).line("性别 ", "男" if c.male else "女", " 民族 ", c.trait("nations")._replace(optional=True))
    d.line("出生 ", c.born("{y}年{m}月{d}日")).line("住址 ", c["address"]).line("公民身份号码 ", c["id"])


@personal("report-picture-names")
def picture_names(d: Document) -> None:
    d.is_a("D75")
    d.name += "-" + Customer(d)["name"].text + d.rng.choice(["身份证正反面", "手持证件照", "_身份证反面"])
    d.extension, d.customers, d.encoding = d.rng.choice(["jpg", "png"]), 0, "utf-8"
    d.line("image placeholder exported by the imaging platform")


@personal("report-double-recording")
def double_recording(d: Document) -> None:
    d.is_a("D76")
    d.name += d.rng.choice(["_双录_", "-理财双录-", "_双录视频_"]) + Customer(d)["name"].text
    d.extension, d.customers, d.encoding = d.rng.choice(["mp4", "avi", "wmv"]), 0, "utf-8"
    d.line("media placeholder exported by the recording platform")


@personal("report-owners-kyc")
def kyc(d: Document) -> None:
    c = Customer(d)
    d.line("客户身份基本信息核实表")
    rows = [["姓名", c["name"]], ["性别", "男" if c.male else "女"], ["国籍", "CHN"], ["证件号码", c["id"]], ["证件有效期", "2016.03.08-2036.03.08"],
            ["职业", c.trait("jobs")], ["婚姻状况", c.trait("marriages")], ["学历", c.trait("educations")],
            ["工作单位", c["employer"]], ["年收入", c["income"]], ["资产总额", c["assets"]], ["联系电话", c["mobile"]], ["住所地", c["address"]]]
    d.rng.choice([layouts.html, tables.workbook, layouts.PEOPLE["tab"], layouts.PEOPLE["left"]])(d, None, rows)
