"""The generator of the labelled corpus: its check digits, its labels, its voices, its determinism."""
import collections
import io
import pathlib
import random
import sys
import tempfile
import unittest
import zipfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

from corpus import __main__ as program  # noqa: E402
from corpus import check_digits, document, people, registry, templates, words  # noqa: E402, F401
from corpus.held_out import labels as held_out_labels  # noqa: E402
from corpus.templates import drawn, papers  # noqa: E402
from corpus.templates.drawn import forms, styles  # noqa: E402
from corpus.templates.drawn.noise import noise  # noqa: E402

SHOWN_ONLY_IN = {"D24"}  # looks like D01, which it may as well be called
ELEMENTS = {f"D{number:02}" for number in range(1, 87)} - SHOWN_ONLY_IN


def every(group: str, rounds: int = 1, half: str | None = None) -> list[document.Document]:
    known = [template for template in registry.TEMPLATES.values() if template.group == group and half in (None, template.half)]
    return [program.make(f"{template.name}-{i}", template, 7) for template in known for i in range(rounds)]


class CheckDigits(unittest.TestCase):
    def test_published_numbers_keep_their_check_digits(self):
        for made, right in ((check_digits.mod_11_2("11010519491231002"), "X"), (check_digits.luhn("620000000000000"), "5"),
                            (check_digits.mod_31("91350100M000100Y4"), "3"), (check_digits.organisation("D2143569"), "X"),
                            (check_digits.mod_11_10("11010800000001"), "6"), (check_digits.iban("GB", "WEST12345698765432"), "82"),
                            (check_digits.hong_kong("A", "123456"), "3"), (check_digits.hong_kong("AB", "987654"), "3"),
                            (check_digits.taiwan("A", "12345678"), "9"), (check_digits.vehicle("1M8GDM9AXKP042788"), "X"),
                            (check_digits.machine_readable("L898902C3"), "6")):
            self.assertEqual(made, right)


class Labels(unittest.TestCase):
    def test_every_span_holds_the_value_that_it_is_labelled_with(self):
        for made in every("personal"):
            content, labels = made.encode()
            if made.package:
                continue
            codec = made.encoding or next(c for c in ("utf-16-le", "utf-16-be", "utf-8", "gb18030") if decodes(content, c))
            for label in labels:
                if label.value.text:
                    shown = content[label.begin:label.end].decode(codec)
                    self.assertEqual(shown, made.escape(label.value.text), made.name)

    def test_dates_are_compared_in_one_form(self):
        for written in ("1964-08-29", "1964年8月29日", "1964/8/29", "19640829", "29 Aug 1964", "29-AUG-1964", "29AUG1964"):
            self.assertEqual(document.comparable(document.Value("D36", written)), "19640829", written)
        self.assertEqual(document.comparable(document.Value("D36", "1964年8月")), "1964年8月")
        self.assertEqual(document.comparable(document.Value("D25", "张伟")), "张伟")

    def test_nothing_is_asked_for_in_documents_without_customer_data(self):
        for group in ("quiet", "adversarial"):
            for made in every(group):
                self.assertEqual([label for label in made.encode()[1] if not label.value.optional], [], made.name)

    def test_a_value_that_may_be_called_either_way_is_asked_for_in_neither(self):
        value = document.Value("D24", "11010519491231002X", 1, also="D01")
        readings = document.Label(3, 21, value).readings()
        self.assertEqual([(r.begin, r.end, r.value.element, r.value.optional) for r in readings], [(3, 21, "D24", True), (3, 21, "D01", True)])

    def test_most_elements_are_shown_in_every_voice(self):
        shown = {voice: {label.value.element for made in every("personal", 6, "tuning") if made.voice == voice for label in made.encode()[1]}
                 for voice in ("first", "second", "third")}
        for voice, elements in shown.items():
            self.assertEqual(ELEMENTS - elements, set(), voice)


class Papers(unittest.TestCase):
    def made(self, text: str, *marks: str) -> document.Document:
        made = document.Document("paper", "third", random.Random(3))
        papers.write(made, list(marks), text)
        return made

    def test_no_mark_is_left_in_a_paper(self):
        for name, template in registry.TEMPLATES.items():
            if template.write.__module__ == papers.__name__:
                self.assertNotRegex(program.make(name, template, 5).text(), r"[«»⟨⟩]|(?m:^\*(some |few )?\d+-\d+[ {]|^\*})", name)

    def test_a_letter_is_one_person_and_in_each_turn_another(self):
        name, mobile, other = self.made("«name»«mobile»«q.name»").values()
        self.assertEqual([v.customer for v in (name, mobile, other)], [1, 1, 2])
        self.assertEqual([v.customer for v in self.made("«P.name»\n*3-3 «P.mobile»«name»").values()], [1, 1, 2, 1, 3, 1, 4])

    def test_a_value_said_twice_is_the_same_and_with_a_prime_another(self):
        one, again, other, another = self.made("«D06» «D06» «D06'» «D06''»").values()
        self.assertEqual(one, again)
        self.assertEqual(len({one, other, another}), 3)
        for kept in ("name", "id", "card", "email"):
            self.assertEqual(len({*self.made(f"«{kept}» «{kept}'» «{kept}:new»").values()}), 3, kept)

    def test_what_is_nobodys_has_no_customer_and_a_colleague_may_be_missed(self):
        made = self.made("«-.D49»«c.name»«c2.name»«k.id»")
        password, colleague, second, child = made.values()
        self.assertEqual([(v.customer, v.optional) for v in (password, colleague, second)], [(0, False), (0, True), (0, True)])
        self.assertNotEqual(colleague, second)
        self.assertTrue(document.is_minors(child))
        self.assertEqual(made.customers, 1)

    def test_a_value_written_out_may_hold_what_is_drawn(self):
        (secret,) = self.made("«-.D49?=P~a:⟨x|x⟩?«#4»=»").values()
        self.assertRegex(secret.text, r"^P~a:x\?\d{4}=$")
        self.assertTrue(secret.optional)

    def test_a_wording_is_chosen_before_the_people_in_it_are(self):
        for made in (self.made("⟨«name»|«q.name»和«r.name»⟩"), self.made("⟨|«name»⟩⟨无|«name»⟩")):
            self.assertEqual(made.customers, len({v.customer for v in made.values()}))

    def test_lines_of_a_block_come_together_or_are_drawn(self):
        self.assertEqual(self.made("*2-2{\none\ntwo\n*}\nend").text(), "one\ntwo\none\ntwo\nend\n")
        self.assertEqual(sorted(self.made("*few 9-9{\none\ntwo\nthree\n*}").text().split()), ["one", "three", "two"])
        self.assertEqual(len(self.made("*some 40-40{\none\ntwo\n*}").text().split()), 40)

    def test_a_kind_may_be_asked_for_or_not(self):
        self.assertEqual([(k.element, k.optional) for k in self.made("x", "D65?", "D71").kinds], [("D65", True), ("D71", False)])

    def test_whoever_has_an_old_number_was_born_before_2000(self):
        for seed in range(200):
            made = document.Document("paper", "third", random.Random(seed))
            papers.write(made, [], "«born_bare»«D02»")
            born, number = made.values()
            self.assertEqual(born.text[:2] + number.text[6:12], born.text)
            self.assertLess(born.text, "2000")

    def test_a_workbook_has_a_cell_between_two_tabs(self):
        made = self.made("姓名\t«name»", "xlsx")
        with zipfile.ZipFile(io.BytesIO(made.encode()[0])) as book:
            sheet = book.read("xl/worksheets/sheet1.xml").decode()
        self.assertIn(f'<c r="B1" t="inlineStr"><is><t>{made.values()[0].text}</t></is></c>', sheet)


class Drawn(unittest.TestCase):
    def person(self, seed: int = 3) -> people.Person:
        return people.Person(document.Document("drawn", "third", random.Random(seed)))

    def test_a_number_is_drawn_by_its_form_and_keeps_what_stands_in_brackets(self):
        self.assertRegex(forms.filled(random.Random(3), "[YA9]99A[M]YM"), r"^YA9\d\d[A-Z]M20[12]\d(0[1-9]|1[0-2])$")

    def test_numbers_of_companies_keep_their_check_digits(self):
        person = self.person()
        for _ in range(50):
            bank, code, tax = (drawn.value(person, name).text for name in ("cnaps", "org_bare", "tax15"))
            self.assertEqual(check_digits.mod_11_10(bank[:-1]), bank[-1])
            self.assertEqual(check_digits.organisation(code[:-1]), code[-1])
            self.assertEqual(check_digits.organisation(tax[6:-1]), tax[-1])

    def test_an_answer_is_one_to_what_was_asked(self):
        self.assertIn(drawn.value(self.person(), "answer_pet").text, words.sections("answers")["pet"])

    def test_no_two_parts_of_the_table_draw_a_value_of_one_name(self):
        parts = (drawn.persons, drawn.permits, drawn.telephones, drawn.accounts, drawn.things, drawn.secrets, drawn.devices, drawn.firms)
        self.assertEqual(len(drawn.VALUES), sum(len(part.VALUES) for part in parts))

    def test_an_old_number_is_of_somebody_born_before_2000(self):
        for seed in range(200):
            person = self.person(seed)
            number = person.of("D02").text
            self.assertEqual(number[6:12], f"{person.birth:%y%m%d}")
            self.assertLess(person.birth.year, 2000)

    def test_noise_is_as_long_as_it_says(self):
        self.assertRegex(noise(random.Random(3), "n8"), r"^[1-9]\d{7}$")
        self.assertRegex(noise(random.Random(3), "H16"), r"^[0-9A-F]{16}$")
        self.assertRegex(noise(random.Random(3), "luhn", "62", "19"), r"^62\d{17}$")

    def test_a_number_is_written_in_groups(self):
        self.assertEqual(styles.STYLES["plus_da344"]("13800138000"), "+86-138-0013-8000")
        self.assertEqual(styles.STYLES["sp4"]("378282246310005"), "3782 822463 10005")


class HeldOut(unittest.TestCase):
    def test_every_element_is_asked_for_five_times_and_more_in_the_default_corpus(self):
        asked = collections.Counter()
        for name, template in program.names("personal", "held-out", 500):
            asked.update(label.value.element for label in program.make(name, template, 1).encode()[1] if not label.value.optional)
        self.assertEqual({element: asked[element] for element in ELEMENTS if asked[element] < 5}, {})

    def test_it_is_written_in_every_encoding(self):
        made = [program.make(name, template, 1) for name, template in program.names("personal", "held-out", 500)]
        self.assertEqual({d.encoding for d in made}, {"utf-8", "utf-8-sig", "gbk", "gb18030", "big5", "utf-16-le", "utf-16-be"})

    def test_its_streets_estates_and_companies_are_not_those_of_the_tuning_half(self):
        tuning, held_out = words.sections("places"), words.sections("held_out/places")
        for heading, own in (("streets", "roads"), ("estates", "estates"), ("companies", "companies")):
            self.assertFalse({*tuning[f"{heading} first"], *tuning[f"{heading} second"], *tuning[f"{heading} third"]} & set(held_out[own]), heading)

    def test_it_calls_elements_by_labels_of_its_own_too(self):
        for element, what in (("D01", "id"), ("D27", "mobile"), ("D34", "address"), ("D40", "debit"), ("D53", "login")):
            tuning = {label for voice in ("first", "second") for label in words.labels(element, "zh", voice)}
            self.assertTrue(set(held_out_labels.known(what)) - tuning, what)


class Corpus(unittest.TestCase):
    def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(self):
        with tempfile.TemporaryDirectory() as folder:
            roots = [pathlib.Path(folder) / name for name in ("one", "two", "three")]
            for root, seed in zip(roots, (1, 1, 2)):
                program.write_corpus(root, 300, seed)
            texts = [{f.name: f.read_bytes() for f in root.iterdir()} for root in roots]
            self.assertEqual(texts[0], texts[1])
            self.assertNotEqual(texts[0], texts[2])

    def test_half_of_the_documents_are_quiet_and_half_are_held_out(self):
        with tempfile.TemporaryDirectory() as folder:
            program.write_corpus(pathlib.Path(folder) / "out", 400, 1)
            rows = [line.split("\t") for line in (pathlib.Path(folder) / "out" / "manifest.tsv").read_text().splitlines()[1:]]
            counted = collections.Counter((row[1], row[2]) for row in rows)
            expected = {(half, group): count for half in ("tuning", "held-out") for group, count in (("personal", 100), ("quiet", 100), ("adversarial", 10))}
            self.assertEqual(counted, expected)

    def test_every_template_is_in_the_default_corpus(self):
        for group, half, share in program.shares(program.DOCUMENTS):
            drawn = {template.name for _, template in program.names(group, half, share)}
            every_one = {template.name for template in registry.TEMPLATES.values() if (template.group, template.half) == (group, half)}
            self.assertEqual(every_one - drawn, set())

    def test_twins_of_a_family_speak_in_different_voices(self):
        for one, other in (("form-kyc", "form-kyc-tabular"), ("record-credit-report", "record-credit-report-brief"),
                           ("message-chat", "message-chat-export"), ("leak-tracks", "leak-track-log")):
            self.assertNotEqual(registry.TEMPLATES[one].voice, registry.TEMPLATES[other].voice)

    def test_the_voices_call_elements_by_labels_of_their_own_too(self):
        for element in ("D01", "D25", "D27", "D34", "D40"):
            first, second = (set(words.labels(element, "zh", voice)) for voice in ("first", "second"))
            self.assertTrue(first - second and second - first, element)


def decodes(content: bytes, codec: str) -> bool:
    marks = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}
    if codec in marks:
        return content.startswith(marks[codec])
    try:
        content.decode(codec)
    except UnicodeDecodeError:
        return False
    return True


if __name__ == "__main__":
    unittest.main()
