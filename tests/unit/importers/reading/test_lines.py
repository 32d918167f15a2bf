"""Lines that are kept as bytes are the lines that were added."""

import tracemalloc

from bot.importers.reading.lines import Line, Lines, ending_in, kept, may_have, texts_in

FLAGGED = [
    Line(1, "A stem: Ünïcode, 한글, 🦉"),
    Line(2, ""),
    Line(2, "the second half of a line", folded=True),
    Line(7, "```", code=True),
    Line(8, "shown below", figure=True),
    Line(9, "x = 1", figure=True, code=True, folded=True),
    Line(10, "half a sign: \ud83e"),
]


def test_lines_come_back_as_they_were_added():
    lines = Lines(FLAGGED)
    assert [*lines] == FLAGGED
    assert [lines[at] for at in range(len(lines))] == FLAGGED
    assert lines[-1] == FLAGGED[-1]


def test_a_slice_has_the_lines_of_the_slice():
    lines = Lines(FLAGGED)
    assert [*lines[2:5]] == FLAGGED[2:5]
    assert lines[2:5][1] == FLAGGED[3]
    assert [*lines[9:]] == []


def test_lines_of_the_file_stand_among_lines_of_their_own():
    lines = Lines(file="first\nsécond\n".encode())
    lines.add_from_file(1, 0, 5)
    lines.add(Line(2, "instead"))
    lines.add_from_file(3, 6, 13)
    assert [*lines] == [Line(1, "first"), Line(2, "instead"), Line(3, "sécond")]
    assert lines[2] == Line(3, "sécond")


def test_what_no_line_has_is_known_without_looking_at_them():
    lines = Lines(file="in the file – {\n".encode())
    lines.add_from_file(1, 0, len("in the file – {".encode()))
    lines.add(Line(2, "of its own ~"))
    assert [may_have(lines, sign) for sign in "{–~=<"] == [True, True, True, False, False]
    assert [may_have(lines[1:], sign) for sign in "~="] == [True, False]
    assert may_have([Line(1, "~")], "=")  # nothing is known of a list


def test_lines_that_end_in_a_sign_are_found_by_their_last_byte():
    lines = Lines(file=b"-\nfirst-\n\n")
    lines.add_from_file(1, 0, 1)
    lines.add_from_file(2, 2, 8)
    lines.add_from_file(3, 9, 9)
    for text in ("", "own-", "", "-inside", "–", "-"):
        lines.add(Line(4, text))
    assert [*lines.ending_in("-")] == [0, 1, 4, 8]
    assert [*lines[1:5].ending_in("-")] == [0, 3]


def test_texts_are_those_of_the_lines_wherever_they_are_kept():
    lines = Lines(file="first\nsécond\n".encode())
    lines.add_from_file(1, 0, 5)
    lines.add_from_file(2, 6, 13)
    for text in ("", "of its own \ud800", "- ☐"):
        lines.add(Line(3, text, code=True))
    assert [*texts_in(lines)] == [*texts_in([*lines])] == ["first", "sécond", "", "of its own \ud800", "- ☐"]
    assert [*texts_in(lines[1:4])] == ["sécond", "", "of its own \ud800"]


def file_of(*texts: str) -> Lines:
    """All lines of a file with these texts."""
    file = "\n".join(texts).encode()
    lines, start = Lines(file=file), 0
    for number, text in enumerate(texts, start=1):
        lines.add_from_file(number, start, start + len(text.encode()))
        start += len(text.encode()) + 1
    return lines


def test_lines_made_of_a_file_are_those_that_were_made():
    source = file_of("first", "sécond", "", "fourth")
    made = [Line(1, "first"), Line(2, "sé"), Line(2, "cond", code=True), Line(3, ""), Line(4, "forth"), Line(9, "new")]
    assert [*kept(made, source)] == [*kept(made, [*source])] == made


def test_texts_that_were_left_as_they_are_in_the_file_are_not_kept_twice():
    source = file_of(*("x" * 10_000 for _ in range(100)))
    tracemalloc.start()
    try:
        made = kept((line._replace(code=True) for line in source), source)
        assert tracemalloc.get_traced_memory()[0] < 100_000
    finally:
        tracemalloc.stop()
    assert {line.text for line in made} == {"x" * 10_000}


def test_lines_are_left_out_by_their_indexes():
    lines = Lines(FLAGGED)
    assert [*lines.without({0, 3, len(FLAGGED) - 1})] == [*FLAGGED[1:3], *FLAGGED[4:-1]]
    assert [*lines] == FLAGGED


def test_of_a_list_any_line_may_end_in_a_sign():
    lines = [Line(1, "-"), Line(2, "=")]
    assert [*ending_in(Lines(lines), "-~")] == [0]
    assert [*ending_in(lines, "-~")] == [0, 1]
