"""Code in a fence that names its language is coloured: by classes, readable, and in bounded time."""

import re
from html import unescape
from time import thread_time

import pytest

from adapters.web import markdown
from adapters.web.highlighting import LANGUAGES, LONGEST, highlighted
from adapters.web.pages import STATIC
from tests.unit.cards.contrast import contrast

SAMPLE = '# a\n\tif x == 1: return "<b>&amp;"\n\n\nfunction f(a) { /* c */ }\n\n'
HOSTILE = ["a.", "_", "<<a\n", "&", "$", "/*{", '"', "\\", "'''", "${", "=>", "@a("]
PER_CODE_S = 0.5
"""Several times what the slowest takes, which is no regular expression that goes back and forth: that takes minutes."""


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_all_its_characters_stay_and_only_classes_are_added(language):
    html = highlighted(SAMPLE, language)
    assert unescape(re.sub(r"</?span[^>]*>", "", html)) == SAMPLE
    assert set(re.findall(r"<[^>]*>", re.sub(r'<span class="hl-[A-Za-z0-9 -]+">', "", html))) <= {"</span>"}


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_hostile_code_takes_bounded_time(language):
    began = thread_time()
    for pump in HOSTILE:
        highlighted((pump * LONGEST)[:LONGEST], language)
    assert thread_time() - began < PER_CODE_S * len(HOSTILE)


def test_the_language_comes_from_the_fence_only():
    assert '<span class="hl-k">return</span>' in markdown.blocks("```python\nreturn 1\n```")
    for text in (
        "```\nreturn 1\n```",
        "```brainfuck\nreturn 1\n```",
        "    return 1",
        f"```python\n{'1 ' * LONGEST}\n```",
    ):
        html = markdown.blocks(text)
        assert "<span" not in html
        assert "<pre><code" in html


def test_lines_stay_as_they_are():
    html = markdown.blocks('```python\n\n"""a\nb"""\n\n    c = 1\n```')
    assert re.sub(r"<[^>]*>", "", html) == "\n&quot;&quot;&quot;a\nb&quot;&quot;&quot;\n\n    c = 1\n\n".replace(
        "&quot;", '"'
    )


def colours(scheme: str) -> dict[str, tuple[int, int, int]]:
    """The style sheet's colours in a scheme, by name."""
    found = {
        name: (int(code[:2], 16), int(code[2:4], 16), int(code[4:], 16))
        for name, code in re.findall(r"--([a-z-]+): #([0-9a-f]{6});", scheme)
    }
    assert len(found) > 10
    return found


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_coloured_code_is_readable(dark):
    css = (STATIC / "room.css").read_text(encoding="utf-8")
    light, dark_part = css.split("@media (prefers-color-scheme: dark)")[:2]
    shown = colours(dark_part.split("*, ::before")[0] if dark else light)
    used = set(re.findall(r"hl-[^{]*\{ color: var\(--([a-z-]+)\)", css))
    assert {"soft", "warn", "own", "blue-ink"} <= used
    assert {
        name: round(contrast(shown[name], shown["sunk"]), 1)
        for name in used
        if contrast(shown[name], shown["sunk"]) < 4.5
    } == {}
