"""What the Markdown of questions reads into a text, on whatever platform it is shown."""

import pytest

from bot.rendering.markdown import parser


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ('"____" and "____"', "&quot;____&quot; and &quot;____&quot;"),
        ("(_____) or (_____)", "(_____) or (_____)"),
        ("_the ____ here_ and __there ____ too__", "<em>the ____ here</em> and <strong>there ____ too</strong>"),
        ("___both___ and __very strong__", "<em><strong>both</strong></em> and <strong>very strong</strong>"),
        ("`____`", "<code>____</code>"),
        ("____", "____"),
    ],
)
def test_a_row_of_underscores_is_a_gap_and_no_emphasis(text: str, html: str) -> None:
    assert parser().renderInline(text) == html


@pytest.mark.parametrize("text", ["__init__", "x.__class__.__name__", "__main__.py and __init__()", "__get_item__"])
def test_a_name_between_underscores_stays(text: str) -> None:
    assert parser().renderInline(text) == text


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("https://a.example", ["https://a.example"]),
        ("HTTP://a.example:8080/x?y=1#z, and more", ["HTTP://a.example:8080/x?y=1#z"]),
        ("(see https://a.example/b_(c)).", ["https://a.example/b_(c)"]),
        ("**https://a.example/** _https://b.example/x_y_z/_", ["https://a.example/", "https://b.example/x_y_z/"]),
        ("[docs](https://a.example/x)", ["https://a.example/x"]),
        ("<https://a.example>", ["https://a.example"]),
        ("`https://a.example`", []),
        ("https\\://a.example", []),
        ("xhttps://a.example javascript://a.example https:// https://-a", []),
        ("https://user@b.example https://user:1@b.example", []),
    ],
)
def test_a_web_address_is_found(text: str, addresses: list[str]) -> None:
    (line,) = parser().parseInline(text)
    assert [one.content for one in line.children or () if one.type == "address"] == addresses


def test_a_link_says_where_it_leads() -> None:
    (line,) = parser().parseInline("See [*the* docs](https://a.example/x), not ![a map](https://a.example/y.png)")
    assert "".join(one.content for one in line.children or ()) == (
        "See the docs (https://a.example/x), not ![a map](https://a.example/y.png)"
    )
