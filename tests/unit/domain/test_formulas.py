"""Which dollar signs enclose a formula, and which are money: pandoc's rule, see `bot.domain.formulas`."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.formulas import formula_at
from bot.rendering.markdown import parser
from bot.rendering.words import literal

_parser = parser()


def formulas(text: str) -> list[tuple[str, bool]]:
    """The formulas in a text, and whether each stands on its own."""
    tokens = [child for block in _parser.parse(text) for child in block.children or ()]
    return [(token.content, token.markup == "$$") for token in tokens if token.type == "formula"]


@pytest.mark.parametrize(
    "text",
    [
        "It costs $5 and $10.",
        "$20,000 and $30,000",
        r"between \$5 and 10$ a month, or $ 5 $",
        "$x$5",
        "$ x$ and $x $",
        "$",
        "$$",
        "$$$$",
        "one $ alone",
        r"\$x\$ and \$x$",
        "`$x$` and ``a ` $y$``",
        "from $5 `$x$`, or $`$x$`",
        "$$\n```\n$$\n```\n$$",
        "```\n$x$\n```",
        "    $x$ is code that is set in",
        "$a\n\nb$",
        "$$a\n\nb$$",
        "export PATH=$HOME/bin",
    ],
)
def test_money_code_and_escapes_are_no_formulas(text):
    assert formulas(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Is $x^2$ even?", [("x^2", False)]),
        ("$a_1*b*c_1$ and *more*", [("a_1*b*c_1", False)]),
        ("the $n$th, ($k$), US$5 and $y$", [("n", False), ("k", False), ("y", False)]),
        (r"$a\$b$ and \\$c$", [(r"a\$b", False), ("c", False)]),
        ("$a\nb$", [("a b", False)]),
        ("$$x$$ and $$ y $$", [("x", True), ("y", True)]),
        ("So\n$$\na\n- b\n+ c\n$$\nholds.", [("a - b + c", True)]),
        ("- first $x$\n- $$\n  y\n  $$", [("x", False), ("y", True)]),
        ("$$a\n- no formula\n\n$b$", [("b", False)]),
        ("| $a$ | b |\n|---|---|\n| 1 | $c$ |", [("a", False), ("c", False)]),
    ],
)
def test_formulas_are_found_with_their_source_unchanged(text, found):
    assert formulas(text) == found


def test_what_stands_around_a_formula_on_its_own_stays():
    kinds = [token.type for token in _parser.parse("- a\n\n$$\n- b\n$$\n- c")]
    assert kinds.count("list_item_open") == 2
    assert [token.type for token in _parser.parse("$$a\n- b\n- c")].count("list_item_open") == 2


@given(st.text(alphabet="$\\ \n`ab1-", max_size=40))
def test_a_formula_ends_behind_its_dollar_signs_and_is_not_empty(text):
    for start in (at for at, sign in enumerate(text) if sign == "$"):
        found = formula_at(text, start)
        if found is not None:
            assert found.source.strip()
            assert text[start : found.end].endswith("$$" if found.displayed else "$")
            assert "\n\n" not in text[start : found.end]


@given(st.text(alphabet="$\\ `ax^_1", max_size=40))
def test_what_somebody_typed_is_no_formula(text):
    assert formulas(literal(text)) == []
