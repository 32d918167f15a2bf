"""Blackboard's files for uploading questions: a row for each, with its kind in front and tabs between its cells."""

import pytest

from bot.domain.drafts import FindingCode, ParsedDocument, QuestionDraft
from bot.importers import parse


def read(*rows: str) -> ParsedDocument:
    document = parse("\n".join(row.replace(" | ", "\t") for row in rows).encode(), name="upload.txt")
    assert document.format == "blackboard"
    return document


def only(row: str) -> QuestionDraft:
    [question] = read(row).questions
    return question


@pytest.mark.parametrize(
    ("row", "choices", "key"),
    [
        ("MC | Which floats? | Lead | incorrect | Cork | correct", ("Lead", "Cork"), (1,)),
        ("MA | Which float? | Ice | Correct | Lead | Incorrect | Cork | Correct", ("Ice", "Lead", "Cork"), (0, 2)),
        ("TF | Cork floats. | true", ("True", "False"), (0,)),
        ("TF | Lead floats. | FALSE", ("True", "False"), (1,)),
        ("MAT | Match. | Cork | floats | Lead | sinks", ("Cork", "Lead", "floats", "sinks"), (2, 3)),
        ("ORD | Lightest first. | Cork | Ice | Lead", ("Cork", "Ice", "Lead"), (0, 1, 2)),
    ],
)
def test_choices_and_keys(row: str, choices: tuple[str, ...], key: tuple[int, ...]) -> None:
    question = only(row)
    assert (question.choices, question.key, question.findings) == (choices, key, ())


@pytest.mark.parametrize(
    ("row", "kind", "stem", "accepted"),
    [
        ("FIB | What is bark used for? | cork | corks", "short", "What is bark used for?", ["cork", "corks"]),
        ("FIB | Bark becomes _____. | cork", "blanks", "Bark becomes ____.", ["cork"]),
        ("NUM | How much is it? | 2.5 | 0.1", "number", "How much is it?", ["2.5 ± 0.1"]),
        ("NUM | How many? | 8", "number", "How many?", ["8"]),
    ],
)
def test_what_is_typed(row: str, kind: str, stem: str, accepted: list[str]) -> None:
    question = only(row)
    assert (question.kind, question.stem) == (kind, stem)
    assert [getattr(one, "text", str(one)) for one in question.accepted] == accepted


def test_gaps_with_names() -> None:
    question = only("FIB_PLUS | [one] floats, and [two] sinks. | two | lead | iron |  | one | cork")
    assert (question.kind, question.stem) == ("blanks", "____ floats, and ____ sinks.")
    assert [(one.blank, one.text) for one in question.accepted] == [(0, "cork"), (1, "lead"), (1, "iron")]


@pytest.mark.parametrize(
    "row",
    [
        "ESS | What is cork? | Bark of an oak.",
        "FIL | Upload a picture of cork.",
        "JUMBLED_SENTENCE | [a] floats. | cork | a | lead | ",
        "FIB_PLUS | [one] floats. | two | cork",
        "FIB_PLUS | [one] floats, and [two] sinks. | one |  | two | lead",
        "FIB_PLUS | [one] floats, and ____ sinks. | one | cork",
    ],
)
def test_what_cannot_be_asked_is_kept(row: str) -> None:
    assert only(row).findings == (FindingCode.KIND_NOT_ASKED,)


@pytest.mark.parametrize(
    "row",
    [
        "MC | Which floats? | Lead | incorrect | Cork",
        "MC | Which floats? | Lead | wrong | Cork | right",
        "TF | Cork floats. | perhaps",
        "XX | Which floats? | Cork",
        "MC",
    ],
)
def test_a_row_that_cannot_be_read_is_a_finding(row: str) -> None:
    document = read(*["TF | Cork floats. | true"] * 9, "TF | Lead floats. | false", row)
    assert len(document.questions) == 10
    assert [finding.line for finding in document.findings if finding.code is FindingCode.BROKEN] == [11]


def test_a_side_without_a_partner_is_a_finding() -> None:
    assert only("MAT | Match. | Cork | floats | Lead").findings == (FindingCode.BROKEN,)


def test_quotes_and_tags_are_read_as_spreadsheets_and_pages_write_them() -> None:
    question = only('MC | "Which is ""light""?" | <b>Cork</b> | correct | a < b | incorrect')
    assert (question.stem, question.choices) == ('Which is "light"?', ("**Cork**", "a < b"))


def test_a_table_with_a_column_for_kinds_is_none() -> None:
    table = "Type\tQuestion\tOption A\tOption B\tAnswer\nMC\tWhich floats?\tLead\tCork\tB\n"
    assert parse(table.encode(), name="table.tsv").format == "csv"


def test_kinds_in_small_letters_are_read() -> None:
    assert only("mc | Which floats? | Lead | incorrect | Cork | correct").key == (1,)


def test_rows_that_say_of_their_answers_what_no_row_says_are_findings() -> None:
    document = read(
        "MC | Which floats? | Lead | incorrect | Cork | correct",
        "MC | Which sinks? | Lead | right | Cork | wrong",
        "TF | Cork floats. | true",
        "TF | Lead floats. | no",
    )
    assert [question.line for question in document.questions] == [1, 3]
    assert [(finding.line, finding.code) for finding in document.findings] == [
        (2, FindingCode.BROKEN),
        (4, FindingCode.BROKEN),
    ]


def test_quotation_marks_around_the_first_words_stay() -> None:
    question = only('MC | "To be" is from which play? | "Hamlet" | correct | Lear | incorrect')
    assert (question.stem, question.choices) == ('"To be" is from which play?', ("Hamlet", "Lear"))
