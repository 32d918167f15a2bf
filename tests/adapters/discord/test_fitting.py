"""Texts fit, and nothing of them is lost while they do."""

from adapters.discord.fitting import cut, fits, length, pieces


def test_an_emoji_is_two_long():
    assert length("a😀") == 3


def test_what_fits_is_not_cut():
    assert cut("abc", 3) == "abc"


def test_what_is_cut_says_so_and_fits():
    assert cut("a" * 300, 256) == "a" * 255 + "…"
    assert length(cut("😀" * 300, 256)) <= 256


def test_a_text_is_cut_between_lines():
    lines = [f"{number} {'x' * 500}" for number in range(10)]
    found = pieces("\n".join(lines))
    assert len(found) == 2
    assert "\n".join(found).split("\n") == lines
    assert all(length(piece) <= 4096 for piece in found)


def test_code_that_is_cut_goes_on_as_code():
    found = pieces("```python\n" + "\n".join("y = 1  # " + "x" * 90 for _ in range(50)) + "\n```\nafter")
    assert len(found) == 2
    assert found[0].endswith("\n```")
    assert found[1].startswith("```python\ny = 1")
    assert found[1].endswith("```\nafter")
    assert all(length(piece) <= 4096 for piece in found)


def test_a_line_without_end_is_cut_at_a_space():
    found = pieces("word " * 1100)
    assert "".join(found).replace("\n", "").split() == ["word"] * 1100


def test_a_line_without_spaces_is_cut_anyway():
    assert all(length(piece) <= 4096 for piece in pieces("😀" * 5000))


def test_six_thousand_fit_with_the_title():
    text = "\n".join(["x" * 999] * 5)
    assert fits(text, 1000)
    assert not fits(text, 1010)


def test_no_text_still_makes_an_embed():
    assert pieces("") == ["\u200b"]
