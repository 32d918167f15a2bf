"""Markdown becomes Slack's markup, and what isn't meant as markup stays text."""

import pytest

from adapters.slack.text.mrkdwn import choice, inline, pieces, unmarked, visible
from bot.domain.typed import Mention
from bot.rendering.words import literal

NOTHING = "\u200b"


@pytest.mark.parametrize(
    ("markdown", "mrkdwn"),
    [
        ("Which **rare** *positives*?", "Which *rare* _positives_?"),
        ("`x < y` & <b>now</b>", "`x &lt; y` &amp; &lt;b&gt;now&lt;/b&gt;"),
        ("**a *b* c**", "*a* *_b_* *c*"),
        ("**one\ntwo**", "*one*\n*two*"),
        ("- a\n- b\n  1. c\n  2. d", "• a\n• b\n  1. c\n  2. d"),
        ("First.\n\nSecond.", "First.\n\nSecond."),
        ("See\n\n```py\nx = '<y>'\n```\n\nthen", "See\n```\nx = '&lt;y&gt;'\n```\nthen"),
        ("|a|b|\n|-|-|\n|1|**two**|", "```\na  b\n1  two\n```"),
        ("5 * 3 * 2, snake_case_name, ~5 and ~6", "5 * 3 * 2, snake_case_name, ~5 and ~6"),
        ("12:30:45", "12:30:45"),
    ],
)
def test_markdown_is_converted(markdown: str, mrkdwn: str) -> None:
    assert pieces(markdown) == [mrkdwn]


@pytest.mark.parametrize("name", ["*Ada*", "_x_", "~gone~", "`code`", "*a* `b` _c_", "__init__"])
def test_what_was_typed_is_no_markup(name: str) -> None:
    shown = inline(literal(name))
    assert not set("*_~`") & set(shown)
    assert len(shown) == len(name)


def test_a_typed_sign_beside_real_markup_does_not_end_it() -> None:
    assert inline(r"**2\* more**") == "*2∗ more*"


def test_a_typed_backtick_beside_code_does_not_begin_some() -> None:
    assert inline(r"a \` and `b`") == "a ˋ and `b`"


def test_a_typed_sign_does_not_pair_with_one_inside_code() -> None:
    assert inline("_x in `a_b_`, 5* and ~6") == "ˍx in `a_b_`, 5* and ~6"


def test_markup_inside_a_word_is_parted_from_it() -> None:
    assert inline("un**believ**able") == f"un{NOTHING}*believ*{NOTHING}able"


def test_a_typed_greater_than_begins_no_quote() -> None:
    assert pieces("> 5\nand > 6") == [f"{NOTHING}&gt; 5\nand &gt; 6"]


def test_a_name_between_colons_is_no_emoji() -> None:
    assert inline("std::vector:x:") == f"std::{NOTHING}vector:{NOTHING}x:"


@pytest.mark.parametrize("text", ["<!channel>", "<@U123>", "<#C123>", "<!subteam^S1>", "<ftp://x.example|click>"])
def test_nothing_typed_is_a_mention_or_a_link(text: str) -> None:
    for shown in (inline(text), unmarked(text), choice(text, "*A*  ")[0], pieces(f"```\n{text}\n```")[0]):
        assert "<" not in shown.replace("&lt;", "")


def test_a_web_address_is_a_link_that_says_where_it_leads() -> None:
    assert inline("See https://a.example/x_y?b=1&c=, or **https://b.example**") == (
        "See <https://a.example/x_y?b=1&amp;c=>, or *<https://b.example>*"
    )
    assert inline("[docs](https://a.example/)") == "docs (<https://a.example/>)"
    assert inline("[x](https://a.example/|https://b.example)") == "x (<https://a.example/%7Chttps://b.example>)"
    assert "<" not in inline(literal("https://a.example"))


def test_a_web_address_is_never_split() -> None:
    address = f"https://a.example/{'x' * 200}"
    parts = pieces(f"{address} {address} {'y' * 310} {address}", 300)
    assert len(parts) > 3
    assert "\n".join(parts).count(f"<{address}>") == 3


def test_a_mention_is_never_split() -> None:
    parts = pieces(f"{Mention('U0123456789')}," * 50, 100)
    assert len(parts) > 3
    assert sum(part.count("<@U0123456789>") for part in parts) == 50


@pytest.mark.parametrize("text", ["1. first", "- dash", "+ plus", "> more", "| a | b |"])
def test_a_choice_on_one_line_is_no_list(text: str) -> None:
    (shown,) = choice(text, "*A*  ")
    assert shown.replace(NOTHING, "") == f"*A*  {text}".replace(">", "&gt;")


def test_a_choice_of_code_stands_below_its_letter() -> None:
    assert choice("```\nx = 1\n```", "*B*  ") == ["*B*\n```\nx = 1\n```"]


def test_long_prose_is_split_between_words_with_its_markup_whole() -> None:
    parts = pieces("word *it* **two words** " * 300, 500)
    assert len(parts) > 10
    for part in parts:
        assert len(part) <= 500
        assert part.count("*") % 2 == part.count("_") % 2 == 0
        assert not part.startswith("ord")


def test_long_code_is_split_between_lines_and_each_part_is_framed() -> None:
    parts = pieces("```\n" + "\n".join(f"line {n} <x>" for n in range(300)) + "\n```", 400)
    assert all(len(part) <= 400 and part.startswith("```\nline") and part.endswith("&gt;\n```") for part in parts)
    assert "".join(parts).count("line") == 300


def test_a_word_longer_than_a_block_is_split() -> None:
    assert "".join(pieces("x" * 7000)) == "x" * 7000


def test_a_frame_inside_code_does_not_end_it() -> None:
    (shown,) = pieces("````\n```\nx\n```\n````")
    assert shown.count("```") == 2


def test_what_is_read_has_no_markup() -> None:
    assert visible(r"**Bold** `code` \*Ada\* <b>") == "Bold code *Ada* <b>"
