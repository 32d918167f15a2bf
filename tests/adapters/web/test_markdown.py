"""Texts of questions become HTML that can do no harm."""

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.web import markdown
from bot.domain.typed import typed
from bot.rendering.formulas.mathml import _ELEMENTS
from bot.rendering.words import literal

ALLOWED = {
    "math",
    *_ELEMENTS,
    "p",
    "em",
    "strong",
    "code",
    "pre",
    "ul",
    "ol",
    "li",
    "br",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
}


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a *b* **c** `d`", "<p>a <em>b</em> <strong>c</strong> <code>d</code></p>\n"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
        (
            "```\nif x < 1:\n    pass\n```",
            "<pre><code>if x &lt; 1:\n    pass\n</code></pre>\n",
        ),
        ("first\nsecond", "<p>first<br>\nsecond</p>\n"),
        ("# no heading", "<p># no heading</p>\n"),
    ],
)
def test_code_emphasis_and_lists_are_shown(text: str, html: str) -> None:
    assert markdown.blocks(text) == html


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[click](javascript:alert(1))",
        "![](/images/pixel.png)",
        "ftp://example.com",
        "xhttps://example.com",
        "https://",
        "`https://example.com`",
        "[a]: ftp://example.com\n\n[a]",
        "&lt;script&gt;",
    ],
)
def test_nothing_links_loads_or_runs(text: str) -> None:
    for html in (markdown.blocks(text), markdown.inline(text), markdown.choice(text)):
        assert "<a" not in html
        assert "<img" not in html
        assert "<script" not in html


@pytest.mark.parametrize("text", ["https://example.com/a_b_(c).", "<https://example.com/a_b_(c)>"])
def test_a_web_address_is_a_link_in_a_paragraph_and_text_within_a_line(text: str) -> None:
    address = "https://example.com/a_b_(c)"
    link = f'<a href="{address}" target="_blank" rel="noopener noreferrer nofollow">{address}</a>'
    assert link in markdown.blocks(text)
    assert "<a" not in markdown.inline(text) + markdown.choice(text) + markdown.choice(f"{text}\n")
    assert "<a" not in markdown.blocks(literal(text))
    assert "<img" not in markdown.blocks(f"![]({text})")


@given(st.text(alphabet="<>&\"'`*_-[]()!#\\ \nab1.|$^{}", max_size=60))
def test_only_harmless_elements_come_out(text: str) -> None:
    html = markdown.blocks(text)
    names = {part.split(">")[0].strip("/ ").split(" ")[0] for part in html.split("<")[1:]}
    assert names <= ALLOWED


def test_what_somebody_typed_is_shown_as_typed() -> None:
    name = "*Ada* <b> `x` [y](z) a_b_c"
    assert markdown.inline(literal(name)) == "*Ada* &lt;b&gt; `x` [y](z) a_b_c"


@pytest.mark.parametrize("write", [markdown.blocks, markdown.inline])
def test_a_command_that_a_text_names_is_spelled_and_makes_no_tags(write):
    command = typed("team join", name="<b>a_b</b> *x*")
    assert "Join: /quiz team join &lt;b&gt;a_b&lt;/b&gt; *x*" in write(f"Join: {command}")
    assert "<code>/quiz team join &lt;b&gt;a_b&lt;/b&gt; *x*</code>" in write(f"`{command}`")


def test_a_formula_is_mathml_and_one_that_cannot_be_read_is_code():
    html = markdown.blocks("Is $x^2$ like $\\nonsense<b>$, `$y$` or \\$5?\n\n$$\na\n- b\n$$")
    assert '<math display="inline" alttext="x^2"><msup><mi>x</mi><mn>2</mn></msup></math>' in html
    assert "<code>\\nonsense&lt;b&gt;</code>, <code>$y$</code> or $5?" in html
    assert '<math display="block" alttext="a - b">' in html


def test_where_html_takes_words_alone_a_formula_is_its_source():
    assert markdown.words("Is *all* $x^2 < 1$ `code`?") == "Is all x^2 < 1 code?"


async def test_what_takes_a_while_is_made_in_a_thread_and_then_kept():
    text = "Is $\\frac{made}{1}$?"
    made_in = []

    def make():
        html = markdown.inline(text)
        made_in.append(threading.current_thread())
        return html

    html = await markdown.beside_the_loop(make)
    assert "<mfrac>" in html
    assert await markdown.beside_the_loop(make) == html
    assert [thread is threading.main_thread() for thread in made_in] == [False, True]


def test_as_much_is_kept_as_a_long_page_has():
    markdown.forget()
    texts = [f"Choice ${number}$" for number in range(60 * 25 * 2)]
    for text in texts:
        markdown.inline(text)
    assert {key[0] for key in markdown._kept} == set(texts)


def test_a_text_that_is_longer_than_what_is_kept_is_rendered_all_the_same(monkeypatch):
    monkeypatch.setattr(markdown, "_KEPT", 10)
    assert "<math" in markdown.inline("Is $never = kept$?")
    assert ("Is $never = kept$?", True) not in markdown._kept
