"""What doesn't count in a typed text is folded away, and nothing else."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.kinds.folding import ARTICLES, behind_a, fold
from bot.domain.lines import one_line
from tests.soak import EXAMPLES

ALIKE = [
    ("Lambda", "LAMBDA", "  lambda ", "Lambda.", "“Lambda”", "(lambda)", "the Lambda", "The “Lambda”!", "lambda…"),
    ("café", "cafe", "CAFÉ", "cafe\u0301", "Cafe", "le café", "Café?"),
    ("Straße", "STRASSE", "strasse", "Strasse", "die Straße", "STRAẞE"),
    ("İstanbul", "istanbul", "ISTANBUL", "ıstanbul", "Istanbul", "i\u0307stanbul"),
    ("ＡＷＳ", "aws", "AWS"),
    ("1984", "١٩٨٤", "１９８４", "१९८४"),
    ("l'eau", "L’eau", "eau", "l´eau"),
    ("New\u00a0York", "new   york", "New\tYork"),
    ("smörgåsbord", "smorgasbord"),
    ("Øresund", "oresund"),
    ("Łódź", "Lodz"),
    ("encyclopædia", "encyclopaedia"),
    ("ΣΟΦΟΣ", "σοφός", "σοφοσ"),
    ("ﬁn", "fin"),
    ("مُحَمَّد", "محمد", "محـمد"),
    ("שָׁלוֹם", "שלום"),
    ("ёлка", "елка", "Ёлка"),
    ("한국", unicodedata.normalize("NFD", "한국")),
    ("soft\u00adware", "software"),
    ("¿Qué?", "que"),
    ("the", "The", "THE.", "“the”"),
    ("das Haus", "ein Haus", "Haus", "haus"),
    ("el niño", "un nino", "niño"),
    ("gli amici", "amici"),
    ("as flores", "flores"),
    ("un'ora", "ora"),
    ("well‐known", "well-known"),
]
DIFFERENT = [
    *(("C", "C#"), ("C", "C++"), ("C#", "C++"), ("5", "-5"), ("≠", "="), ("∉", "∈"), ("が", "か"), ("कल", "कुल")),
    *(("[]", "()"), ("!", "?"), ("A", "the"), ("50%", "50"), ("O negative", "A negative"), ("i band", "A band")),
    *(("e-mail", "e mail"), ("", "a"), ("x", "y"), ("ба", "ва"), ("\u0301", "\u0300"), ("the cat", "cats")),
    ("A positive", "positive"),
]


@pytest.mark.parametrize("texts", ALIKE, ids=[texts[0] for texts in ALIKE])
def test_what_does_not_matter_does_not_count(texts):
    assert {fold(text) for text in texts} == {fold(texts[0])}


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_what_matters_counts(one, other):
    assert fold(one) != fold(other)


@pytest.mark.parametrize("language", ARTICLES)
def test_an_article_is_left_out_only_before_something_else(language):
    for article in set(ARTICLES[language].split()) - {"a"}:
        assert fold(f"{article} xylophone") == "xylophone"
        assert fold(f"{article}xylophone") == f"{article}xylophone"
        assert fold(article) == article
        assert fold(f"{article} .") == article


def test_an_a_is_left_out_before_several_words_and_may_be_before_one():
    assert fold("A vector space") == "vector space"
    assert fold("A vector") == "a vector"
    assert [behind_a(folded) for folded in ("a vector", "an axis", "a", "vector")] == ["vector", "", "", ""]


texts = st.text(max_size=30) | st.text(st.sampled_from("aàÀßİıiIøθΣς'’ .!?«»(-ñк١が ＡÆ"), max_size=30)
lines = texts.map(one_line)


@settings(max_examples=4 * EXAMPLES)
@given(lines)
def test_forms_of_the_same_text_fold_alike(text):
    folded = fold(text)
    assert fold(unicodedata.normalize("NFD", text)) == folded
    assert fold(unicodedata.normalize("NFC", text)) == folded
    assert fold(f"  {text}\n") == folded
    assert bool(folded) == bool(text)


@settings(max_examples=4 * EXAMPLES)
@given(st.text(st.sampled_from("aàÀßiIøΣς ñк!.()"), max_size=20))
def test_small_and_large_letters_fold_alike(text):
    assert fold(text.upper()) == fold(text) == fold(text.lower())


@settings(max_examples=4 * EXAMPLES)
@given(st.text(max_size=40) | st.text(st.characters(categories=["Cc", "Cf", "Cs", "Zs", "Mn"]), max_size=20))
def test_a_line_is_kept_as_it_is_once_it_is_one(text):
    line = one_line(text)
    assert one_line(line) == line
    assert line == unicodedata.normalize("NFC", line)
    assert line == " ".join(line.split())
    line.encode()
    assert "\x00" not in line


@given(st.text(st.characters(max_codepoint=0x7F), max_size=20))
def test_plain_text_becomes_the_same_line_beside_a_letter_of_another_alphabet(text):
    assert one_line(f"{text} я") == f"{one_line(text)} я".lstrip()


def test_a_line_keeps_what_is_seen_and_what_scripts_and_emoji_need():
    assert one_line(" a\u202eb\x00c\n\ud800d\ufdd0e\u200f ") == "abc de"
    assert one_line("می‌خواهم 👩‍🔬") == "می‌خواهم 👩‍🔬"
