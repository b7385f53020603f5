"""Contracts, letters, mails and notes: whole sentences with customers in them."""
from .. import numbers
from ..document import Document
from . import customers, values
from .counter import sometimes_word
from .customers import Customer, written
from .register import personal


@personal("letter-loan-contract")
def loan_contract(d: Document) -> None:
    c = Customer(d)
    d.line("个人循环借款合同").line("合同号：", c["loan"]).add("\n").line("借款人（以下简称甲方）：", c["name"]).line("有效身份证件号码：", c["id"])
    d.line("住所地：", c["address"])
    d.line("送达手机号码：", c["mobile"], "      电子邮箱：", c["email"]).line("贷款人（以下简称乙方）：江南农村商业银行股份有限公司").add("\n")
    d.line("1.1 本合同项下循环额度为人民币（大写）伍拾万元整，额度有效期自2026年1月15日至2029年1月14日。").line("1.2 甲方指定以下账户为放款账户，户名", c["name"], "，账号", c["debit"], "。")
    d.line("7.3 甲方确认上述地址、号码为诉讼文书送达地址。").line("甲方（签字）：                    乙方（盖章）：")
    sometimes_word(d)


@personal("letter-mortgage-contract")
def mortgage(d: Document) -> None:
    owner, debtor = Customer(d), Customer(d)
    d.line("最高额抵押合同").line("抵押人：", owner["name"], "，身份证件号码：", owner["id"], "，联系电话：", owner["mobile"])
    d.line("债务人：", debtor["name"], "，身份证件号码：", debtor["id"])
    d.line("抵押财产：坐落于", owner["address"], "的住宅一套，不动产权证号：苏（2021）不动产权第", numbers.digits(d.rng, 7), "号，建筑面积118.46平方米。")
    d.line("担保的主债权本金最高额为人民币壹佰贰拾万元（¥1,200,000.00）。")
    sometimes_word(d)


@personal("letter-power-of-attorney")
def power_of_attorney(d: Document) -> None:
    c, agent = Customer(d), Customer(d)
    d.line("授权委托书")
    d.line("本人", c["name"], "，身份证号", written(d.rng, c["id"]), "，因出差在外，现委托", agent["name"], "（身份证号", agent["id"], "，电话", agent["mobile"],
           "）代为办理本人名下账号", c["debit"], "的销户手续。")
    d.line("委托期限：2026年2月1日至2026年2月28日。").line("委托人：", c["name"]).line("2026年1月30日")


@personal("letter-dunning")
def dunning(d: Document) -> None:
    c = Customer(d)
    d.line("催收函").line("尊敬的", c["name"], d.rng.choice(["先生", "女士"]), "：")
    d.line("　　您在我行的贷款（合同编号：", c["loan"], "）已连续逾期，截至2026年2月10日，逾期金额", c.value("D68", values.yuan(d.rng)), "，五级分类",
           c.value("D68", d.rng.choice(["关注", "次级", "可疑"]), True), "。")
    d.line("　　请于收函后三日内将款项存入还款账号", c["debit"], "。").line("　　寄送地址：", c["address"]).line("　　如已还款，请忽略本函。咨询电话：96008")


@personal("letter-envelope")
def envelope(d: Document) -> None:
    for _ in range(d.rng.randrange(1, 6)):
        c = Customer(d)
        d.line(c["postcode"]).line(c["address"]).line(c["name"], "（收）  ", c["mobile"]).line("——挂号信函 XA", numbers.digits(d.rng, 8), "44")
        d.add("\n")


@personal("letter-complaint")
def complaint(d: Document) -> None:
    c = Customer(d)
    d.line("消费者投诉转办单    编号：12378-2026-", numbers.digits(d.rng, 6)).line("投诉人：", c["name"], "    联系方式：", written(d.rng, c["mobile"]))
    d.line("事项：投诉人称其尾号", c["debit"].text[-4:], "的借记卡于1月9日被收取小额账户管理费，完整卡号为", written(d.rng, c["debit"]), "；多次致电网点无人接听。")
    d.line("诉求：退还费用并书面答复至 ", c["email"], "。").line("承办部门：运营管理部    时限：15日")


@personal("mail-inside")
def mail_inside(d: Document) -> None:
    c = Customer(d)
    d.extension = "eml"
    d.line("From: ", customers.nobodys(d, "email")._replace(optional=True)).line("To: hq-ops@bank.example").line("Subject: 回复: 关于客户信息变更的请示")
    d.line("Date: Tue, 10 Feb 2026 16:02:41 +0800")
    d.line("Message-ID: <", numbers.digits(d.rng, 14), ".A71C@mx2.bank.example>").line("Content-Type: text/plain; charset=utf-8").add("\n")
    d.encoding = "utf-8"
    d.line("张老师，您好！")
    d.line("客户 ", c["name"], "（证件号 ", written(d.rng, c["id"]), "）申请把预留手机由 ", c["mobile"], " 改为 ", c.value("D27", values.mobile(d.rng)), "，")
    d.line("新住址是", c["address"], "，材料已扫描，请审批。").add("\n").line("运营部  ", customers.staff(d)).line("分机 8", numbers.digits(d.rng, 3))


@personal("mail-foreign-client")
def mail_foreign(d: Document) -> None:
    c = Customer(d)
    d.extension = "eml"
    d.encoding = "utf-8"
    d.line("From: ", c["email"]).line("To: service@bank.example").line("Subject: Change of address / lost card").add("\n")
    d.line("Dear Sir or Madam,")
    d.line("my name is ", c["latin"], ", passport number ", c["passport"], ". I lost my card ", written(d.rng, c["credit"]), ".")
    d.line("Please call me at ", c["abroad"], " or ", c["mobile"], ".").line("Refund can go to IBAN ", c["iban"], ".")
    d.line("Reference: CAS-", numbers.digits(d.rng, 7)).line("Kind regards").line(c["latin"])


@personal("letter-visit")
def visit(d: Document) -> None:
    d.line("客户经理工作日志（2026年第6周）")
    for day in ("周一", "周二", "周四"):
        c = Customer(d)
        d.line(day, "：", d.rng.choice(["上门拜访", "电话回访", "约见"]), "客户", c["name"], "，", d.rng.choice(["经营建材生意", "在医院工作", "刚退休"]), "，手机",
               written(d.rng, c["mobile"]),
               "，家住", c["address"], "，年收入", c["income"], "，有意购买大额存单。")


@personal("letter-valuation")
def valuation(d: Document) -> None:
    c = Customer(d)
    d.line("房地产抵押估价委托单 NO.", numbers.digits(d.rng, 9)).line("权利人：", c["name"], "    证件号：", c["id"]).line("物业地址：", c["address"])
    d.line("看房联系人：", c["name"], " ", c["phone"], " / ", c["mobile"]).line("单价 18,560 元/㎡，总价 2,198,000 元。")


@personal("letter-court")
def court(d: Document) -> None:
    c, other = Customer(d), Customer(d)
    d.line("民事起诉状").line("原告：江南农村商业银行股份有限公司新区支行，统一社会信用代码：", customers.nobodys(d, "credit_code"))
    for role, person in (("被告一", c), ("被告二", other)):
        d.line(role, "：", person["name"], "，", "男" if person.male else "女", "，", person.born("{y}年{m}月{d}日"), "出生，",
               person.trait("nations")._replace(optional=True), "，住", person["address"], "，公民身份号码：", person["id"], "，联系电话：", person["mobile"], "。")
    d.line("诉讼请求：1.判令被告归还借款本金412,355.08元及利息、罚息；2.本案诉讼费由被告承担。").line("事实与理由：2023年5月，双方签订借款合同（借据号：", c["loan"], "）。")
    sometimes_word(d)


@personal("letter-will")
def gift(d: Document) -> None:
    c = Customer(d)
    d.line("存款继承公证材料交接")
    d.line("被继承人", c["name"], "，生前持有存折账号", c["passbook"], "，余额", c["balance"], "；保单号", c["policy"], "。户号", c["household"], "。")
    other = Customer(d)
    d.line("继承人", other["name"], "，证件号码", other["id"], "，固定电话", other["phone"], "。")


@personal("letter-car-park")
def car_park(d: Document) -> None:
    d.line("关于办理贵宾客户停车月卡的函")
    for _ in range(d.rng.randrange(2, 6)):
        c = Customer(d)
        d.line("　　", c["name"], "，车牌", c["plate"], "，", written(d.rng, c["mobile"]), "；")
    d.line("　　请物业予以办理，费用由我行承担。")


@personal("letter-tour")
def tour(d: Document) -> None:
    d.line("私行客户境外论坛参会名单（护照信息请于周五前核对）")
    for index in range(d.rng.randrange(2, 7)):
        c = Customer(d)
        d.line(f"{index + 1}. ", c["name"], "（", c["latin"], "），护照号", c["passport"], "，有效期至2031年，手机", c["mobile"], "，港澳通行证",
               c["to_hong_kong"])
    d.line("航班：MU721 / KA893，酒店确认号 ", numbers.digits(d.rng, 9))


@personal("letter-asset-proof")
def asset_proof(d: Document) -> None:
    c = Customer(d)
    d.line("存款证明书").line("编号：", numbers.digits(d.rng, 12)).line("兹证明：", c["name"], "（证件号码：", c["id"], "）截至2026年2月9日在我行存款如下：")
    d.line("账号：", c["debit"], "    币种：人民币    余额：", c["balance"])
    d.line("This is to certify that ", c["latin"], " has maintained the above balance.").line("经办：", customers.staff(d))
