"""Passwords, codes, answers, keys and what bodies are known by."""
import base64
import random

from ... import numbers, people, words
from ...document import Value
from .forms import Draw

ANSWERS = ("school", "pet", "food", "place", "person", "book", "english")


def phrase(rng: random.Random) -> str:
    """A password as programs make them, or of words."""
    letters = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKMNPQRSTUVWXYZ23456789"
    made = "".join(rng.choices(letters, k=rng.choice([10, 12, 16])))
    return rng.choice([made, made[:6] + "$" + made[6:], f"{made[:4]}-{made[4:8]}-{made[8:]}", "woaini" + numbers.digits(rng, 4), "P@ssw0rd" + numbers.digits(rng, 3)])


def answer(*asked: str) -> Draw:
    """An answer to a security question about one of several things."""
    return lambda person: person.value("D52", person.rng.choice(words.sections("answers")[person.rng.choice(asked)]))


def in_base64(rng: random.Random, least: int, most: int) -> str:
    return base64.b64encode(bytes(rng.randrange(256) for _ in range(rng.randrange(least, most)))).decode()


def pem(name: str) -> Draw:
    def made(person: people.Person) -> Value:
        body = in_base64(person.rng, 100, 900)
        lines = "\n".join(body[i:i + 64] for i in range(0, len(body), 64))
        return person.value("D83", f"-----BEGIN {name}-----\n{lines}\n-----END {name}-----")
    return made


VALUES: dict[str, Draw] = {
    "phrase": lambda p: p.value("D49", phrase(p.rng)),
    "pin_any": lambda p: p.value("D47", numbers.digits(p.rng, 6))._replace(also="D49"),
    "code4": lambda p: p.value("D51", numbers.digits(p.rng, 4)),
    "code6": lambda p: p.value("D51", numbers.digits(p.rng, 6)),
    **{f"answer_{asked}": answer(asked) for asked in ANSWERS},
    "answer": answer(*ANSWERS),
    "template": lambda p: p.value("D50", in_base64(p.rng, 780, 1500)),
    "key": pem("PRIVATE KEY"),
    "key_ec": pem("EC PRIVATE KEY"),
    "key_rsa": pem("RSA PRIVATE KEY"),
    "key_ssh": pem("OPENSSH PRIVATE KEY"),
    "key_locked": pem("ENCRYPTED PRIVATE KEY"),
    "key_sm2": lambda p: p.value("D83", "".join(p.rng.choices("0123456789abcdef", k=64))),
}
