"""Check digits, written from the standards and not from the detector: what is wrong in one shows in the other."""


def mod_11_2(digits: str) -> str:
    """ISO 7064 MOD 11-2 as GB 11643-1999 uses it; `digits` are the 17 before the check character."""
    remainder = 0
    for digit in digits:
        remainder = (remainder + int(digit)) * 2 % 11
    return "0123456789X"[(12 - remainder) % 11]


def luhn(digits: str) -> str:
    """The check digit behind `digits` (ISO/IEC 7812-1, Annex B)."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        doubled = int(digit) * (2 if place % 2 == 0 else 1)
        total += doubled - 9 if doubled > 9 else doubled
    return str(-total % 10)


def mod_11_10(digits: str) -> str:
    """ISO 7064 MOD 11,10, as business licences and clearing numbers use it."""
    product = 10
    for digit in digits:
        product = ((int(digit) + product) % 10 or 10) * 2 % 11
    return str((11 - product) % 10)


CREDIT_CODE_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def mod_31(characters: str) -> str:
    """The check character of a unified social credit code (GB 32100-2015); `characters` are 17."""
    total = sum(CREDIT_CODE_ALPHABET.index(c) * pow(3, i, 31) for i, c in enumerate(characters))
    return CREDIT_CODE_ALPHABET[-total % 31]


def organisation(characters: str) -> str:
    """The check character of an organisation code (GB 11714-1997); `characters` are 8."""
    weights = (3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(c, 36) * w for c, w in zip(characters, weights))
    return "0123456789X0"[(11 - total % 11) % 11]


def iban(country: str, account: str) -> str:
    """The two check digits between country and account (ISO 7064 MOD 97-10)."""
    digits = "".join(str(int(c, 36)) for c in account + country + "00")
    return f"{98 - int(digits) % 97:02}"


def hong_kong(prefix: str, digits: str) -> str:
    """The check character of a Hong Kong identity card; one letter counts as a space and a letter."""
    values = [36 if c == " " else int(c, 36) for c in prefix.rjust(2) + digits]
    return "0123456789A"[-sum(v * w for v, w in zip(values, range(9, 1, -1))) % 11]


def taiwan(letter: str, digits: str) -> str:
    """The check digit of a Taiwan identity number; `digits` are the eight before it."""
    number = 10 + "ABCDEFGHJKLMNPQRSTUVXYWZIO".index(letter)
    values = [number // 10, number % 10, *map(int, digits)]
    return str(-sum(v * w for v, w in zip(values, (1, 9, 8, 7, 6, 5, 4, 3, 2, 1))) % 10)


def vehicle(characters: str) -> str:
    """A vehicle identification number's ninth character (GB 16735); `characters` are all 17."""
    values = dict(zip("ABCDEFGHJKLMNPRSTUVWXYZ", (1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 7, 9, 2, 3, 4, 5, 6, 7, 8, 9)))
    weights = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
    total = sum(w * (int(c) if c.isdigit() else values[c]) for c, w in zip(characters, weights))
    return "0123456789X"[total % 11]


def machine_readable(characters: str) -> str:
    """A check digit of a machine-readable zone (ICAO Doc 9303, weights 7 3 1)."""
    values = [0 if c == "<" else int(c, 36) for c in characters]
    return str(sum(v * (7, 3, 1)[i % 3] for i, v in enumerate(values)) % 10)
