"""What people write to each other about customers: letters, chats, notes of calls."""
from .. import numbers, people, surface
from ..document import Document, Value
from ..registry import personal


def clock(d: Document) -> str:
    return f"{d.rng.randrange(9, 18):02}:{d.rng.randrange(60):02}:{d.rng.randrange(60):02}"


@personal("message-mail", "mail")
def mail(d: Document) -> None:
    p, clerk = people.Person(d), people.Person(d)
    d.extension = "eml"
    d.line("From: ", clerk.email).line("To: ", people.Person(d).email).line("Subject: 客户资料补正").line("Date: Wed, 11 Feb 2026 09:31:22 +0800")
    d.line("Message-ID: <20260211093122.7F3A41@mail>").add("\n").line("您好：").line("客户", p.name, "（身份证", p.id, "）的开户资料缺少签名，请电话联系", p.mobile, "补齐。")
    d.line("其家庭住址为", p.address, "。").line("工单号 20260211000381。").line("谢谢！")


@personal("message-mail-thread", "mail")
def mail_thread(d: Document) -> None:
    p, q = people.Person(d), people.Person(d)
    d.extension = "eml"
    d.line("发件人: ", p.email).line("收件人: ", q.email).line("主题: 答复: 划款账号").add("\n")
    d.line("请将款项打到以下账户：").line("户名：", p.name).line("账号：", p.card).line("开户行：招商银行南山支行").add("\n")
    d.line("> 在 2026-02-11 10:02 写道：").line("> 我的手机号是", q.mobile, "，方便时请回电。")
    d.customers = 0  # nothing in it says whose mailbox is whose


@personal("message-chat", "chat")
def chat(d: Document) -> None:
    p = people.Person(d)
    d.line(f"客户经理 {clock(d)}").line("请把姓名、身份证号和卡号发我一下，我帮您查。")
    d.line(f"客户 {clock(d)}").line("姓名 ", p.name, "，身份证 ", surface.written(d.rng, p.id)).line(f"客户 {clock(d)}").line("卡号是 ", surface.written(d.rng, p.card))
    d.line(f"客户经理 {clock(d)}").line("收到，预留手机是 ", p.mobile, " 对吗？").line(f"客户 {clock(d)}").line("对的，我微信号：", p.of("D32"), "，QQ：", p.of("D33"))


@personal("message-chat-export", "chat")
def chat_export(d: Document) -> None:
    p = people.Person(d)
    d.line("[2026-02-11 ", clock(d), "] 坐席07: 您好，请报一下手机号").line("[2026-02-11 ", clock(d), "] 访客: ", surface.written(d.rng, p.mobile))
    d.line("[2026-02-11 ", clock(d), "] 坐席07: 请提供身份证号核实").line("[2026-02-11 ", clock(d), "] 访客: ", surface.written(d.rng, p.id))
    d.line("[2026-02-11 ", clock(d), "] 坐席07: 已为您登记，工单 ", "20260211", numbers.digits(d.rng, 6))
    d.line("[2026-02-11 ", clock(d), "] 访客: 加我微信 ", p.of("D32"), "，QQ ", p.of("D33"))


@personal("message-call-note", "note")
def call_note(d: Document) -> None:
    p = people.Person(d)
    d.line("通话记录 2026年2月11日 ", clock(d)).line("来电号码：", p.mobile).line("客户", p.name, "来电咨询房贷提前还款，核验身份证后四位无误，卡号", p.card, "。")
    d.line("客户要求将对账单寄至", p.address, "。").line("处理结果：已登记，3个工作日内回复。")


@personal("message-visit-note", "note")
def visit_note(d: Document) -> None:
    d.line("贷后走访纪要")
    for _ in range(d.rng.randrange(1, 4)):
        p = people.Person(d)
        d.line("借款人：", p.name, "；证件号：", p.id, "；现住址：", p.address, "；联系方式：", p.mobile, "。经营正常，无逾期。").add("\n")


@personal("message-sms", "sms")
def sms(d: Document) -> None:
    p = people.Person(d)
    d.line("收件人：", p.mobile).line("【建设银行】尊敬的", p.name, "先生，您的短信验证码：", p.of("D51"), "，5分钟内有效，请勿告知他人。")


@personal("message-sms-codes", "sms")
def sms_codes(d: Document) -> None:
    for _ in range(d.rng.randrange(2, 8)):
        p = people.Person(d)
        d.line(f"2026-02-11 {clock(d)} mobile=", p.mobile, " 验证码：", p.of("D51"), "，请在页面输入")


@personal("message-short", "short")
def short(d: Document) -> None:
    """One element in one sentence, without any label."""
    p = people.Person(d)
    d.line(d.rng.choice(["麻烦帮忙处理一下，", "急，", "请转告柜台：", "已核对："]), surface.written(d.rng, d.rng.choice([p.id, p.mobile, p.card, p.email])),
           d.rng.choice(["，谢谢", "。", "，尽快", " 今天要办"]))


@personal("message-two-lines", "short")
def two_lines(d: Document) -> None:
    p = people.Person(d)
    d.line(p.name, " ", p.mobile).line(p.address)


@personal("message-delivery")
def delivery(d: Document) -> None:
    for _ in range(d.rng.randrange(1, 6)):
        p = people.Person(d)
        d.line("收件人：", p.name, " ", p.mobile, " 收货地址：", p.address)


@personal("message-parcel", "postcode")
def parcel(d: Document) -> None:
    p = people.Person(d)
    d.line("EMS 国内特快专递  单号 ", "1", numbers.digits(d.rng, 12)).line("寄件人 中国银行信用卡中心").line("收件人 ", p.name, " 电话 ", p.mobile)
    d.line("地址 ", p.address, " 邮编 ", p.of("D35"))


@personal("message-card-by-phone", "card-told")
def card_by_phone(d: Document) -> None:
    p = people.Person(d)
    d.line("电话订购记录").line("持卡人", p.name, "口述：信用卡号", p.of("D41"), "，有效期", p.of("D46"), "，CVV ", p.of("D45"), "。").line("客户随后又说出交易密码：", p.of("D47"), "，已提醒其不得告知。")


@personal("message-card-picture", "card-told")
def card_picture(d: Document) -> None:
    p = people.Person(d)
    d.line("正面：", p.card).line("有效期：", p.of("D46")).line("卡背面后三位：", p.of("D45")).line("取款密码：", p.of("D47")).line("机主 ", p.mobile)


@personal("message-speech", "speech")
def speech(d: Document) -> None:
    """Titles and names in running text."""
    p, q = people.Person(d), people.Person(d)
    d.line("今天上午，客户", p.name, "先生到我行办理销户，由其配偶", q.name, "女士陪同，双方身份证号分别为", p.id, "和", q.id, "。")


@personal("message-complaint", "speech")
def complaint(d: Document) -> None:
    p = people.Person(d)
    d.line("投诉工单").line("投诉人姓名：", p.name).line("联系电话：", surface.written(d.rng, p.mobile)).line("电子邮箱：", p.email)
    d.line("投诉内容：本人于2026年1月20日在贵行网点办理业务时，排队时间过长，柜员态度不佳。卡号", surface.written(d.rng, p.card), "被扣年费300元，要求退还。")


@personal("message-vcard", "vcard")
def vcard(d: Document) -> None:
    d.extension = "vcf"
    for _ in range(d.rng.randrange(1, 8)):
        p = people.Person(d)
        d.line("BEGIN:VCARD").line("VERSION:3.0").line("FN:", p.name).line("TEL;TYPE=CELL:", p.mobile).line("EMAIL:", p.email).line("END:VCARD")


@personal("message-vcard-work", "vcard")
def vcard_work(d: Document) -> None:
    d.extension = "vcf"
    for _ in range(d.rng.randrange(1, 6)):
        p = people.Person(d)
        d.line("BEGIN:VCARD").line("VERSION:4.0").line("FN:", p.name).line("TEL;VALUE=uri;TYPE=work:tel:", p.of("D29")).line("TEL;TYPE=cell:", p.mobile)
        d.line("NOTE:", p.of("D32")._replace(optional=True)).line("END:VCARD")


@personal("message-english", "abroad")
def english(d: Document) -> None:
    p = people.Person(d)
    d.line("Hi team,").line("please update the profile of our client, passport no. ", p.of("D06"), ", mobile ", p.mobile, " (Hong Kong ", p.of("D30"), "), e-mail ", p.email, ".")
    d.line("The card on file is ", p.of("D41"), " (exp ", p.of("D46"), ").").line("Ticket INC0048812, opened 2026-02-11.")


@personal("message-overseas", "abroad")
def overseas(d: Document) -> None:
    p = people.Person(d)
    d.line("客户现居香港，联系电话 ", p.of("D30"), "，护照号码 ", p.of("D06"), "，电邮 ", p.email, "，请走远程渠道。").line("备用卡号 ", p.of("D41"), "。")


@personal("message-travel", "travel")
def travel(d: Document) -> None:
    d.line("出国金融团队客户名单，二月批次：")
    for _ in range(d.rng.randrange(2, 6)):
        p = people.Person(d)
        d.line("- ", p.name, "，护照 ", p.of("D06"), "，港澳通行证 ", p.of("D09"), "，手机 ", p.mobile)


@personal("message-parking", "plate")
def parking(d: Document) -> None:
    for _ in range(d.rng.randrange(1, 6)):
        p = people.Person(d)
        d.line("车牌号：", p.of("D19"), " 车主：", p.name, " 电话：", p.mobile)


@personal("message-plate-prose", "plate")
def plate_prose(d: Document) -> None:
    p = people.Person(d)
    d.line("请为贵宾客户的车辆", p.of("D19"), "预留车位，联系人：", p.name, "，", p.mobile, "。")


@personal("message-house-sale", "house")
def house_sale(d: Document) -> None:
    p, q = people.Person(d), people.Person(d)
    d.line("二手房买卖资金托管协议").line("出卖人：", p.name, "（", p.id, "）").line("买受人：", q.name, "（", q.id, "）")
    d.line("房屋坐落：", p.address, "，建筑面积 89.21 平方米，成交价 2,350,000.00 元。").line("买受人通讯地址：", q.address, "；电话：", q.mobile)


@personal("message-house-valuation", "house")
def house_valuation(d: Document) -> None:
    for _ in range(d.rng.randrange(1, 4)):
        p = people.Person(d)
        d.line("抵押物位于", p.address, "，权利人", p.name, "，估值 ", f"{d.rng.randrange(50, 900)}", " 万元，联系人电话 ", p.of("D29"), "。")


@personal("message-branch-call", "telephone")
def branch_call(d: Document) -> None:
    p = people.Person(d)
    d.line("回访登记：", p.name, "，宅电 ", p.of("D29"), "，手机 ", p.mobile, "，预约周三上午。")


@personal("message-fax-cover", "telephone")
def fax_cover(d: Document) -> None:
    p = people.Person(d)
    d.line("传真首页").line("收件人: ", p.name).line("电话: ", p.of("D29"), "    传真: ", p.of("D29")).line("页数: 3   编号: ", numbers.number(d.rng, 11))
