"""Letters and numbers before choices, in many scripts."""

from itertools import pairwise

import pytest

from bot.importers.reading.labels import NUMBER, Position, number_of, positions_of


@pytest.mark.parametrize(
    ("label", "position"),
    [
        ("A", ("upper", 0)),
        ("d", ("lower", 3)),
        ("Ｂ", ("upper", 1)),
        ("ｂ", ("lower", 1)),
        ("1", (NUMBER, 0)),
        ("12", (NUMBER, 11)),
        ("３", (NUMBER, 2)),
        ("٢", (NUMBER, 1)),
        ("۴", (NUMBER, 3)),
        ("२", (NUMBER, 1)),
        ("৩", (NUMBER, 2)),
        ("๔", (NUMBER, 3)),
        ("④", ("circled number", 3)),
        ("Ⓑ", ("circled upper", 1)),
        ("ⓒ", ("circled lower", 2)),
        ("⑵", ("number in brackets", 1)),
        ("⒝", ("in brackets lower", 1)),
        ("⒊", ("number with full stop", 2)),
        ("㊂", ("circled han number", 2)),
        ("2️⃣", ("keycap number", 1)),
        ("🅱️", ("black squared upper", 1)),
        ("🇨", ("regional letter", 2)),
        ("III", ("roman upper", 2)),
        ("Ⅳ", ("roman upper", 3)),
        ("ii", ("roman lower", 1)),
        ("Б", ("cyrillic upper", 1)),
        ("г", ("cyrillic lower", 3)),
        ("γ", ("greek lower", 2)),
        ("Δ", ("greek upper", 3)),
        ("Գ", ("armenian upper", 2)),
        ("დ", ("georgian", 3)),
        ("ג", ("hebrew", 2)),
        ("ד'", ("hebrew", 3)),
        ("ب", ("arabic abjad", 1)),
        ("الف", ("arabic abjad", 0)),
        ("أ", ("arabic abjad", 0)),
        ("هـ", ("arabic abjad", 4)),
        ("ウ", ("katakana", 2)),
        ("ｳ", ("katakana", 2)),
        ("え", ("hiragana", 3)),
        ("ハ", ("katakana iroha", 2)),
        ("㋒", ("circled katakana", 2)),
        ("나", ("hangul syllable", 1)),
        ("ㄷ", ("hangul letter", 2)),
        ("㉡", ("circled hangul letter", 1)),
        ("㉯", ("circled hangul syllable", 1)),
        ("三", ("han number", 2)),
        ("十二", ("han number", 11)),
        ("丙", ("heavenly stem", 2)),
        ("ख", ("devanagari consonant", 1)),
        ("आ", ("devanagari vowel", 1)),
        ("स", ("hindi after latin", 2)),
        ("ड", ("marathi after latin", 3)),
        ("सी", ("hindi spelled", 2)),
        ("গ", ("bengali consonant", 2)),
        ("ઘ", ("gujarati consonant", 3)),
        ("ੲ", ("gurmukhi", 2)),
        ("ஆ", ("tamil vowel", 1)),
        ("ఇ", ("telugu vowel", 2)),
        ("బి", ("telugu spelled", 1)),
        ("ಈ", ("kannada vowel", 3)),
        ("ആ", ("malayalam vowel", 1)),
        ("ง", ("thai", 3)),
        ("គ", ("khmer", 2)),
    ],
)
def test_a_label_has_its_position_in_an_alphabet(label: str, position: tuple[str, int]) -> None:
    assert Position(*position) in positions_of(label)


@pytest.mark.parametrize("text", ["", "0", "٠", "1000", "Paris", "AB", "ß", "?", "-", "½", "क्या", "第", "1a", "१क"])
def test_other_texts_label_nothing(text: str) -> None:
    assert positions_of(text) == ()


@pytest.mark.parametrize(
    "run",
    [
        "A B C D E",
        "i ii iii iv",
        "а б в г д е ж",
        "а б в г д е ё ж",
        "к л м",
        "и й к",
        "А Б В Г Ґ Д",
        "а б в г д ђ",
        "أ ب ج د هـ و",
        "ا ب ت ث ج ح خ",
        "الف ب ج د",
        "ا ب پ ت ث",
        "א ב ג ד ה",
        "ア イ ウ エ オ",
        "イ ロ ハ ニ",
        "가 나 다 라 마",
        "ㄱ ㄴ ㄷ ㄹ ㅁ",
        "一 二 三 四 五",
        "甲 乙 丙 丁",
        "क ख ग घ ङ",
        "क ख ग घ च",
        "अ ब स द",
        "अ ब क ड",
        "ক খ গ ঘ ঙ",
        "ก ข ค ง จ",
        "А В С",
        "A Б В Г",
        "A B Γ Δ",
        "1 2 3",
        "१ २ ३ ४",
    ],
)
def test_a_run_counts_up_in_one_family(run: str) -> None:
    labels = [{one.family: one.at for one in positions_of(label)} for label in run.split()]
    shared = set.intersection(*(set(one) for one in labels))
    assert any(all(b[name] - a[name] == 1 for a, b in pairwise(labels)) for name in shared)


def test_the_likeliest_family_comes_first() -> None:
    assert positions_of("B")[0] == Position("upper", 1)
    assert positions_of("i")[0] == Position("lower", 8)
    assert positions_of("С")[-1] == Position("upper", 2)


def test_capitals_and_small_letters_are_families_of_their_own() -> None:
    assert {one.family for one in positions_of("Б")}.isdisjoint(one.family for one in positions_of("б"))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        *[
            ("7", 7),
            ("٣", 3),
            ("２０", 20),
            ("③", 3),
            ("三", 3),
            ("十", 10),
            ("十一", 11),
            ("二十三", 23),
            ("九十九", 99),
        ],
        *[("III", None), ("A", None), ("", None), ("0", 0), ("9" * 19, None), ("三三", None)],
    ],
)
def test_numbers_are_read_in_any_script(text: str, number: int | None) -> None:
    assert number_of(text) == number
