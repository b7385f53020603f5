"""Papers in traditional characters, of customers from Hong Kong, Macao and Taiwan; some in Big5."""
from .. import numbers
from ..document import Document, Value
from . import values
from .customers import Customer
from .register import encode, personal

OLD = {"big5": 50, "utf-8": 35, "utf-16-le": 10, "gb18030": 5}


def customer(d: Document) -> Customer:
    c = Customer(d)
    c.drawn["name"] = Value("D25", values.pick("names", d.rng, "traditional surnames") + values.pick("names", d.rng, "traditional given"),
                            c.number)
    return c


@personal("traditional-form")
def form(d: Document) -> None:
    c = customer(d)
    d.line("個人帳戶開立申請書").line("中文姓名：", c["name"]).line("香港身份證號碼：", c["hkid"]).line("電郵：", c["email"]).line("聯絡電話：", c["abroad"])
    d.line("回鄉證號碼：", c["return_home"]).line("內地手機：", c["mobile"])
    d.line("信用卡號：", c["credit"]).line("申請編號 ", numbers.digits(d.rng, 10))
    encode(d, OLD)


@personal("traditional-taiwan")
def taiwan(d: Document) -> None:
    d.line("臺胞客戶資料清冊")
    for _ in range(d.rng.randrange(1, 6)):
        c = customer(d)
        d.line("姓名：", c["name"], "　身分證字號：", c["taiwan_id"], "　臺胞證：", c["taiwan_compatriot"], "　手機：", c["abroad"])
    encode(d, OLD)


@personal("traditional-letter")
def letter(d: Document) -> None:
    c = customer(d)
    d.line("敬啟者：")
    d.line("　　客戶", c["name"], "（澳門身份證：", c["macao_id"], "）來電表示，其內地銀行帳號", c["debit"], "無法登入，請致電", c["abroad"], "或電郵至", c["email"], "跟進。")
    d.line("　　此致").line("客戶服務部")
    encode(d, OLD)


@personal("traditional-list")
def listing(d: Document) -> None:
    d.extension = "csv"
    d.line("姓名,電話,電郵,信用卡號")
    for _ in range(d.rng.randrange(2, 14)):
        c = customer(d)
        d.line(c["name"], ",", c["abroad"], ",", c["email"], ",", c["credit"])
    encode(d, OLD)
