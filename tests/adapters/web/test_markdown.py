"""Texts of questions become HTML that can do no harm."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.web import markdown
from bot.domain.typed import typed
from bot.rendering.words import literal

ALLOWED = {"p", "em", "strong", "code", "pre", "ul", "ol", "li", "br", "table", "thead", "tbody", "tr", "th", "td"}


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a *b* **c** `d`", "<p>a <em>b</em> <strong>c</strong> <code>d</code></p>\n"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
        (
            "```python\nif x < 1:\n    pass\n```",
            '<pre><code class="language-python">if x &lt; 1:\n    pass\n</code></pre>\n',
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
        "![](https://example.com/pixel.png)",
        "<https://example.com>",
        "https://example.com",
        "[a]: https://example.com\n\n[a]",
        "&lt;script&gt;",
    ],
)
def test_nothing_links_loads_or_runs(text: str) -> None:
    for html in (markdown.blocks(text), markdown.inline(text), markdown.choice(text)):
        assert "<a" not in html
        assert "<img" not in html
        assert "<script" not in html


@given(st.text(alphabet="<>&\"'`*_-[]()!#\\ \nab1.|", max_size=60))
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
