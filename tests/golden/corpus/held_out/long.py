"""A little customer data in much else, and much of it in one file."""
from .. import words
from ..document import Document
from . import customers, lists, machines
from .customers import Customer, plain, written
from .quiet_prose import told
from .register import personal


def prose(d: Document, count: int) -> None:
    """Sentences about anything but customers."""
    papers = words.texts("held_out/papers")
    for name in d.rng.sample(sorted(papers), count):
        for sentence in papers[name].split("\n")[1:]:
            d.line(told(d, sentence))


@personal("long-log")
def long_log(d: Document) -> None:
    d.extension = "log"
    for _ in range(d.rng.randrange(1, 4)):
        for _ in range(d.rng.randrange(40, 120)):
            d.line(machines.chatter(d))
        c = Customer(d)
        d.line(machines.stamp(d), " [ERROR] bind failed, req={custName=", c["name"], ", idNo=", c["id"], ", phoneNo=", plain(c["mobile"]), ", acctNo=",
               plain(c["debit"]), "}")


@personal("long-paper")
def long_paper(d: Document) -> None:
    """One case between the chapters of a paper."""
    prose(d, 3)
    c = Customer(d)
    d.line("典型案例：2025年11月，客户", c["name"], "（身份证号", c["id"], "，手机号", written(d.rng, c["mobile"]), "，住", c["address"], "）到网点办理转账，柜员发现异常并劝阻。")
    prose(d, 3)


@personal("long-list", 1)
def long_list(d: Document) -> None:
    theme, layout = d.rng.choice(["payroll", "marketing", "mortgage", "insured"]), d.rng.choice(["comma", "tab", "caret", "insert", "xlsx"])
    lists.fill(d, theme, layout, False, (60, 80))  # more rows would outweigh all other files


@personal("long-thread")
def long_thread(d: Document) -> None:
    """Answers above what they answer, quoted ever deeper."""
    c, other = Customer(d), Customer(d)
    d.extension, d.encoding = "eml", "utf-8"
    d.line("Subject: Re: Re: 贷款资料").line("MIME-Version: 1.0").line("Content-Type: text/plain; charset=utf-8").line("Content-Transfer-Encoding: 8bit").add("\n")
    d.line("收到，已补录。").line("信贷部 ", customers.staff(d)).add("\n").line("> 共同借款人也发你：", other["name"], "，", written(d.rng, other["id"]), "，电话", other["mobile"])
    d.line(">> 主借款人 ", c["name"], " 的还款卡号 ", written(d.rng, c["debit"]), "，邮箱 ", c["email"]).line(">>> 请把两位的资料发过来，谢谢。").line(">>> 合同模板见附件 v3.2。")
