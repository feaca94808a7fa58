"""What the search forgives and what comes first."""

import time

import pytest

from visita.web.front.finding import Entry, find

ENTRIES = (
    Entry("gastro", "Consultație gastroenterologie", ("Gastroenterology consultation", "stomac", "burtă"), ("Gastroenterologie",)),
    Entry("control", "Control gastroenterologie", (), ("Gastroenterologie",)),
    Entry("eco", "Ecografie abdominală", ("Abdominal ultrasound",), ("Imagistică",)),
    Entry("stefan", "Ștefan Dumitrescu", (), ("medic primar cardiolog",)),
    Entry("cut", "Стрижка женская", ("Women's haircut",), ("Волосы",)),
    Entry("nails", "Маникюр", ("Manicure",)),
    Entry("claws", "Kynsien leikkuu", ("Claw trim",)),
    Entry("oil", "Öl und Straße"),
    Entry("greek", "Κούρεμα"),
)  # fmt: skip


def found(typed: str) -> list[str]:
    return [one.what for one in find(typed, ENTRIES)]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ecograf", "eco"), ("ECOGRAFÍE", "eco"), ("grafie", "eco"), ("abdominala", "eco"),  # marks, case, inside
        ("ultrasound", "eco"), ("burta", "gastro"), ("haircut", "cut"),  # other languages, synonyms
        ("ecogarfie", "eco"), ("ecorafie", "eco"), ("ecografffie", "eco"), ("manicrue", "nails"),  # slips
        ("leiku", "claws"), ("стрижки", "cut"), ("strase", "oil"), ("oel", "nothing"),
        ("strizhka", "cut"), ("jenskaya", "cut"), ("manikyur", "nails"), ("kourema", "greek"),  # Latin for Cyrillic
        ("стефан", "stefan"), ("cnhb;rf", "cut"), ("ьфтшсгку", "nails"), ("'rj", "nothing"),  # the other keyboard
        ("cardiolog", "stefan"), ("consult gastro", "gastro"), ("gastro consult", "gastro"),
        ("", "nothing"), ("  ", "nothing"), ("zzzz", "nothing"), ("gastro zzzz", "nothing"), ("?!", "nothing"),
    ],
)  # fmt: skip
def test_what_was_meant_comes_first(typed: str, meant: str) -> None:
    assert (found(typed) or ["nothing"])[0] == meant


def test_a_beginning_before_a_later_word_before_what_it_is_about() -> None:
    entries = [Entry("about", "Control", near=("Eco",)), Entry("word", "Mini eco"), Entry("start", "Ecografie"),
               Entry("also", "Scan", ("eco",)), Entry("whole", "Eco")]  # fmt: skip
    assert [one.what for one in find("eco", entries)] == ["whole", "start", "word", "also", "about"]


def test_slips_only_when_nothing_was_written_so() -> None:
    entries = [Entry("slip", "Masaj"), Entry("right", "Mesaj")]
    assert [one.what for one in find("mesaj", entries)] == ["right"]
    assert {one.what for one in find("misaj", entries)} == {"right", "slip"}


@pytest.mark.parametrize(
    ("typed", "marked"),
    [
        ("stef", ["Ștef"]),
        ("dum ste", ["Ște", "Dum"]),
        ("stefna", ["Ștefan"]),
        ("zzz", []),
        ("mitre", ["mitre"]),
    ],
)
def test_the_letters_that_were_meant_are_marked(typed: str, marked: list[str]) -> None:
    pieces = [piece for one in find(typed, ENTRIES) for piece in one.name]
    assert [text for text, meant in pieces if meant] == marked


def test_pieces_make_the_name_again() -> None:
    for typed in ("str", "ol", "gastro", "strizhka", "strase"):
        for one in find(typed, ENTRIES):
            assert "".join(text for text, _ in one.name) in {entry.name for entry in ENTRIES}


def test_the_synonym_is_named_when_the_name_is_not_met() -> None:
    assert find("burta", ENTRIES)[0].by == "burtă" and find("consult", ENTRIES)[0].by == ""


def test_three_hundred_services_are_searched_in_no_time() -> None:
    many = [
        Entry(n, f"Consultație numărul {n}", ("Consultation", "sfat", "vizită"), ("Un text lung despre tot",))
        for n in range(300)
    ]
    find("consul", many)  # the words are folded once
    began = time.process_time()
    for typed in ("consul", "cosnul", "vizit", "xqzw hjkl"):
        find(typed, many)
    assert (time.process_time() - began) / 4 < 0.05
