"""Numbers made to be taken for others; told of apart, since no document is full of them by nature."""
from .. import check_digits, numbers
from ..document import Document
from ..registry import adversarial


def several(d: Document):
    return range(d.rng.randrange(3, 12))


@adversarial("adversarial-orders-that-pass-luhn")
def orders(d: Document) -> None:
    for _ in several(d):
        body = "62" + numbers.digits(d.rng, 13)
        d.line("订单号：", body + check_digits.luhn(body), " 已发货")


@adversarial("adversarial-serials-that-pass-mod-11-2")
def serials(d: Document) -> None:
    for _ in several(d):
        body = numbers.number(d.rng, 17)
        d.line("设备序列号 ", body + check_digits.mod_11_2(body))


@adversarial("adversarial-traces-like-mobiles")
def traces(d: Document) -> None:
    for _ in several(d):
        d.line(f"traceId={numbers.mobile(d.rng)} cost={d.rng.randrange(90)}ms")


@adversarial("adversarial-amounts-like-mobiles")
def amounts(d: Document) -> None:
    for _ in several(d):
        d.line("交易金额（分）：", numbers.mobile(d.rng), " 笔数：", str(d.rng.randrange(99)))


@adversarial("adversarial-wrong-identity-numbers")
def wrong(d: Document) -> None:
    for _ in several(d):
        right = numbers.resident_id(d.rng, numbers.birth_date(d.rng))
        d.line("身份证号：", right[:17] + d.rng.choice([c for c in "0123456789X" if c != right[17]]))


@adversarial("adversarial-cards-in-longer-numbers")
def longer(d: Document) -> None:
    for _ in several(d):
        d.line("流水号 ", numbers.number(d.rng, 6) + numbers.unionpay_card(d.rng))


@adversarial("adversarial-words-like-names")
def like_names(d: Document) -> None:
    for word in d.rng.sample(["安全管理", "高级经理", "白色", "金融", "平安", "方便", "万元", "成功", "文化"], 5):
        d.line("姓名：", d.rng.choice(["同上", "见附件", "不详", "待补充", "无"]), "  类别：", word)


@adversarial("adversarial-places-like-addresses")
def places(d: Document) -> None:
    for text in d.rng.sample(["浙江省杭州市西湖区人民法院", "上海市浦东新区发展和改革委员会", "广东省深圳市南山区科技创新局公告", "北京市海淀区第三次代表大会", "江苏省南京市鼓楼区地税局"], 3):
        d.line(text, "发布了通知。")
