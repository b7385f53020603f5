"""Numbers and words made to be taken for customer data."""
from .. import check_digits, numbers
from ..document import Document
from . import values
from .register import adversarial


def times(d: Document) -> range:
    return range(d.rng.randrange(3, 10))


@adversarial("refunds-that-pass-luhn")
def refunds(d: Document) -> None:
    for _ in times(d):
        body = "62" + numbers.digits(d.rng, 16)
        d.line("退款批次 ", body + check_digits.luhn(body), " 处理成功")


@adversarial("asset-numbers-that-pass-mod-11-2")
def assets(d: Document) -> None:
    d.line("资产标签打印队列")
    for _ in times(d):
        body = "88" + numbers.digits(d.rng, 15)
        d.line(body + check_digits.mod_11_2(body), " 交换机")


@adversarial("counters-like-mobiles")
def like_mobiles(d: Document) -> None:
    for _ in times(d):
        d.line(f"recv_bytes={values.MOBILES[d.rng.randrange(20)]}{numbers.digits(d.rng, 8)} drops=0")


@adversarial("masked-with-stars")
def stars(d: Document) -> None:
    for _ in times(d):
        d.line(f"姓名：*{d.rng.choice('明华强丽')}  卡号：622202******{numbers.digits(d.rng, 4)}  手机：1{d.rng.choice('35789')}*****{numbers.digits(d.rng, 4)}")


@adversarial("wrong-check-digits")
def wrong(d: Document) -> None:
    for _ in times(d):
        card = values.debit_card(d.rng)
        d.line("卡号：", card[:-1] + d.rng.choice([c for c in "0123456789" if c != card[-1]]), "（校验失败，请重新录入）")


@adversarial("answers-that-are-no-values")
def answers(d: Document) -> None:
    for label in d.rng.sample(["密码", "验证码", "姓名", "微信号", "保单号", "户号", "有效期", "安全码"], 6):
        d.line(label, "：", d.rng.choice(["无", "同上", "见附件", "未提供", "请输入", "******", "待补录", "不详"]))
