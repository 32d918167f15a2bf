"""The gaps in a stem are seen by every reader, whatever stands around them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.gaps import count_gaps, evened, numbered, shown_gaps
from bot.rendering.markdown import parser

pieces = st.sampled_from(
    ["___", "____", "______", " ", "a", '"', ".", "(", ")", "_", "__", "*", "\\*", "\n", "`x`", "`"]
)
stems = st.lists(pieces, max_size=12).map("".join)


@pytest.mark.parametrize(
    ("stem", "number"),
    [("___", 1), ("_____ and ___", 2), ("a___b", 1), ("__init__", 0), (r"\_\_\_", 0), ("_ _ _", 0), ("", 0)],
)
def test_three_underscores_or_more_are_a_gap(stem, number):
    assert count_gaps(stem) == number


@pytest.mark.parametrize(
    ("stem", "shown"),
    [
        ("The sky is ____.", "The sky is `____`."),
        ("____ or ____?", "`____` (1) or `____` (2)?"),
        ('"____" and "____"', '"`____` (1)" and "`____` (2)"'),
        ("Type `for ____ in ____:` or ____", "Type `for ____ (1) in ____ (2):` or ``____`` (3)"),
        ("```python\nprint(____)\n```", "```python\nprint(____)\n```"),
        ("``a ` ____`` and ____", "``a ` ____ (1)`` and ```____``` (2)"),
        ("a lone ` and ____", "a lone ` and ``____``"),
        ("`x`____`y` and ____`", "`x` ``____`` (1) `y` and ``____`` (2) `"),
    ],
)
def test_a_gap_is_shown_as_code_and_has_a_number_beside_others(stem, shown):
    assert shown_gaps(stem) == shown


@given(
    st.lists(st.sampled_from(["___", " ", "a", "`", "``", "."]), max_size=12).map(lambda some: "".join(["x", *some]))
)
def test_the_rest_of_a_stem_reads_as_it_did(stem):
    shown = re.sub(r"____ +\([0-9]+\)", "____", read(shown_gaps(evened(stem))))
    assert re.sub("[ _]+", "", shown) == re.sub("[ _]+", "", read(evened(stem)))


def read(markdown):
    return re.sub("<[^>]+>", " ", parser().render(markdown))


@given(stems)
def test_as_many_gaps_are_read_as_there_are(stem):
    assert read(shown_gaps(evened(stem))).count("____") == count_gaps(stem)


@given(stems)
def test_a_stem_whose_gaps_are_even_stays_so(stem):
    assert evened(evened(stem)) == evened(stem)
    assert count_gaps(evened(stem)) == count_gaps(stem)


def test_a_lone_blank_needs_no_number():
    assert numbered(["Seine"]) == ("Seine",)
    assert numbered(["Paris", "Seine"]) == ("(1) Paris", "(2) Seine")
    assert numbered([]) == ()
