"""HTML inside texts: which entities are resolved, and what only looks like one."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.importers.reading.html import entities_resolved

CASE = Path(__file__).parents[5] / "shared" / "cases" / "html_entities.txt"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("&quot;less than or equal&quot;", '"less than or equal"'),
        ("&lt;= &gt;= &amp;&amp;", "<= >= &&"),
        ("caf&eacute; &Eacute;cole &ouml;", "café École ö"),
        ("it&#39;s it&#x27;s it&#X27;s", "it's it's it's"),
        ("a&nbsp;b", "a\u00a0b"),
        ("&frac12; &rarr; &hellip; &euro;", "½ → … €"),
        ("&#128512; &#x1F600;", "\U0001f600 \U0001f600"),
        ("&#150; &#x92;", "– ’"),
        ("&NotEqualTilde;", "≂̸"),
        ("&amp;lt;b&amp;gt;", "&lt;b&gt;"),
    ],
)
def test_complete_entities_become_what_browsers_show(text: str, shown: str) -> None:
    assert entities_resolved(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "AT&T",
        "a && b; c & d;",
        "?a=1&copy=2&lt=3",
        "&eacute without its end",
        "&unknown; &lta; &notit; &;",
        "R&D; Q&A;",
        "&#; &#x; &#xzz; &#99999999;",
        "&#1; &#xb;",
        "plain",
        "",
    ],
)
def test_what_only_looks_like_an_entity_stays(text: str) -> None:
    assert entities_resolved(text) == text


@given(st.text("&#x;ltamp0123 ", max_size=60))
def test_no_text_grows_or_fails(text: str) -> None:
    assert len(entities_resolved(text)) <= len(text)


def test_a_quiz_with_entities_in_stems_and_choices_is_resolved() -> None:
    if not CASE.exists():
        pytest.skip("the shared cases aren't here")
    lines = entities_resolved(CASE.read_text(encoding="utf-8")).splitlines()
    assert lines[:5] == [
        '1. Which operator means "less than or equal"?',
        "A. <=",
        "B. >=",
        "C. &&",
        "D. café",
    ]
