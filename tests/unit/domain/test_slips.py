"""A small slip is told from another word."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.domain.kinds.slips import BEGINNINGS, ENDINGS, allowed, distance, slips
from tests.soak import EXAMPLES


def plain_distance(one, other):
    """Damerau's distance by the book, in a table (optimal string alignment)."""
    table = [[i + j if not i * j else 0 for j in range(len(other) + 1)] for i in range(len(one) + 1)]
    for i in range(1, len(one) + 1):
        for j in range(1, len(other) + 1):
            same = one[i - 1] == other[j - 1]
            table[i][j] = min(table[i - 1][j] + 1, table[i][j - 1] + 1, table[i - 1][j - 1] + (not same))
            if i > 1 and j > 1 and one[i - 1] == other[j - 2] and one[i - 2] == other[j - 1]:
                table[i][j] = min(table[i][j], table[i - 2][j - 2] + 1)
    return table[-1][-1]


words = st.text(st.sampled_from("abc"), max_size=9)


@settings(max_examples=4 * EXAMPLES)
@given(words, words, st.integers(0, 3))
def test_a_distance_is_the_one_in_the_books(one, other, most):
    expected = plain_distance(one, other)
    assert distance(one, other, most) == (expected if expected <= most else None)
    assert distance(one, other, most) == distance(other, one, most)


def test_long_texts_are_told_apart_without_a_table():
    long = "ab" * 5_000
    assert distance(long, long[1:], 2) == 1
    assert distance(long, "b" + long, 2) == 1
    assert distance(long, long[:5_000] + "xyz" + long[5_000:], 2) is None


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        # one letter too few, too many, wrong, in the wrong position
        *(("lambda", "lamda", 1), ("lambda", "lambdda", 1), ("lambda", "lambta", 1), ("lambda", "lamdba", 1)),
        # none under four letters, one up to seven, two from eight on
        *(("cat", "cta", None), ("cats", "cat", None), ("cats", "cast", 1), ("cats", "stac", None)),
        *(("abelian", "ableian", 1), ("abelian", "ableina", None)),
        *(("gaussian", "guassain", 2), ("gaussian", "guassin", None)),
        ("photosynthesis", "fotosyntesis", None),
        # every word for itself
        *(("vitamin c", "vitamin d", None), ("amazon sqs", "amazon sns", None), ("type ab", "type a", None)),
        *(("united states", "untied states", 1), ("new york city", "new yrok city", 1)),
        *(("supply and demand", "suply and damand", 2), ("supply and demand", "supply und demand", None)),
        # spaces and hyphens
        *(("data base", "database", 1), ("data-base", "database", 1), ("data-base", "data base", 1)),
        *(("data base", "databse", None), ("a b", "ab", None)),
        # digits
        *(("ec2 instance", "ec3 instance", None), ("iso 9001", "iso 9002", None), ("route53", "rotue53", None)),
        # signs for words or syllables
        *(("東京都庁前駅", "東京都庁前", None), ("ひらがな", "ひらかな", None), ("대한민국은", "대한민국도", None)),
        # other scripts with letters
        *(("αθηνα", "αθινα", 1), ("москва", "масква", 1), ("القاهرة", "القاهره", 1)),
        # other words
        *(("increase", "decrease", None), ("hypertension", "hypotension", None), ("nitrate", "nitrite", None)),
        *(("asynchronous", "synchronous", None), ("internal energy", "external energy", None)),
        *(("implicit", "explicit", None), ("lactase", "lactose", None), ("employer", "employee", None)),
        *(("astrology", "astronomy", None), ("ascending order", "descending order", None)),
        *(("propanol", "propanal", None), ("abduction", "adduction", None), ("stalactite", "stalagmite", None)),
        *(("exocrine gland", "endocrine gland", None), ("gigabyte", "gibibyte", None), ("interior", "inferior", None)),
        *(("conduction", "convection", None), ("refraction", "reflection", None), ("photon", "proton", None)),
        *(("ketone", "ketose", None), ("cytosine", "cytidine", None), ("discrete", "discreet", None)),
        *(("parameter", "perimeter", None), ("slovakia", "slovenia", None), ("ilium", "ileum", None)),
        *(("anaesthetic", "aesthetic", None), ("telegram", "telegraph", None), ("chromatin", "chromatid", None)),
        # a word's first letter
        *(("methane", "ethane", None), ("ethanol", "methanol", None), ("afferent", "efferent", None)),
        *(("the gambia", "the zambia", None), ("alpha", "lapha", None), ("affect", "effect", None)),
        ("lambda", "llambda", 1),
    ],
)
def test_slips_by_length(one, other, expected):
    assert slips(one, other) == expected
    assert slips(other, one) == expected


@pytest.mark.parametrize("pair", [*(f"{pair}<" for pair in BEGINNINGS), *(f">{pair}" for pair in ENDINGS)])
def test_every_pair_keeps_two_words_apart_that_would_pass_for_slips(pair):
    one, other = pair.strip("<>").split("|")
    rest = "multiplex" if other or not one else one[0] + "multiplex"
    words = (one + rest, other + rest) if pair.endswith("<") else (rest + one, rest + other)
    assert distance(*words, 2) is not None
    assert slips(*words) is None
    assert slips(*reversed(words)) is None


texts = st.lists(st.text(st.sampled_from("abcdeé"), min_size=1, max_size=9), min_size=1, max_size=3).map(" ".join)


@settings(max_examples=4 * EXAMPLES)
@given(texts, texts)
def test_slips_go_both_ways_and_are_few(one, other):
    assert slips(one, other) == slips(other, one)
    assert slips(one, one) == 0
    number = slips(one, other)
    assert number is None or number <= allowed(one, other) or one == other


@given(st.text(st.sampled_from("ghjklqrstw"), min_size=4, max_size=20), st.data())
def test_any_one_slip_behind_the_first_of_four_letters_or_more_is_one(word, data):
    at = data.draw(st.integers(1, len(word) - 1))
    letter = data.draw(st.sampled_from("vxz"))
    assert slips(word, word[:at] + letter + word[at + 1 :]) == 1
    assert slips(word, word[:at] + letter + word[at:]) == 1
    turned = word[:at] + word[at : at + 2][::-1] + word[at + 2 :]
    assert slips(word, turned) in {0, 1}
    shorter = word[:at] + word[at + 1 :]
    assume(len(shorter) >= 4)
    assert slips(word, shorter) == 1
