"""What people own and insure: vehicles, policies, securities."""
from ... import numbers, people
from ...document import Value
from . import forms
from .forms import Draw


def plate(form: str) -> Draw:
    """A plate by its form: province, letter, the rest."""
    def made(person: people.Person) -> Value:
        whole = numbers.plate(person.rng)
        return person.value("D19", form.format(whole[0], whole[1], whole[2:]))
    return made


VALUES: dict[str, Draw] = {
    "plate_dot": plate("{}{}·{}"),
    "plate_gap": plate("{}{} {}"),
    "plate_dash": plate("{}{}-{}"),
    "plate_apart": plate("{} {} {}"),
    "plate_mid": plate("{}·{}{}"),
    "plate_square": plate("{}{}・{}"),
    "plate_green": lambda p: p.value("D19", p.rng.choice("京沪粤苏浙川鲁豫") + p.rng.choice("ABCDE") + p.rng.choice("DF") + numbers.digits(p.rng, 5)),
    "plate_trailer": lambda p: p.value("D19", p.rng.choice("冀鲁豫皖晋") + p.rng.choice("ABCDE") + numbers.digits(p.rng, 4) + "挂"),
    "plate_learner": lambda p: p.value("D19", p.rng.choice("湘鄂赣闽") + p.rng.choice("ABCDE") + numbers.digits(p.rng, 4) + "学"),
    "plate_border": lambda p: p.value("D19", "粤Z" + p.rng.choice("ABCDEFGH") + numbers.digits(p.rng, 3) + p.rng.choice("港澳")),
    "policy": forms.of("D82", "[PDAA]Y99999999999999", "[P]999999999999999", "9999999999999[88]", "Y[B]999999999"),
    "claim": forms.of("D82", "[RDAA]Y99999999999999", "[CLM]YM99999999", "9[C]Y9999999999"),
    "securities": lambda p: p.value("D82", "A" + numbers.number(p.rng, 9)),
    "shareholder": forms.of("D82", "[A]999999999", "[0]999999999"),
    "shareholder_sz": forms.of("D82", "[0]999999999"),
}
