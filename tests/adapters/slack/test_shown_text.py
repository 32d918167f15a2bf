"""Slack's mrkdwn is read as Slack reads it: signs do their work, and entities are signs."""

import time

import pytest

from adapters.common.looks import Code, Line, Run, Style
from adapters.slack.text import mrkdwn
from adapters.slack.text.shown_text import runs, shown

BOLD, ITALIC, _UNDERLINED, STRUCK, CODE = ({style} for style in Style)


def run(text, *styles):
    return Run(text, frozenset().union(*styles))


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("plain &lt;b&gt; &amp;lt;", [run("plain <b> &lt;")]),
        ("*bold* _it_ ~gone~", [run("bold", BOLD), run(" "), run("it", ITALIC), run(" "), run("gone", STRUCK)]),
        ("*a _b_ c*", [run("a ", BOLD), run("b", BOLD, ITALIC), run(" c", BOLD)]),
        ("*_`x`_* `*no*`", [run("x", BOLD, ITALIC, CODE), run(" "), run("*no*", CODE)]),
        ("2 * 3 * 4, a_b_c, *not closed", [run("2 * 3 * 4, a_b_c, *not closed")]),
        ("`lone", [run("`lone")]),
    ],
)
def test_styles_are_told_from_signs(text, seen):
    assert list(runs(text)) == seen


def test_lines_are_code_quotations_and_small_print():
    assert list(shown("*one*\n\n```\n*x* &lt; 1\n```\n&gt; said")) == [
        Line(runs=(run("one", BOLD),)),
        Line(),
        Code("*x* < 1"),
        Line(runs=(run(" said"),), quoted=True),
    ]
    assert list(shown("soon", small=True)) == [Line(runs=(run("soon"),), small=True)]


def test_what_the_adapter_writes_is_read_as_it_was_typed():
    (written,) = mrkdwn.pieces("**Bold**ly *said*: `a*b` and 2 \\* 3 \\* 4 <@U1>\n\n- one\n- `two`")
    seen = [tuple((one.text.replace("\u200b", ""), one.styles) for one in line.runs) for line in shown(written)]
    assert seen == [
        (
            ("Bold", BOLD),
            ("ly ", set()),
            ("said", ITALIC),
            (": ", set()),
            ("a*b", CODE),
            (" and 2 * 3 * 4 <@U1>", set()),
        ),
        (("• one", set()),),
        (("• ", set()), ("two", CODE)),
    ]


@pytest.mark.parametrize("pump", ["*a ", "*_~`", "a* ", "* a", "*a* b*"])
def test_reading_takes_time_in_step_with_the_text(pump):
    text = pump * (8_000 // len(pump))
    before = time.thread_time()
    runs(text)
    assert time.thread_time() - before < 0.5
