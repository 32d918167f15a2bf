"""What the Markdown of questions reads into a text, on whatever platform it is shown."""

import pytest

from bot.rendering.markdown import parser


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ('"____" and "____"', "&quot;____&quot; and &quot;____&quot;"),
        ("(_____) or (_____)", "(_____) or (_____)"),
        ("_the ____ here_ and __there ____ too__", "<em>the ____ here</em> and <strong>there ____ too</strong>"),
        ("___both___ and __strong__", "<em><strong>both</strong></em> and <strong>strong</strong>"),
        ("`____`", "<code>____</code>"),
        ("____", "____"),
    ],
)
def test_a_row_of_underscores_is_a_gap_and_no_emphasis(text: str, html: str) -> None:
    assert parser().renderInline(text) == html
