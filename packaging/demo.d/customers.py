#!/usr/bin/env python3
"""Writes a list of made-up customers as CSV: valid check digits, nobody's data.

usage: customers.py COUNT > customers.csv
The same COUNT gives the same list every time.
"""
import random
import sys

SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰建国志红"
AREAS = ("110105", "310104", "440106", "330106", "510107", "320102", "420106", "610113")
PREFIXES = ("138", "139", "150", "159", "186", "188", "177", "133")
STREETS = (
    ("北京市朝阳区建国路{}号院{}号楼{}室", 60, 20, 1800),
    ("上海市徐汇区漕溪北路{}弄{}号{}室", 900, 60, 2600),
    ("广东省广州市天河区体育西路{}号{}栋{}房", 300, 12, 1900),
)


def resident_id(rng: random.Random) -> str:
    """GB 11643-1999: area, birth date, sequence, ISO 7064 MOD 11-2."""
    body = f"{rng.choice(AREAS)}{rng.randint(1955, 2003)}{rng.randint(1, 12):02}{rng.randint(1, 28):02}{rng.randint(1, 999):03}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, weights)) % 11]


def card(rng: random.Random) -> str:
    """A 19-digit UnionPay debit card number that passes Luhn (ISO/IEC 7812-1)."""
    body = "622202" + "".join(str(rng.randint(0, 9)) for _ in range(12))
    total = 0
    for place, digit in enumerate(reversed(body)):
        value = int(digit) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return body + str(-total % 10)


def main() -> int:
    if len(sys.argv) != 2 or not sys.argv[1].isdigit():
        print(__doc__, file=sys.stderr)
        return 2
    rng = random.Random(20260301)
    print("姓名,身份证号,手机号,银行卡号,地址")
    for _ in range(int(sys.argv[1])):
        name = rng.choice(SURNAMES) + "".join(rng.sample(GIVEN, rng.choice((1, 2))))
        mobile = rng.choice(PREFIXES) + "".join(str(rng.randint(0, 9)) for _ in range(8))
        street, *ranges = rng.choice(STREETS)
        address = street.format(*(rng.randint(1, top) for top in ranges))
        print(f"{name},{resident_id(rng)},{mobile},{card(rng)},{address}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
