"""Telephones as people write them, at home and beyond the border."""
from ... import facts, numbers, people
from ...document import Value
from .forms import Draw


def telephone(form: str) -> Draw:
    """A landline: {area} with its 0, {a} without; {line} whole, {left} and {right} its halves, {ext} an extension."""
    def made(person: people.Person) -> Value:
        rng = person.rng
        area, _, _, longest = rng.choice(facts.rows("area_codes"))
        line = rng.choice("2345678") + numbers.digits(rng, int(longest) - 1)
        parts = {"area": area, "a": area[1:], "line": line, "left": line[:-4], "right": line[-4:], "ext": numbers.number(rng, 3)}
        return person.value("D29", form.format(**parts))
    return made


def abroad(form: str, lead: str, size: int) -> Draw:
    """A telephone of Hong Kong, Macao or Taiwan, its last four digits apart where the form says so."""
    def made(person: people.Person) -> Value:
        line = person.rng.choice(lead) + numbers.digits(person.rng, size - 1)
        return person.value("D30", form.format(line=line, left=line[:-4], right=line[-4:]))
    return made


VALUES: dict[str, Draw] = {
    "mobile": lambda p: p.value("D27", numbers.mobile(p.rng)),
    "tel": telephone("{area}-{line}"),
    "tel_tight": telephone("{area}{line}"),
    "tel_gap": telephone("{area} {line}"),
    "tel_full": telephone("{area}－{line}"),
    "tel_braces": telephone("（{area}）{line}"),
    "tel_wide": telephone("（{area}） {line}"),
    "tel_round": telephone("({area}) {line}"),
    "tel_split": telephone("{area}-{left} {right}"),
    "tel_halves": telephone("{area}-{left}-{right}"),
    "tel_gaps": telephone("{area} {left} {right}"),
    "tel_ext": telephone("{area}-{line}转{ext}"),
    "tel_ext_gap": telephone("{area}-{line} 转 {ext}"),
    "tel_branch": telephone("{area}-{line}分机{ext}"),
    "tel_dash": telephone("{area}-{line}-{ext}"),
    "tel_x": telephone("{area}-{line} ext. {ext}"),
    "tel_abroad": telephone("+86-{a}-{line}"),
    "tel_abroad_gaps": telephone("+86 {a} {left} {right}"),
    "tel_abroad_round": telephone("+86({a}){line}"),
    "tel_zeros": telephone("0086-{a}-{line}"),
    "hk": abroad("+852 {left} {right}", "569", 8),
    "hk_tight": abroad("+852{line}", "569", 8),
    "hk_dash": abroad("852-{line}", "569", 8),
    "hk_braces": abroad("(852) {left}-{right}", "569", 8),
    "hk_zeros": abroad("00852-{line}", "569", 8),
    "hk_land": abroad("+852 {left} {right}", "23", 8),
    "mo": abroad("+853 {left} {right}", "6", 8),
    "mo_dash": abroad("853-{line}", "6", 8),
    "mo_land": abroad("+853 {left} {right}", "2", 8),
    "tw": abroad("+886 {line}", "9", 9),
    "tw_dash": abroad("+886-{line}", "9", 9),
    "tw_gaps": abroad("+886 {left} {right}", "9", 9),
    "tw_land": abroad("+886-2-{left}-{right}", "2", 8),
}
