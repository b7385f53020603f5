"""Forms that one customer fills in: a label, a mark, a value."""
from .. import numbers, people, surface, tables, words
from ..document import Document, Value
from ..registry import personal

COLONS = {"first": ["：", ": ", "："], "second": ["：", ":", "　"]}


class Form:
    """Writes labelled values in one style: colon, label language, one a line or several."""

    def __init__(self, document: Document, style: str = "zh"):
        self.document, self.style = document, style
        self.colon = document.rng.choice(COLONS[document.voice]) if style == "zh" else ": "

    def ask(self, *values: Value) -> "Form":
        """One line of labelled values."""
        document = self.document
        for place, value in enumerate(values):
            label = document.rng.choice(words.labels(value.element, self.style, document.voice))
            document.add("    " if place else "", label, self.colon, surface.written(document.rng, value))
        document.add("\n")
        return self

    def free(self, label: str, *parts) -> "Form":
        self.document.line(label, self.colon, *parts)
        return self


def rest(document: Document, person: people.Person, *elements: str) -> None:
    form = Form(document)
    for element in elements:
        form.ask(person.of(element))


@personal("form-account-opening", "registration")
def account_opening(d: Document) -> None:
    p = people.Person(d)
    d.line("个人银行账户开户申请书").line("申请编号：", "KH2026", numbers.digits(d.rng, 8))
    Form(d).ask(p.name, p.id).ask(p.mobile).ask(p.address).free("币种", "人民币").ask(p.card).ask(p.email)
    d.line("本人承诺以上信息真实有效，并已知悉《个人信息保护政策》的全部内容。").line("签名：", "            日期：2026年02月11日")


@personal("form-card-application", "postcode")
def card_application(d: Document) -> None:
    p, other = people.Person(d), people.Person(d)
    d.line("信用卡申请表").line("一、基本资料")
    Form(d).ask(p.name, p.latin_name).ask(p.dated()).ask(p.id).ask(p.mobile, p.of("D29")).ask(p.email).ask(p.address, p.of("D35"))
    d.line("二、联系人资料").line("联系人姓名：", other.name, "  与申请人关系：朋友  手机：", other.mobile)
    tables.word(d) if d.rng.random() < 0.4 else None


@personal("form-loan-contract", "contract")
def loan_contract(d: Document) -> None:
    p = people.Person(d)
    number = p.of("D67")
    d.line("个人消费贷款合同").line("合同编号：", number)
    d.line("借款人（甲方）：", p.name).line("证件号码：", p.id).line("住所：", p.address).line("联系电话：", p.mobile)
    d.line("贷款人（乙方）：中国建设银行股份有限公司").line("第一条 借款金额为人民币贰拾万元整（小写：200,000.00元），期限36个月。")
    d.line("第二条 乙方将借款划入甲方账户，账号：", p.card, "。")
    d.line("第三条 本合同依照《中华人民共和国民法典》第六百六十七条订立，自2026年3月1日起生效。")
    tables.word(d) if d.rng.random() < 0.4 else None


@personal("form-guarantee-contract", "contract")
def guarantee_contract(d: Document) -> None:
    borrower, guarantor = people.Person(d), people.Person(d)
    d.line("保证合同（自然人）")
    for role, person in (("债务人", borrower), ("保证人", guarantor)):
        d.line(f"{role}姓名：", person.name, "，身份证号码：", person.id, "，住址：", person.address, "，联系电话：", person.mobile, "。")
    d.line("保证期间为主债务履行期限届满之日起三年。")


@personal("form-kyc", "kyc")
def kyc(d: Document) -> None:
    p, places = people.Person(d), words.sections("places")
    d.line("客户身份识别（KYC）信息表")
    Form(d).ask(p.name).ask(p.id).ask(p.dated("%Y-%m-%d"))
    d.line("民族：", p.value("D37", d.rng.choice(places["nations"])), "  婚姻状况：", p.value("D37", d.rng.choice(places["marriages"])))
    d.line("学历：", p.value("D37", d.rng.choice(places["educations"])), "  职业：", p.value("D37", d.rng.choice(places["occupations"])))
    Form(d).ask(p.of("D39")).ask(p.of("D38")).ask(p.address).ask(p.mobile)


@personal("form-kyc-tabular", "kyc")
def kyc_tabular(d: Document) -> None:
    p, places = people.Person(d), words.sections("places")
    pairs = [("姓名", p.name), ("证件号码", p.id), ("民族", p.value("D37", d.rng.choice(places["nations"]))),
             ("出生日期", p.dated()), ("年收入", p.of("D38")), ("文化程度", p.value("D37", d.rng.choice(places["educations"]))), ("职业", p.value("D37", d.rng.choice(places["occupations"]))),
             ("手机号码", p.mobile), ("家庭住址", p.address)]
    d.rng.choice([tables.html, tables.workbook, tables.separated("\t", "txt")])(d, None, [list(pair) for pair in pairs])


@personal("form-foreigner", "foreigner")
def foreigner(d: Document) -> None:
    d.line("外国人及港澳台居民开户资料")
    for element in d.rng.sample(["D03", "D04", "D05", "D13", "D14", "D15"], 3):
        p = people.Person(d)
        Form(d).ask(p.latin_name).ask(p.of(element)).ask(p.of("D27")).ask(p.of("D30"))
        d.add("\n")


@personal("form-permit-holder", "permits")
def permit_holder(d: Document) -> None:
    d.line("出入境证件信息登记")
    for element in d.rng.sample(["D03", "D07", "D09", "D10", "D11", "D12"], 4):
        p = people.Person(d)
        Form(d).ask(p.name).ask(p.of(element)).ask(p.mobile)
        d.add("\n")


@personal("form-permits-register", "permits")
def permits_register(d: Document) -> None:
    for element in ("D03", "D06", "D07", "D09", "D10", "D11", "D12"):
        p = people.Person(d)
        Form(d).ask(p.name, p.of(element))
        d.add("\n")


@personal("form-regional-identity", "foreigner")
def regional_identity(d: Document) -> None:
    for element in ("D13", "D14", "D15", "D04", "D05"):
        p = people.Person(d)
        d.line("客户姓名：", p.name)
        Form(d).ask(p.of(element)).ask(p.of("D27"))
        d.add("\n")


@personal("form-compact-registration", "registration")
def compact_registration(d: Document) -> None:
    for _ in range(d.rng.randrange(1, 6)):
        p = people.Person(d)
        d.line("姓名:", p.name, ";身份证:", p.id, ";电话:", p.mobile, ";住址:", p.address, ";")


@personal("form-social-security", "social")
def social_security(d: Document) -> None:
    p = people.Person(d)
    d.line("灵活就业人员参保登记表")
    Form(d).ask(p.name, p.id).ask(p.of("D21")).ask(p.of("D23")).ask(p.of("D22")).ask(p.of("D17")).ask(p.mobile)


@personal("form-household", "social")
def household(d: Document) -> None:
    p = people.Person(d)
    d.line("住房公积金贷款申请（家庭资料）")
    Form(d).ask(p.of("D17")).ask(p.name).ask(p.of("D22")).ask(p.of("D38")).ask(p.of("D23")).ask(p.of("D21"))


@personal("form-vehicle-loan", "vehicle")
def vehicle_loan(d: Document) -> None:
    p = people.Person(d)
    d.line("汽车消费贷款抵押清单")
    Form(d).ask(p.name, p.id).ask(p.of("D19")).ask(p.of("D20")).ask(p.of("D18")).ask(p.of("D82"))


@personal("form-vehicle-claim", "vehicle")
def vehicle_claim(d: Document) -> None:
    p = people.Person(d)
    d.line("机动车保险理赔申请").line("报案时间 2026-01-14 09:12，出险地点为绕城高速出口附近。")
    Form(d).ask(p.of("D82")).ask(p.of("D19")).ask(p.name).ask(p.of("D18")).ask(p.of("D20")).ask(p.mobile)


@personal("form-military", "military")
def military(d: Document) -> None:
    p = people.Person(d)
    d.line("优抚对象储蓄账户登记")
    Form(d).ask(p.name).ask(p.of("D16")).ask(p.mobile).ask(p.of("D54"))


@personal("form-veteran", "military")
def veteran(d: Document) -> None:
    for _ in range(3):
        p = people.Person(d)
        d.line("姓名：", p.name, "，军官证：", p.of("D16"), "，存折账号：", p.of("D54"))


@personal("form-company-account", "company")
def company_account(d: Document) -> None:
    p = people.Person(d)
    d.line("单位银行结算账户开立申请书").line("存款人名称：", Value("D39", people.company(d.rng, d.voice), 0, True))
    Form(d).ask(people.unowned(d, "D59")).ask(people.unowned(d, "D60")).ask(people.unowned(d, "D55"))
    d.line("开户行：中国工商银行城东支行").line("法定代表人：", p.name, "  身份证号：", p.id)
    Form(d).ask(p.mobile).ask(people.unowned(d, "D56")).ask(p.of("D29"))
    Form(d).ask(people.unowned(d, "D61")).ask(people.unowned(d, "D62"))


@personal("form-company-tax", "company")
def company_tax(d: Document) -> None:
    p = people.Person(d)
    d.line("纳税人信息采集")
    Form(d).ask(people.unowned(d, "D61")).ask(people.unowned(d, "D62")).ask(people.unowned(d, "D60")).ask(people.unowned(d, "D59"))
    d.line("法人：", p.name, "  联系电话：", p.mobile).line("对公账号：", people.unowned(d, "D55"), "  开户行行号：", people.unowned(d, "D56"))


@personal("form-minor-account", "minor")
def minor_account(d: Document) -> None:
    child, parent = people.minor(d), people.Person(d)
    d.line("未成年人账户开户申请").line("未成年人姓名：", child.name)
    Form(d).ask(child.id)
    d.line("监护人：", parent.name, "  与申请人关系：父子  手机号：", parent.mobile)
    Form(d).ask(parent.id)


@personal("form-minor-insurance", "minor")
def minor_insurance(d: Document) -> None:
    child, parent = people.minor(d), people.Person(d)
    d.line("少儿保险投保单").line("投保人：", parent.name, "，身份证号：", parent.id).line("被保险人：", child.name, "，身份证号：", child.id)
    Form(d).ask(parent.mobile).ask(parent.of("D82"))


@personal("form-english")
def english_form(d: Document) -> None:
    p = people.Person(d)
    d.line("ACCOUNT OPENING FORM (NON-RESIDENT)")
    form = Form(d, "en").ask(p.latin_name).ask(p.of("D06")).ask(p.dated("%d/%m/%Y")).ask(p.email).ask(p.mobile)
    form.ask(p.of("D41")).ask(p.of("D58"))
    d.line("I confirm that the information above is correct. Ref. 2026/0311-4471.")


@personal("form-english-remittance", "remittance")
def english_remittance(d: Document) -> None:
    p = people.Person(d)
    d.line("OUTWARD REMITTANCE APPLICATION").line("Amount: USD 12,500.00").line("Beneficiary: ", p.latin_name)
    Form(d, "en").ask(p.of("D58")).ask(people.unowned(d, "D57")).ask(p.email)
    d.line("Purpose: tuition fee, invoice 88120931 of 11 Feb 2026")


@personal("form-remittance", "remittance")
def remittance(d: Document) -> None:
    p, q = people.Person(d), people.Person(d)
    d.line("境外汇款申请书").line("汇款人：", p.name, "  证件号码：", p.id).line("收款人：", q.latin_name)
    Form(d).ask(q.of("D58")).ask(people.unowned(d, "D57"))
    d.line("汇款金额：USD 8,000.00  汇款附言：学费")


@personal("form-application-vertical")
def vertical(d: Document) -> None:
    p = people.Person(d)
    for value in (p.name, p.id, p.mobile, p.email, p.address):
        d.line(d.rng.choice(words.labels(value.element, "zh", d.voice))).line(value).add("\n")


@personal("form-brackets")
def brackets(d: Document) -> None:
    p = people.Person(d)
    for value in (p.name, p.mobile, p.id, p.card, p.address):
        d.line("【", d.rng.choice(words.labels(value.element, "zh", d.voice)), "】", surface.written(d.rng, value))


@personal("form-passbook", "passbook")
def passbook(d: Document) -> None:
    p = people.Person(d)
    d.line("存折（单）挂失申请书")
    Form(d).ask(p.name).ask(p.of("D54")).ask(p.id).ask(p.of("D64")).ask(p.mobile)


@personal("form-bill-loss", "bill")
def bill_loss(d: Document) -> None:
    p = people.Person(d)
    d.line("票据挂失止付通知书")
    Form(d).ask(p.of("D66")).ask(p.name).ask(p.id).ask(people.unowned(d, "D55")).ask(p.of("D29"))


@personal("form-bill-discount", "bill")
def bill_discount(d: Document) -> None:
    p = people.Person(d)
    d.line("商业汇票贴现申请").line("经办人：", p.name, "，电话：", p.of("D29"))
    Form(d).ask(p.of("D66")).ask(people.unowned(d, "D56")).ask(p.of("D67"))


@personal("form-old-identity", "old-identity")
def old_identity(d: Document) -> None:
    d.line("休眠账户清理登记（旧证件）")
    for _ in range(d.rng.randrange(1, 6)):
        p = people.Person(d)
        Form(d).ask(p.name, p.of("D02")).ask(p.of("D54"))
        d.add("\n")


@personal("form-old-identity-list", "old-identity")
def old_identity_list(d: Document) -> None:
    rows = [[(p := people.Person(d)).name, p.of("D02"), p.of("D54")] for _ in range(d.rng.randrange(2, 9))]
    tables.FORMATS[d.rng.choice(["csv", "bars", "xlsx"])](d, ["户名", "身份证号码", "存折账号"], rows)


@personal("form-passbook-list", "passbook")
def passbook_list(d: Document) -> None:
    for _ in range(d.rng.randrange(1, 6)):
        p = people.Person(d)
        d.line("存单账号：", p.of("D54"), "，户名：", p.name, "，余额：", p.of("D64"), "，电话：", p.of("D29"))
