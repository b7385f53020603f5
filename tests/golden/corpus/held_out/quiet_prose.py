"""What offices read and write about anything but customers."""
import pathlib
import re

from .. import facts, numbers, tables, words
from ..document import Document, Value
from . import customers, values
from .register import quiet

PUBLIC = pathlib.Path(__file__).resolve().parents[2] / "public" / "held-out"
NUMBER = re.compile("‹(\\d+)›")


def told(d: Document, text: str) -> str:
    """The text with numbers, sums, places and years drawn into it."""
    text = NUMBER.sub(lambda m: numbers.number(d.rng, int(m[1])), text)
    city, county = d.rng.choice([row for row in facts.counties() if row[2]])[2:]
    drawn = {"sum": f"{d.rng.randrange(1, 20_000)}.{d.rng.randrange(100):02}", "city": city, "county": county,
             "year": str(d.rng.randrange(1985, 2026))}
    for what, said in drawn.items():
        text = text.replace(f"‹{what}›", said)
    return text


def paper(name: str, title: str, stock: list[str]) -> None:
    @quiet(f"prose-{name}")
    def write(d: Document) -> None:
        if title != "（无标题）":
            d.line(title)
        for place in sorted(d.rng.sample(range(len(stock)), d.rng.randrange(3, len(stock) + 1))):
            d.add(told(d, stock[place]), "\n" if d.rng.random() < 0.6 else "")
        d.add("\n")
        if d.rng.random() < 0.1:
            tables.word(d)


for name, text in words.texts("held_out/papers").items():
    title, *stock = text.split("\n")
    paper(name, title, stock)


@quiet("prose-minutes")
def minutes(d: Document) -> None:
    """Colleagues' names stand in minutes; they are names and no customers'."""
    d.line("行长办公会会议纪要（", f"2026年第{d.rng.randrange(1, 20)}次", "）").add("参会人员：", customers.staff(d))
    for _ in range(d.rng.randrange(2, 6)):
        d.add("、", customers.staff(d))
    d.line("").line("记录：", customers.staff(d))
    for sentence in d.rng.sample(["一、通报1月份存款余额情况，较年初净增‹sum›万元。", "二、审议《客户信息安全管理办法》，原则同意。", "三、同意采购点验钞机‹2›台，预算编号‹9›。",
                                  "四、各支行须在月底前完成密码专项检查。", "五、强调春节值班纪律，值班电话另行公布。"], 3):
        d.line(told(d, sentence))


@quiet("prose-duty")
def duty(d: Document) -> None:
    """A rota with telephones of the office."""
    d.line("网点值班安排表").line("日期\t带班\t值班电话")
    for day in range(15, 15 + d.rng.randrange(3, 8)):
        d.line(f"2月{day}日\t", customers.staff(d), "\t", customers.nobodys(d, "phone")._replace(optional=True))


@quiet("prose-branches")
def branches(d: Document) -> None:
    """Where branches are and how they are called is public."""
    for _ in range(d.rng.randrange(2, 8)):
        d.line(values.pick("places", d.rng, "branches"), "　地址：", customers.nobodys(d, "address")._replace(optional=True), "　电话：",
               customers.nobodys(d, "phone")._replace(optional=True), "　营业时间：8:30-17:00")


@quiet("prose-examples")
def examples(d: Document) -> None:
    """The stock examples of manuals: forms of the right shape that are nobody's."""
    d.line("字段填写示例（请勿录入真实数据）").line("姓名：", Value("D25", "张三", 0, True)).line("手机号：", Value("D27", "13800138000", 0, True))
    d.line("身份证号：110101********1234").line("卡号：6222 **** **** 0000").line("邮箱：", Value("D31", "zhangsan@example.com", 0, True))
    d.line(told(d, "模板版本‹8›"))


@quiet("prose-blank-form")
def blank(d: Document) -> None:
    d.line(d.rng.choice(["个人客户信息变更申请表", "借记卡挂失申请书", "征信异议申请表"]))
    mark = d.rng.choice(["：", "：____________", "：                ", "（　　　　　）", "：☐", "："])
    for label in d.rng.sample(["客户姓名", "证件号码", "手机号码", "联系地址", "邮政编码", "卡号", "有效期", "出生日期", "电子邮箱", "工作单位", "开户行", "余额", "经办人", "固定电话"], 9):
        d.line(label, mark)
    d.line("受理编号：", numbers.digits(d.rng, 12))
    if d.rng.random() < 0.3:
        tables.word(d)


@quiet("prose-model-contract")
def model_contract(d: Document) -> None:
    d.line("个人担保借款合同（标准文本）").line("借款人：________________　　证件号码：__________________").line("保证人：________________　　联系电话：__________________")
    d.line("贷款人：江南农村商业银行股份有限公司____________支行")
    for sentence in d.rng.sample(["第一条 借款金额（大写）____________元。", "第三条 还款账号：____________________。", "第五条 借款人应按期足额偿还本息，逾期按合同利率上浮50%计收罚息。",
                                  "第八条 争议提交贷款人住所地人民法院诉讼解决。", "合同文本编号：‹10›。"], 4):
        d.line(told(d, sentence))


@quiet("prose-masked")
def masked(d: Document) -> None:
    for _ in range(d.rng.randrange(1, 6)):
        d.line(told(d, "【江南银行】您尾号‹4›的账户2月9日10:21网上支付‹sum›元，可用余额***元。"))
    d.line("证件号：3201**********001X  手机：139****‹4›  户名：李*明".replace("‹4›", numbers.digits(d.rng, 4)))


def register_public() -> None:
    for file in sorted(PUBLIC.iterdir()):
        @quiet(f"public-{file.name}")
        def write(d: Document, file=file) -> None:
            d.extension = file.suffix.lstrip(".")
            whole = file.read_text(encoding="utf-8").splitlines()
            begin = d.rng.randrange(len(whole) // 2)
            for line in whole[begin:begin + d.rng.randrange(20, 70)]:
                d.line(line)


register_public()
