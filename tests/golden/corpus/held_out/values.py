"""What customers have, by name: the element it is and how it is written. Forms are those of the standards and of
public specimens; numbers are drawn at random and bear right check digits."""
import random
import typing

from .. import check_digits, facts, numbers, words

digits, number = numbers.digits, numbers.number
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"  # as passports and plates use them: neither I nor O
# Prefixes and lengths of debit cards as they are printed on public specimens; 62 and four digits more: a local bank.
DEBIT = [("622202", 19), ("621226", 19), ("622848", 19), ("621700", 19), ("621661", 19), ("622262", 19), ("621483", 16),
         ("622588", 16), ("622908", 18), ("622622", 16), ("622521", 16), ("622298", 16), ("621799", 19), ("622188", 19), ("622690", 16)]
MOBILES = "138 139 136 137 135 150 151 152 158 159 186 187 188 189 133 153 180 181 177 176 185 156 155 131 132 130 199 198 191 193 166 175 178 182 183 184 147 157 173 195 196 190 197 170 171 165".split()


def pick(name: str, rng: random.Random, section: str) -> str:
    return rng.choice(words.sections(f"held_out/{name}")[section])


def mobile(rng) -> str:
    line = rng.choices(MOBILES, [3] * 20 + [1] * (len(MOBILES) - 20))[0] + digits(rng, 8)
    chance = rng.random()
    if chance < 0.90:
        return line
    if chance < 0.94:
        return rng.choice(["+86", "+86 ", "+86-", "0086"]) + line
    return rng.choice(["{} {} {}", "{}-{}-{}"]).format(line[:3], line[3:7], line[7:])


def landline(rng) -> str:
    code, _, _, longest = rng.choice(facts.rows("area_codes"))
    line = rng.choice("2345678") + digits(rng, int(longest) - 1)
    form = rng.choice(["{}-{}", "{}-{}", "({}){}", "（{}）{}", "{} {}", "{}-{}-" + digits(rng, rng.choice([3, 4])), "{}{}"])
    return form.format(code, line)


def abroad(rng) -> str:
    return rng.choice([f"+852 {rng.choice('569')}{digits(rng, 3)} {digits(rng, 4)}", f"+852-{rng.choice('569')}{digits(rng, 7)}",
                       f"+8536{digits(rng, 7)}",
                       f"+886-9{digits(rng, 8)}", f"+886 9{digits(rng, 2)} {digits(rng, 3)} {digits(rng, 3)}", f"00852{rng.choice('569')}{digits(rng, 7)}"])


def debit_card(rng) -> str:
    prefix, size = rng.choice(DEBIT) if rng.random() < 0.8 else ("62" + digits(rng, 4), rng.choice([16, 17, 18, 19, 19]))
    body = prefix + digits(rng, size - 1 - len(prefix))
    return body + check_digits.luhn(body)


def passport(rng) -> str:
    return rng.choice([f"E{digits(rng, 8)}", f"E{rng.choice(LETTERS)}{digits(rng, 7)}", f"E{rng.choice(LETTERS)}{digits(rng, 7)}",
                       f"G{digits(rng, 8)}"])


def plate(rng) -> str:
    head = rng.choice("京沪粤苏浙川鲁豫鄂湘皖闽渝津冀晋辽吉黑陕甘桂云贵琼新") + rng.choice("ABCDEFGHJKLM")
    chance = rng.random()
    if chance < 0.3:
        return head + rng.choice("DF") + rng.choice(LETTERS + "0123456789") + digits(rng, 4)
    tail = "".join(rng.choices(LETTERS + "0123456789" * 4, k=5))
    return head + (tail if any(c.isdigit() for c in tail) else "8" + tail[1:]) if chance < 0.9 else f"{head}·{digits(rng, 5)}"


def hong_kong(rng) -> str:
    prefix = rng.choice(["A", "B", "D", "G", "H", "K", "M", "P", "R", "S", "Y", "Z", "WX"])
    body = digits(rng, 6)
    return f"{prefix}{body}({check_digits.hong_kong(prefix, body)})"


def vehicle(rng) -> str:
    body = rng.choice(["LSG", "LFP", "LVH", "LDC", "LJD", "LNB"]) + "".join(rng.choices(LETTERS.replace("Q", "") + "0123456789",
            k=8)) + digits(rng, 6)
    return body[:8] + check_digits.vehicle(body) + body[9:]


def iban(rng) -> str:
    country, account = rng.choice([("DE", digits(rng, 18)), ("GB", rng.choice(["NWBK", "MIDL"]) + digits(rng, 14)),
                                   ("CH", digits(rng, 17)), ("ES", digits(rng, 20)),
                                   ("IT", rng.choice(LETTERS) + digits(rng, 22)), ("AE", digits(rng, 19)), ("AT", digits(rng, 16))])
    whole = country + check_digits.iban(country, account) + account
    return whole if rng.random() < 0.7 else " ".join(whole[i:i + 4] for i in range(0, len(whole), 4))


def green_card(rng, birth) -> str:
    return rng.choice(["KOR", "USA", "FRA", "AUS", "SGP"]) + rng.choice(facts.counties())[0][:4] + f"{birth:%y%m%d}" + digits(rng, 2)


def password(rng) -> str:
    word = rng.choice(["wang", "Li", "Zhao", "qaz", "P@ss", "Bank", "hello", "spring", "Nj", "guest", "Icbc"])
    return rng.choice([word + digits(rng, 6), word.capitalize() + rng.choice("@#$!.") + digits(rng, 4),
                       digits(rng, 2) + word + "_" + "".join(rng.choices("abcdefgXYZ", k=4)),
                       "".join(rng.choices("abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789#@!%", k=12))])


def yuan(rng) -> str:
    cents = rng.choice([rng.randrange(1000, 99_999), rng.randrange(100_000, 99_999_999)])
    return rng.choice(["{:,.2f}", "{:.2f}", "{:,.2f}元", "￥{:,.2f}", "人民币{:.2f}元"]).format(cents / 100)


def wan(rng) -> str:
    return rng.choice([f"{rng.randrange(3, 900)}万元", f"{rng.randrange(3, 90)}万", f"{rng.randrange(30_000, 900_000)}元",
                       f"{rng.randrange(30_000, 900_000):,}"])


def organisation(rng) -> str:
    body = digits(rng, 8)
    return f"{body}-{check_digits.organisation(body)}"


def company(rng) -> str:
    place = (rng.choice(facts.counties())[2] or "重庆市").removesuffix("市")
    if rng.random() < 0.25:
        return pick("places", rng, "works") if rng.random() < 0.5 else place + pick("places", rng, "works")
    return place + pick("places", rng, "companies") + pick("places", rng, "trades")


def cell(sequence: str):
    """A maker of a form: # is a digit, @ a letter, the rest itself; forms are parted by blanks."""
    def make(rng, _customer) -> str:
        return "".join(rng.choice("0123456789") if c == "#" else rng.choice(LETTERS) if c == "@" else c for c in rng.choice(sequence.split()))
    return make


def of_bank(rng) -> str:
    body = rng.choice(["102", "103", "104", "105", "301", "302", "305", "308", "309", "402", "403"]) + rng.choice(["2900", "1000", "5810",
            "3310", "6510", "5210"]) + digits(rng, 4)
    return body + check_digits.mod_11_10(body)


Maker = typing.Callable[..., str]
alone = lambda make: lambda rng, _customer: make(rng)
born = lambda make: lambda rng, customer: make(rng, customer.birth)
MAKERS: dict[str, tuple[str, Maker]] = {
    "id": ("D01", lambda rng, c: numbers.resident_id(rng, c.birth, c.male)),
    "old_id": ("D02", born(numbers.old_resident_id)),
    "residence": ("D03", lambda rng, c: numbers.resident_id(rng, c.birth, c.male, rng.choice(["810000", "820000", "830000"]))),
    "foreign_residence": ("D04", born(numbers.permanent_resident_id)),
    "green_card": ("D05", born(green_card)),
    "passport": ("D06", alone(passport)),
    "official_passport": ("D07", cell("D######## S######## P######## DE####### SE####### PE#######")),
    "to_hong_kong": ("D09", cell("C######## C@####### W########")),
    "return_home": ("D10", cell("H######## H########## M######## M##########")),
    "taiwan_compatriot": ("D11", cell("########")),
    "to_taiwan": ("D12", cell("L######## T########")),
    "hkid": ("D13", alone(hong_kong)),
    "macao_id": ("D14", cell("1######(#) 5######(#) 7######(#)")),
    "taiwan_id": ("D15", alone(numbers.taiwan_id)),
    "officer": ("D16", cell("军字第#######号 空字第######号 海字第######号 武字第########号 政字第######号")),
    "household": ("D17", alone(lambda rng: number(rng, 9))),
    "driving": ("D18", alone(lambda rng: number(rng, 12))),
    "plate": ("D19", alone(plate)),
    "vin": ("D20", alone(vehicle)),
    "social": ("D21", cell("@######## A########")),
    "fund": ("D22", alone(lambda rng: number(rng, rng.choice([10, 12, 14, 17])))),
    "medical": ("D23", cell("########## M######### ZY######## @########")),
    "taxpayer": ("D24", lambda rng, c: c["id"].text),
    "mobile": ("D27", alone(mobile)),
    "iot": ("D28", cell("1400######### 1410######### 10647########")),
    "phone": ("D29", alone(landline)),
    "abroad": ("D30", alone(abroad)),
    "wechat": ("D32", alone(lambda rng: rng.choice(["wxid_", "zx-", "baobao_", "a"]) + "".join(rng.choices("abcdefghijklmnopqrstuvwxyz0123456789", k=10)))),
    "qq": ("D33", alone(lambda rng: number(rng, rng.choice([7, 8, 9, 10, 10])))),
    "postcode": ("D35", alone(lambda rng: rng.choice(facts.counties())[0][:2] + digits(rng, 2) + "00")),
    "income": ("D38", alone(wan)),
    "assets": ("D38", alone(wan)),
    "employer": ("D39", alone(company)),
    "debit": ("D40", alone(debit_card)),
    "credit": ("D41", alone(numbers.international_card)),
    "cvv": ("D45", cell("###")),
    "expiry": ("D46", alone(lambda rng: rng.choice(["{}/{}", "{}/{}", "{}/20{}"]).format(*numbers.expiry(rng)))),
    "pin": ("D47", cell("######")),
    "pin_block": ("D48", alone(lambda rng: f"{rng.getrandbits(64):016X}")),
    "password": ("D49", alone(password)),
    "otp": ("D51", cell("###### ###### ####")),
    "answer": ("D52", alone(lambda rng: rng.choice(["光明小学", "王老师", "豆豆", "青岛", "红楼梦", "姥姥家", "踢足球"]))),
    "login": ("D53", alone(lambda rng: pick("names", rng, "latin given").lower() + digits(rng, rng.choice([2, 3, 4])))),
    "passbook": ("D54", alone(lambda rng: number(rng, rng.choice([15, 17, 18, 21])))),
    "company_account": ("D55", alone(lambda rng: number(rng, rng.choice([14, 17, 18, 20])))),
    "clearing": ("D56", alone(of_bank)),
    "bic": ("D57", alone(lambda rng: rng.choice(["DEUTDEFF", "HSBCHKHH", "COMMCNSH", "CIBKCNBJ", "BOFAUS3N", "SCBLSGSG"]) + rng.choice(["",
            "XXX"]))),
    "iban": ("D58", alone(iban)),
    "credit_code": ("D59", alone(numbers.credit_code)),
    "organisation": ("D60", alone(organisation)),
    "licence": ("D61", alone(numbers.licence)),
    "tax_number": ("D62", alone(lambda rng: rng.choice(facts.counties())[0] + organisation(rng).replace("-", ""))),
    "token": ("D63", cell("62############## 62#################")),
    "balance": ("D64", alone(yuan)),
    "bill": ("D66", cell("######## 3############### 1############################# 2#############################")),
    "loan": ("D67", cell("DK############## 2025######## GD2025###### JJ############")),
    "imei": ("D77", alone(numbers.equipment_id)),
    "imsi": ("D78", cell("46000########## 46001########## 46011##########")),
    "iccid": ("D78", alone(numbers.sim_card)),
    "ip": ("D79", alone(numbers.public_address)),
    "mac": ("D80", alone(numbers.mac_address)),
    "policy": ("D82", cell("8############## A######### PICC########## 0#########")),
}
