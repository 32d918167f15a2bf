"""Trivia lists of Red: questions above lists of answers, in YAML, where answers stay as their author wrote them."""

from contextlib import suppress
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.drafts import FindingCode
from bot.domain.errors import BadFile
from bot.importers import parse
from bot.importers.reading import shape
from tests.budget import at_usual_pace
from tests.unit.importers.as_read import codes, only, read

EXAMPLES = Path(__file__).parents[5] / "shared" / "examples"


def messages(text: str) -> list[tuple[int, str, str]]:
    return [(finding.line, finding.code, finding.message) for finding in read(text, "redtrivia").findings]


def test_a_list() -> None:
    document = read(
        """
        # made for a test
        AUTHOR: Ada, Bob
        DESCRIPTION: >-
          All about
          cork.
        Does cork float?:
        - it does
        - It  floats
        - IT DOES

        "What is the #1 use of cork: floors or bottles?":
          - bottles
        Which tree is it from? (two words): [cork oak, 'Quercus suber']
        """
    )
    assert document.format == "redtrivia"
    assert [(one.line, one.kind, one.stem, one.accepted) for one in document.questions] == [
        (6, "short", "Does cork float?", ("it does", "It floats")),
        (11, "short", "What is the #1 use of cork: floors or bottles?", ("bottles",)),
        (13, "short", "Which tree is it from? (two words)", ("cork oak", "Quercus suber")),
    ]
    assert [(note.line, note.text) for note in document.notes] == [(2, "By Ada, Bob."), (3, "All about cork.")]
    assert (document.findings, codes(document)) == ((), [[], [], []])


@pytest.mark.parametrize(
    "answer",
    [
        *("yes", "No", "TRUE", "off", "y", "null", "~", "Null", "=", "<<", "NaN", ".inf"),
        *("007", "0x1F", "1_000", "3:30", "1e3", "5.", "37,500", "0o17", "+5", "-0", "1.10"),
        *("2015-01-01", "2001-12-14t21:59:43.10-05:00", "12:30:45", "C#", "a: b:c"[3:], "!!str", "$25,000", "100%"),
    ],
)
def test_answers_are_the_words_of_their_author(answer: str) -> None:
    written = f"'{answer}'" if answer.startswith(("!", "%")) else answer
    assert only(f"AUTHOR: me\nWhich one is it?:\n- {written}").accepted == (answer,)
    assert only(f'AUTHOR: me\nWhich one is it?:\n- "{answer}"').accepted == (answer,)


def test_questions_are_the_words_of_their_author_and_may_be_there_twice() -> None:
    document = read("AUTHOR: me\n1984:\n- a novel\nyes:\n- no\n1984:\n- a year")
    assert [(one.stem, one.accepted) for one in document.questions] == [
        ("1984", ("a novel",)),
        ("yes", ("no",)),
        ("1984", ("a year",)),
    ]
    assert codes(document) == [[], [], []]


def test_a_question_may_have_several_lines_and_markdown() -> None:
    question = only('AUTHOR: me\n" Is **this** it?\\nSay so:\\n- yes, or\\n- no":\n- no')
    assert question.stem == "Is **this** it?\nSay so:\n- yes, or\n- no"
    assert only("AUTHOR: me\n? Is this\n  it\n: - no", "redtrivia").stem == "Is this it"


def test_the_settings_of_a_game_are_left_out_and_that_is_told() -> None:
    text = "$schema: x\nCONFIG:\n  delay: 20\n  bot_plays: false\nVERSION: 3\nWho?:\n- Ada\nNASA?:\n- no\n"
    document = read(text)
    assert [question.stem for question in document.questions] == ["Who?", "NASA?"]
    assert [(line, code) for line, code, _text in messages(text)] == [(2, "skipped"), (5, "skipped")]
    assert "“CONFIG” was left out" in messages(text)[0][2]


def test_a_question_about_what_stands_behind_a_link_needs_it() -> None:
    text = "AUTHOR: me\nWhose flag is it? https://example.org/flag.png:\n- Chad"
    assert only(text).findings == (FindingCode.NEEDS_FIGURE,)
    assert messages(text)[0][2] == "It needs what is at https://example.org/flag.png, which didn't come with the file."


@pytest.mark.parametrize(
    ("item", "accepted", "code", "told"),
    [
        ("Who?:\n- Ada #1\n- Bob", ("Ada", "Bob"), "simplified", "“#1” was taken for a comment"),
        ("Who?:\n- Re: Zero\n- Bob", ("Bob",), "simplified", "put it in quotes"),
        ("Who?:\n- [Ada]\n- Bob", ("Bob",), "simplified", "put it in quotes"),
        (f"Who?:\n- {'x' * 301}\n- Bob", ("Bob",), "simplified", "more than 300 characters"),
        (
            "Who?:\n" + "\n".join(f"- x{n}" for n in range(60)),
            tuple(f"x{n}" for n in range(50)),
            "simplified",
            "first 50",
        ),
        ("Who?: Ada", ("Ada",), "", ""),
        ("Who?:\n- ''\n- Ada\n-", ("Ada",), "", ""),
        ("Who?:", (), "unkeyed", "no answer"),
        ("Who?: []", (), "unkeyed", "no answer"),
        ("Who?:\n- {a: b}", (), "simplified", "isn't text"),
        ("? [Who?]\n: - Ada", None, "broken", "isn't text"),
        ("'':\n- Ada", None, "broken", "isn't text"),
    ],
)
def test_what_is_odd_is_told_and_its_neighbours_stay(
    item: str, accepted: tuple[str, ...] | None, code: str, told: str
) -> None:
    text = f"AUTHOR: me\nWhy?:\n- so\n{item}\nWhen?:\n- now\n"
    document = read(text, "redtrivia")
    middle = [question.accepted for question in document.questions[1:-1]]
    assert (middle, document.questions[-1].stem) == ([] if accepted is None else [accepted], "When?")
    found = messages(text)
    assert {one for _line, one, _text in found} - {"unkeyed"} == {code} - {"unkeyed", ""}
    assert any(told in text for _line, one, text in found if one == code) or not code
    assert all(line in (4, 5) for line, _code, _text in found)


def test_a_comment_behind_quotes_or_a_space_is_one() -> None:
    assert messages("AUTHOR: me\nWho?:\n- 'Ada' #1\n- Bob # the builder\n# next\nWhy?:\n- so") == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("AUTHOR: me\nWho?:\n- a\nWhy? (Foo: bar) what?:\n- b", "line 4: This isn't valid YAML"),
        ("AUTHOR: me\nWho?:\n- a\nWho is #1 here?:\n- b", "line [45]: This isn't valid YAML"),
        ("AUTHOR: me\nWho?:\n- &x a\nWhy?:\n- *x", "line 5: Aliases"),
        ('AUTHOR: me\nWho?:\n- "a\\0"', "line 3: A character here isn't text"),
        ("- AUTHOR: me", "This isn't a trivia list"),
        ("# nothing", "This isn't a trivia list"),
        ("{}", "This isn't a trivia list"),
        ("Who?:\n- a\n---\nWhy?:\n- b", "line 3: This isn't valid YAML"),
        ("AUTHOR: " + "[" * 1_000_000, "deep nesting"),
        ("AUTHOR:\n" + "- " * 400_000, "deep nesting"),
        ("AUTHOR: [" + "a," * 499_999 + "]", "more than 500000 values"),
        ("AUTHOR: " + "{a: " * 200_000, "deep nesting"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_time(text: str, told: str) -> None:
    began = process_time()
    with pytest.raises(BadFile, match=told):
        parse(text.encode(), format="redtrivia")
    assert at_usual_pace(process_time() - began) < 3


def test_a_file_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shape, "MAX_DATA_BYTES", 10)
    with pytest.raises(BadFile, match="more than 0 MiB"):
        read("AUTHOR: me\nWho?:\n- a")


@pytest.mark.parametrize(
    "text",
    [
        "Who?:\n- Ada\n- Bob\nWhy?:\n- so",
        "---\nWho?:\n  - Ada\n\n\n# why\nWhy?:\n  - so\n",
        "AUTHOR: me\nMyanmar:\n- Naypyidaw\nChad:\n- N'Djamena",
    ],
)
def test_a_list_is_known_by_its_questions_or_its_author(text: str) -> None:
    assert read(text).format == "redtrivia"


@pytest.mark.parametrize(
    "text",
    [
        "title: Cork\nquestions:\n- stem: Does cork float?\n  kind: short\n  accepted: [yes]",
        "questions:\n- stem: Does cork float?\n",
        "Things to bring:\n- milk\n- tea\n\nThings to leave:\n- cares",
        "1. What floats?\n- A) cork\n- B) lead\nAnswer: A",
        "What do you need?:\n- milk\n\nMix it all, and wait until it is firm.\n\nThen eat it.",
        "on:\n  push:\n    branches:\n    - main\njobs:\n- test",
        "AUTHOR: me\n\nThis is a note about cork.\nIt floats.\n\nKinds:\n- light\n",
    ],
)
def test_other_files_are_none(text: str) -> None:
    with suppress(BadFile):
        assert read(text).format != "redtrivia"


@pytest.mark.parametrize("name", ["bank.yaml", "bank.txt", ""])
@pytest.mark.parametrize("end", ["", "AUTHOR: me\nWho?:\n- Ada\nWhy?:\n- so\n"])
def test_a_bank_of_the_projects_own_is_never_taken(name: str, end: str) -> None:
    text = f"{end}format: quizbot-bank/2\nquestions:\n- kind: card\n  stem: Who?\n  back: Ada\n"
    with suppress(BadFile):
        assert parse(text.encode(), name=name).format == "quizbot"


LINES = st.sampled_from(
    [
        "AUTHOR: me",
        "CONFIG: {a: b}",
        "Who?:",
        "- a",
        "- yes # b",
        "  - 'c",
        "- d: e",
        "? f",
        ": - g",
        "",
        "|",
        "- |",
        "#",
    ]
)


@given(st.lists(LINES | st.text(max_size=6), max_size=12).map("\n".join).filter(str.strip))
def test_any_lines_are_read_or_refused(text: str) -> None:
    with suppress(BadFile):
        parse(text.encode(), format="redtrivia")


answers = st.text("abAB12'\"#:{}[]*&!|>%@`,?-éß東", min_size=1, max_size=8)


@given(st.lists(answers, min_size=1, max_size=4, unique_by=str.casefold))
def test_any_answers_in_quotes_are_read_back_the_same(texts: list[str]) -> None:
    quoted = "".join("- '{}'\n".format(text.replace("'", "''")) for text in texts)
    assert only(f"AUTHOR: me\nWhich one is it?:\n{quoted}").accepted == tuple(texts)


@pytest.mark.parametrize(
    "sign", ["- a\n", "Who?:\n", "Who?:\n- a\n", "a: [b]\n", "#", "- #\n", "http://", "\n", "'", "AUTHOR: a\n"]
)
@pytest.mark.parametrize("frame", ["{0}", "AUTHOR: me\n{0}", "Who?:\n- a\n{0}?:\n- b"])
def test_a_sign_over_and_over_takes_no_time(frame: str, sign: str) -> None:
    data = frame.format(sign * (50_000 // len(sign))).encode()
    began = process_time()
    with suppress(BadFile):
        parse(data, format="redtrivia")
    assert at_usual_pace(process_time() - began) < 3


@pytest.mark.skipif(not EXAMPLES.exists(), reason="needs example files that aren't part of the project")
def test_a_real_file_is_read_whole() -> None:
    document = parse((EXAMPLES / "red-trivia.yaml").read_bytes())
    assert (document.format, len(document.questions), document.findings) == ("redtrivia", 164, ())
    assert [note.line for note in document.notes] == [1, 2]
    assert not any(question.findings for question in document.questions)
