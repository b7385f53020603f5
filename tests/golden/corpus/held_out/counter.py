"""What customers fill in at the counter."""
from .. import numbers, tables
from ..document import Document
from . import customers, labels, layouts, values
from .customers import Customer
from .paper import Paper
from .register import personal


def sometimes_word(d: Document, share: float = 0.3) -> None:
    if d.rng.random() < share:
        tables.word(d)


@personal("counter-personal-account")
def personal_account(d: Document) -> None:
    c = Customer(d)
    d.line("个人客户综合服务申请表").line("受理机构：", values.pick("places", d.rng, "branches"), "   交易流水 ", numbers.digits(d.rng, 14))
    paper = Paper(d).ask(c, "name", "latin").say("性别", "男" if c.male else "女").ask(c, "birthday").ask(c, "id").ask(c, "mobile").ask(c,
            "email").ask(c, "address", "postcode")
    paper.say("国籍", "中国").say("职业", c.trait("jobs")).say("婚姻状况", c.trait("marriages")).ask(c, "employer").ask(c, "debit")
    d.line("□ 开通短信通知  ☑ 开通手机银行  □ 开通网上银行").line("柜员：", customers.staff(d), "  复核：", customers.staff(d))
    sometimes_word(d)


@personal("counter-card-request")
def card_request(d: Document) -> None:
    c, other = Customer(d), Customer(d)
    d.line("贷记卡领用申请（主卡）").line("第一部分 申请人信息")
    Paper(d).asks(c, "name latin id mobile phone email address employer income")
    d.line("第二部分 紧急联系人")
    Paper(d).say("联系人姓名", other["name"]).say("与本人关系", d.rng.choice(["配偶", "同事", "父母"])).say("联系人手机", other["mobile"])
    d.line("账单日：每月12日    推广码：", numbers.digits(d.rng, 6))


@personal("counter-loan-request")
def loan_request(d: Document) -> None:
    c, spouse = Customer(d), Customer(d)
    d.line("个人住房贷款申请审批表").line("申请金额：", f"{d.rng.randrange(30, 500)}万元", "  期限：360个月")
    paper = Paper(d)
    for role, person in (("借款申请人", c), ("配偶", spouse)):
        paper.say(f"{role}姓名", person["name"]).ask(person, "id").ask(person, "mobile").ask(person, "employer").ask(person, "income")
    paper.ask(c, "address").ask(c, "fund").ask(c, "assets").say("学历", c.trait("educations")).say("婚姻状况", c.trait("marriages"))
    sometimes_word(d)


@personal("counter-two-columns")
def two_columns(d: Document) -> None:
    """A table of labels and values side by side, four cells a row."""
    c = Customer(d)
    whats = ["name", "id", "mobile", "email", "birthday", "postcode", "debit", "phone", "address", "employer"]
    d.rng.shuffle(whats)
    rows = [[labels.label(d.rng, a), c[a], labels.label(d.rng, b), c[b]] for a, b in zip(whats[::2], whats[1::2])]
    d.rng.choice([layouts.html, layouts.workbook, layouts.PEOPLE["tab"], layouts.PEOPLE["spaced"], layouts.PEOPLE["left"]])(d, None, rows)


@personal("counter-foreigner", 5)
def foreigner(d: Document) -> None:
    d.line("境外人士开户信息登记")
    for what in d.rng.sample(["residence", "foreign_residence", "green_card", "hkid", "macao_id", "taiwan_id", "return_home",
                              "taiwan_compatriot"], 4):
        c = Customer(d)
        Paper(d).ask(c, d.rng.choice(["name", "latin"])).ask(c, what).ask(c, d.rng.choice(["abroad", "mobile"])).ask(c, "email")
        d.line("-" * 30)


@personal("counter-travel-documents", 5)
def travel_documents(d: Document) -> None:
    d.line("出入境证件资料核对单")
    paper = Paper(d)
    for what in d.rng.sample(["passport", "official_passport", "to_hong_kong", "return_home", "taiwan_compatriot", "to_taiwan",
                              "residence"], 4):
        c = Customer(d)
        paper.ask(c, "name", what).ask(c, "mobile")


@personal("counter-child")
def child_account(d: Document) -> None:
    child, parent = Customer(d, (1, 12)), Customer(d)
    d.line("儿童储蓄账户开立（监护人代理）")
    paper = Paper(d).say("未成年人姓名", child["name"]).ask(child, "id").ask(child, "birthday")
    paper.say("监护人姓名", parent["name"]).ask(parent, "id").ask(parent, "mobile").ask(parent, "address").say("监护关系证明", "出生医学证明 ",
            d.rng.choice("UVWX") + numbers.digits(d.rng, 9))


@personal("counter-company")
def company(d: Document) -> None:
    legal, agent = Customer(d), Customer(d)
    d.line("单位银行结算账户变更申请书")
    paper = Paper(d).say("单位全称",
                         customers.nobodys(d, "employer")._replace(optional=True)).of_nobody("credit_code").of_nobody("company_account").of_nobody("clearing")
    paper.say("法定代表人", legal["name"]).ask(legal, "id").ask(legal, "mobile").say("经办人", agent["name"]).ask(agent, "id").ask(agent, "phone")
    paper.say("注册资金", "人民币伍佰万元整").say("行业分类", "F51 批发业")


@personal("counter-company-old")
def company_old(d: Document) -> None:
    legal = Customer(d)
    d.line("存量对公客户证照信息补录")
    paper = Paper(d).of_nobody("organisation").of_nobody("licence").of_nobody("tax_number").of_nobody("company_account", "clearing")
    paper.say("负责人", legal["name"]).ask(legal, "phone").ask(legal, "mobile")


@personal("counter-remittance")
def remittance(d: Document) -> None:
    c, other = Customer(d), Customer(d)
    d.line("跨境汇款申请书（个人）").line("币种/金额：EUR 6,500.00    费用承担：SHA")
    paper = Paper(d).say("汇款人姓名", c["name"]).ask(c, "id").ask(c, "debit").ask(c, "mobile")
    paper.say("收款人名称", other["latin"]).ask(other, "iban").of_nobody("bic").say("收款行所在国", "德国").say("交易编码", "223029 留学")


@personal("counter-lost")
def lost(d: Document) -> None:
    c = Customer(d)
    d.line(d.rng.choice(["挂失业务申请书", "存单（折）补领申请"]))
    Paper(d).asks(c, "name id passbook balance mobile").say("挂失方式", "书面挂失").say("原开户日", "2011-05-06")
    d.line("凭证号码：", numbers.digits(d.rng, 8), "  事故登记簿编号：", numbers.digits(d.rng, 10))


@personal("counter-bill")
def bill(d: Document) -> None:
    c = Customer(d)
    d.line(d.rng.choice(["银行承兑汇票查询查复书", "票据挂失通知书"]))
    Paper(d).of_nobody("bill").say("出票日期", "2025-11-03").of_nobody("company_account").of_nobody("clearing").say("经办人", c["name"]).ask(c,
            "id").ask(c, "phone")


@personal("counter-car-loan")
def car_loan(d: Document) -> None:
    c = Customer(d)
    d.line("汽车分期业务抵押登记信息")
    Paper(d).asks(c, "name id plate vin driving policy mobile").say("发动机号", "".join(d.rng.choices("ABCDEFGH0123456789", k=8)))


@personal("counter-benefits")
def benefits(d: Document) -> None:
    c = Customer(d)
    d.line("惠民惠农一卡通信息采集表")
    Paper(d).asks(c, "name id social medical household fund debit mobile address").say("民族", c.trait("nations")).say("文化程度",
            c.trait("educations"))


@personal("counter-soldier")
def soldier(d: Document) -> None:
    d.line("军人保障账户信息表")
    for _ in range(d.rng.randrange(1, 5)):
        c = Customer(d)
        Paper(d).ask(c, "name", "officer").ask(c, "passbook").ask(c, "mobile")


@personal("counter-online-banking")
def online_banking(d: Document) -> None:
    c = Customer(d)
    d.line("电子银行签约回执（客户联）")
    Paper(d).asks(c, "name login password debit mobile email wechat").say("UKey序列号", numbers.digits(d.rng, 12)).say("单日限额", "50000.00")


@personal("counter-recover-login")
def recover(d: Document) -> None:
    d.line("网银密码重置核身记录")
    for _ in range(d.rng.randrange(1, 4)):
        c = Customer(d)
        Paper(d).asks(c, "login answer mobile otp qq").say("核身结果", "通过")
        d.add("\n")


@personal("counter-taxpayer")
def taxpayer(d: Document) -> None:
    c = Customer(d)
    d.line("个人税收居民身份声明文件").line("本人声明：☑ 1.仅为中国税收居民  □ 2.仅为非居民")
    Paper(d).asks(c, "name taxpayer birthday address").say("出生地", "中国")


@personal("counter-terminal")
def terminal(d: Document) -> None:
    """Point-of-sale terminals of merchants, with their cards."""
    c = Customer(d)
    d.line("商户终端装机单").line("终端序列号：", "N5", numbers.digits(d.rng, 14), "  商户编号：", "898", numbers.digits(d.rng, 12))
    Paper(d).of_nobody("iccid").of_nobody("iot").of_nobody("imei").say("联系人", c["name"]).ask(c, "mobile").ask(c,
            "address").of_nobody("credit_code")


@personal("counter-phone-bank")
def phone_bank(d: Document) -> None:
    c = Customer(d)
    d.line("设备绑定登记")
    Paper(d).asks(c, "name mobile imei imsi mac ip").say("系统版本", "HarmonyOS 5.0.0.120")


@personal("counter-english")
def english(d: Document) -> None:
    c = Customer(d)
    d.line("Application for Personal Account (Foreign Nationals)")
    Paper(d, "en").asks(c,
                        "latin passport birthday mobile email address" if d.rng.random() < 0.3 else "latin passport birthday mobile email").asks(c, "credit iban").of_nobody("bic")
    d.line("Form No. PB-2026-0311  Rev. 4")


@personal("counter-hong-kong-english")
def hong_kong_english(d: Document) -> None:
    c = Customer(d)
    d.line("Wealth Connect Onboarding Checklist")
    Paper(d, "en").asks(c, "latin hkid abroad email credit expiry")
    d.line("Checked by: Ops Team   Case: WMC-", numbers.digits(d.rng, 8))
