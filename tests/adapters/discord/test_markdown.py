"""Texts in Discord's dialect."""

import pytest

from adapters.discord import markdown
from bot.rendering.words import literal


@pytest.mark.parametrize(
    ("source", "written"),
    [
        ("plain words", "plain words"),
        ("**bold** and *slanted* `x < y`", "**bold** and *slanted* `x < y`"),
        ("two\nlines", "two\nlines"),
        ("one\n\ntwo", "one\n\ntwo"),
        ("```python\nprint(1)\n```", "```python\nprint(1)\n```"),
        ("    indented", "```\nindented\n```"),
        ("- a\n- b", "- a\n- b"),
        ("3. a\n4. b", "3. a\n4. b"),
        ("- a\n  - b\n- c", "- a\n  - b\n- c"),
        ("text\n- a\n\nmore", "text\n\n- a\n\nmore"),
    ],
)
def test_what_is_meant_stays(source, written):
    assert markdown.blocks(source) == written


@pytest.mark.parametrize(
    ("source", "written"),
    [
        ("a || b || c", r"a \|\| b \|\| c"),
        ("# not a heading", r"\# not a heading"),
        ("x\n> not a quote", "x\n\\> not a quote"),
        ("-# not small", r"\-# not small"),
        ("<@123> and <#5> and <t:1:R>", r"\<@123> and \<#5> and \<t:1:R>"),
        ("[free money](ftp://evil.example)", r"\[free money](ftp\:\/\/evil.example)"),
        (literal("https://evil.example"), r"https\:\/\/evil.example"),
        ("a*b", r"a\*b"),
        ("snake_case and __init__", r"snake\_case and \_\_init\_\_"),
        ("~~gone~~", r"\~\~gone\~\~"),
        (r"\*stars\*", r"\*stars\*"),
        ("`lone tick", r"\`lone tick"),
    ],
)
def test_what_discord_would_read_into_a_text_is_escaped(source, written):
    assert markdown.blocks(source) == written


def test_a_web_address_is_a_link_that_says_where_it_leads():
    assert markdown.blocks("See https://a.example/x_y.") == "See <https://a.example/x_y>."
    assert markdown.blocks("[the *docs*](https://a.example/)") == "the *docs* (<https://a.example/>)"


def test_a_fence_that_is_never_closed_ends_with_its_text():
    assert markdown.blocks("```\nx = 1") == "```\nx = 1\n```"


def test_a_fence_inside_code_does_not_end_the_block():
    assert markdown.blocks("~~~\n```\nstill code\n~~~").count("```") == 2


def test_ticks_inside_code_are_kept():
    assert markdown.blocks("`` a`b ``") == "`` a`b ``"


def test_bare_words_have_no_signs():
    assert markdown.plain("**a** `b`\n```\ncode\n```") == "a b code"


def test_columns_are_aligned_whatever_letters_are_in_them():
    assert markdown.aligned([("Place", "Name", "Points"), ("1", "日本", "20"), ("2", "Ada", "7.5")]) == (
        "```\nPlace  Name  Points\n1      日本      20\n2      Ada      7.5\n```"
    )
