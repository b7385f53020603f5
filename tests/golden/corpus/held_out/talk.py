"""What people say and type to each other: chats, calls, tickets, short messages."""
from .. import numbers
from ..document import Document
from . import customers
from .customers import Customer, written
from .register import personal


def clock(d: Document) -> str:
    return f"{d.rng.randrange(8, 20):02}:{d.rng.randrange(60):02}"


@personal("chat-group")
def chat_group(d: Document) -> None:
    c, other = Customer(d), Customer(d)
    for who, parts in (("小刘-柜面", ["谁帮我查个客户，", c["name"], "，身份证", written(d.rng, c["id"])]), ("运营老周", ["查到了，预留", c["mobile"]]),
                       ("小刘-柜面", ["还有一个 ", other["name"], " ", written(d.rng, other["debit"])]),
                       ("运营老周", ["这个卡状态正常，工单号 ", numbers.digits(d.rng, 10)]), ("小刘-柜面", ["谢啦[抱拳]"])):
        d.line(f"{who} 2026/2/{d.rng.randrange(1, 28)} {clock(d)}:{d.rng.randrange(60):02}").line(*parts).add("\n")


@personal("chat-wechat-friend")
def chat_friend(d: Document) -> None:
    c = Customer(d)
    d.line("—— 聊天记录导出 ——").line("我 ", clock(d)).line("王姐您好，方便发一下资料吗？").line("客户 ", clock(d))
    d.line("我叫", c["name"], "，手机", c["mobile"], "，微信号: ", c["wechat"])
    d.line("客户 ", clock(d)).line("QQ：", c["qq"], "，邮箱", c["email"]).line("我 ", clock(d)).line("收到，明天十点到网点找我")


@personal("call-transcript")
def call(d: Document) -> None:
    c = Customer(d)
    d.line("客服录音转写  录音编号 ", f"2026021{numbers.digits(d.rng, 9)}").line("坐席：您好，请问怎么称呼？").line("客户：我叫", c["name"], "。").line("坐席：请报一下身份证号。")
    d.line("客户：", written(d.rng, c["id"]), "。")
    d.line("坐席：登记的手机是", written(d.rng, c["mobile"]), "对吗？").line("客户：对，家里电话", c["phone"], "也可以打。")
    d.line("坐席：好的，已为您转接，业务编号", numbers.digits(d.rng, 6), "。")


@personal("call-note")
def call_note(d: Document) -> None:
    for _ in range(d.rng.randrange(1, 5)):
        c = Customer(d)
        d.line(f"2/{d.rng.randrange(1, 28)} {clock(d)} ", c["name"], " ", written(d.rng, c["mobile"]), " ",
               d.rng.choice(["咨询理财赎回，", "问房贷利率调整，", "反映转账失败，", "要求回电，"]), d.rng.choice(["已处理", "待跟进", "转分行"]), "；座机", c["phone"])


@personal("ticket-card-data")
def ticket_card(d: Document) -> None:
    c = Customer(d)
    d.line(f"[INC-{numbers.digits(d.rng, 6)}] 境外网站支付失败").line("提交人: 客服中心").line("描述: 持卡人", c["name"], "在商户处支付被拒，客户提供卡片信息如下，请后台核查：")
    d.line("  卡号 ", written(d.rng, c["credit"])).line("  有效期 ", c["expiry"]).line("  CVV2 ", c["cvv"]).line("  短信验证码 ", c["otp"])
    d.line("处理: 已提示客户不得泄露，并换卡。")


@personal("ticket-pin")
def ticket_pin(d: Document) -> None:
    c = Customer(d)
    d.line("问题单：客户忘记密码反复来电").line("客户姓名：", c["name"], "；卡号：", c["debit"]).line("客户自述取款密码：", c["pin"], "，被ATM吞卡。")
    d.line("备注：安全码：", c["cvv"], " 有效期：", c["expiry"], "（坐席误记，须删除）")


@personal("ticket-english")
def ticket_english(d: Document) -> None:
    c = Customer(d)
    d.line(f"TICKET #{numbers.digits(d.rng, 7)}  Priority: P2").line("Cardholder ", c["latin"], " called about a declined payment.")
    d.line("Card number: ", written(d.rng, c["credit"]), ", exp. ", c["expiry"], ", CVV: ", c["cvv"])
    d.line("Callback: ", c["mobile"], "  E-mail: ", c["email"])
    d.line("Merchant id 898", numbers.digits(d.rng, 12), ", auth code ", numbers.digits(d.rng, 6))


@personal("ticket-passwords")
def ticket_passwords(d: Document) -> None:
    d.line("系统账号开通反馈")
    for system in d.rng.sample(["票据系统", "国际结算", "报表平台", "测试网银", "VPN"], 3):
        login = customers.nobodys(d, "login")
        d.line(system, "：用户名：", login, "，初始密码：", customers.nobodys(d, "password"), "，首次登录请修改。")


@personal("sms-outbox")
def sms_outbox(d: Document) -> None:
    for _ in range(d.rng.randrange(2, 9)):
        c = Customer(d)
        d.line(c["mobile"], "\t", d.rng.choice(["【江南银行】您的验证码：", "【江南银行】动态口令："]), c["otp"], "，请在3分钟内输入，切勿转发。\t",
               f"2026-02-{d.rng.randrange(10, 28)} {clock(d)}")


@personal("sms-account")
def sms_account(d: Document) -> None:
    for _ in range(d.rng.randrange(1, 6)):
        c = Customer(d)
        d.line("发往", c["mobile"], "：尊敬的", c["name"], "，您尾号", c["debit"].text[-4:], "的账户2月9日转入工资，当前余额：", c["balance"], "。")


@personal("delivery")
def delivery(d: Document) -> None:
    d.line("制卡寄送清单（EMS）")
    for _ in range(d.rng.randrange(1, 8)):
        c = Customer(d)
        d.line("收件人 ", c["name"], "，", written(d.rng, c["mobile"]), "，", c["address"], "，邮编", c["postcode"], "，运单 ", "1",
               numbers.digits(d.rng, 12))


@personal("one-line")
def one_line(d: Document) -> None:
    c = Customer(d)
    what = d.rng.choice(["id", "mobile", "debit", "email", "credit"])
    d.line(d.rng.choice(["帮我看下这个：", "查 ", "@所有人 客户号就是这个 ", "转给你了 "]), written(d.rng, c[what]), d.rng.choice(["", "，在线等", " 谢谢", "。"]))


@personal("name-and-number")
def name_and_number(d: Document) -> None:
    for _ in range(d.rng.randrange(1, 12)):
        c = Customer(d)
        d.line(c["name"], d.rng.choice(["\t", " ", "，", "："]), written(d.rng, c[d.rng.choice(["mobile", "id", "debit"])]))


@personal("cards-vcf")
def vcf(d: Document) -> None:
    d.extension = "vcf"
    for _ in range(d.rng.randrange(1, 9)):
        c = Customer(d)
        n = c["name"]
        d.line("BEGIN:VCARD").line("VERSION:2.1" if d.rng.random() < 0.3 else "VERSION:3.0").line("N;CHARSET=UTF-8:;", n, ";;;")
        d.line("TEL;CELL;VOICE:", c["mobile"]).line("TEL;WORK:", c["phone"]).line("EMAIL;INTERNET:", c["email"])
        d.line("ORG:", c["employer"]._replace(optional=True)).line("BDAY:", c.born("{y}-{m:02}-{d:02}")).line("REV:20260211T080000Z")
        d.line("END:VCARD")
    d.encoding = "utf-8"


@personal("intercom")
def intercom(d: Document) -> None:
    """A clerk's notepad: no labels, one thing after another."""
    for _ in range(d.rng.randrange(1, 6)):
        c = Customer(d)
        parts = [c["name"], written(d.rng, c["id"]), written(d.rng, c["mobile"]), c["plate"]]
        for place, part in enumerate(parts[:d.rng.randrange(2, 5)]):
            d.add("/" if place else "", part)
        d.add("\n")
