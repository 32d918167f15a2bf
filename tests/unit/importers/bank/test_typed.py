"""Statements and typed questions in the project's own format, and written out and read back."""

import json
import re
from dataclasses import replace
from decimal import Inexact, localcontext
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.accepted import MOST_ACCEPTED, MOST_DIGITS, AcceptedNumber, NearMiss
from bot.domain.drafts import QuestionDraft
from bot.domain.errors import BadFile
from bot.domain.identity import BankId, QuestionId
from bot.domain.kinds import KINDS, kind_of
from bot.domain.questions import Question
from bot.domain.revisions import draft_of, first_revision
from bot.domain.views import LONGEST_TYPED
from bot.importers import export, parse
from bot.importers.bank.kinds import KINDS_IN_BANKS, in_banks
from bot.resources import resource
from bot.testing import draft, number, short, statement

DEFINED = json.loads(resource("data", "bank.schema.json").read_text(encoding="utf-8"))["$defs"]
BANK = """\
format: quizbot-bank/2
questions:
  - kind: true_false
    stem: S3 stores objects.
    answer: true
  - kind: number
    stem: How long is a marathon?
    accepted: [42.195, {value: 42, tolerance: 0.5}, {value: "1e3", tolerance: 5%}, {from: 26, to: "53/2"}]
    unit: km
  - kind: short
    stem: Which service runs code without servers?
    accepted: [AWS Lambda, Lambda]
    near_misses:
      - {text: Fargate, hint: Fargate runs containers.}
  - kind: short
    stem: Which command lists files?
    accepted: [ls]
    exact: true
  - kind: short
    stem: Who knows?
  - stem: Which floats?
    choices: [{text: Lead}, {text: Cork, right: true}]
"""


def question(draft: QuestionDraft, number: int = 1) -> Question:
    return first_revision(draft, question_id=QuestionId(number), bank_id=BankId(1))


def documented(draft: QuestionDraft) -> dict[str, object]:
    return in_banks(draft).documented(draft)


def test_files_hold_every_kind_and_the_schema_knows_it() -> None:
    assert list(KINDS_IN_BANKS) == list(KINDS) == DEFINED["question"]["properties"]["kind"]["enum"]


def test_a_bank_of_every_kind_is_read() -> None:
    said, counted, named, exact, unkeyed, chosen = parse(BANK.encode()).questions
    assert (said.kind, said.choices, said.key) == ("true_false", ("True", "False"), (0,))
    assert (counted.kind, counted.choices, counted.unit) == ("number", (), "km")
    assert counted.accepted == (
        AcceptedNumber(value=Fraction("42.195")),
        AcceptedNumber(value=Fraction(42), tolerance=Fraction("0.5")),
        AcceptedNumber(value=Fraction(1000), tolerance=Fraction("0.05"), relative=True),
        AcceptedNumber.between(Fraction(26), Fraction("26.5")),
    )
    assert (named.kind, named.accepted, named.exact) == ("short", ("AWS Lambda", "Lambda"), False)
    assert named.near_misses == (NearMiss(text="Fargate", hint="Fargate runs containers."),)
    assert (exact.accepted, exact.exact) == (("ls",), True)
    assert [str(code) for code in unkeyed.findings] == ["unkeyed"]
    assert chosen.kind == "choice"
    assert not any(one.findings for one in (said, counted, named, exact, chosen))


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("bank/2", "bank/1", 3, "“kind” needs “format: quizbot-bank/2”"),
        ("kind: true_false", "kind: [short]", 3, "must be text"),
        ("answer: true", "answer: perhaps", 5, "true or false"),
        ("answer: true", "accepted: [true]", 5, "question 1, accepted: .*no “accepted”"),
        ("[42.195,", "[42.195 km,", 8, "accepted answer 1.*3.5"),
        ("tolerance: 0.5", "tolerance: -0.5", 8, "isn't valid"),
        ("tolerance: 0.5", "tolerance: .nan", 8, "isn't valid"),
        ("[42.195,", "[.inf,", 8, "isn't valid"),
        ("[42.195,", "[3:30,", 8, "isn't valid"),
        ("[42.195,", "[0x1F,", 8, "isn't valid"),
        ("[42.195,", "[true,", 8, "a number, or a value with a tolerance"),
        ("tolerance: 0.5", "tolerance: []", 8, "must be a number[.]"),
        ("{value: 42, ", "{", 8, "“value” is missing"),
        ("{from: 26, to", "{to", 8, "“from” is missing"),
        ("{from: 26, to", "{value: 3, from: 26, to", 8, "“value” doesn't go with the rest"),
        ('"53/2"', '"1e9999"', 8, "isn't valid"),
        ('"53/2"', '"1e999"', 8, "question 2, accepted answer 4: “26 to 1e999…” has too many digits"),
        ("accepted: [ls]", "accepted: [1984]", 17, "must be text: put it in quotes."),
        ("accepted: [ls]", "accepted: [yes]", 17, "must be text: put it in quotes."),
        ("accepted: [ls]", "accepted: [2026-01-31]", 17, "must be text: put it in quotes."),
        ("accepted: [ls]", "accepted: [[ls]]", 17, "must be text[.]$"),
        ("accepted: [ls]", "accepted: []", 17, "List at least 1"),
        ("    exact: true", "    unit: km", 18, "no “unit”"),
        (", hint: Fargate runs containers.", "", 14, "“hint” is missing"),
        ("choices: [{text: Lead}", "accepted: [Cork]\n    choices: [{text: Lead}", 22, "no “accepted”"),
    ],
)
def test_a_mistake_is_named_with_its_line(old: str, new: str, line: int, words: str) -> None:
    assert old in BANK
    with pytest.raises(BadFile, match=words) as raised:
        parse(BANK.replace(old, new, 1).encode())
    assert raised.value.line == line


def test_a_number_needs_no_quotes_however_long_it_may_be() -> None:
    told = f"-{'9' * MOST_DIGITS}.{'9' * MOST_DIGITS}"
    read = parse(BANK.replace("42.195", told).encode()).questions[1]
    assert read.accepted[0] == AcceptedNumber(value=Fraction(told))


def test_a_range_is_shown_and_written_as_its_two_ends() -> None:
    told = "[{from: 1/3, to: 2/3}, {from: 4, to: 3}]"
    asked = question(parse(BANK.replace("[42.195, {value: 42, tolerance: 0.5}", told[:-1]).encode()).questions[1])
    asked = replace(asked, key=kind_of(asked).stored_key(asked.key.stored))
    assert asked.key.spelled(())[:2] == ("1/3 to 2/3 km", "3 to 4 km")
    written = json.loads(export([asked], "json"))["questions"][0]
    assert written["accepted"][:2] == [{"from": "1/3", "to": "2/3"}, {"from": 3, "to": 4}]


def test_numbers_are_read_as_they_are_written() -> None:
    written = BANK.replace(
        "[42.195,", "[010, .5, +3, 1e-3, 1.0e+3, {value: 5, tolerance: 1e-7}, {value: 007, tolerance: 1/3%},"
    )
    some = parse(written.encode()).questions[1].accepted[:7]
    assert [str(one.value) for one in some if not isinstance(one, str)] == [
        "10",
        "1/2",
        "3",
        "1/1000",
        "1000",
        "5",
        "7",
    ]


THIRD = AcceptedNumber(value=Fraction(1, 3))
amounts = st.one_of(
    st.fractions(max_denominator=1000),
    st.decimals(allow_nan=False, allow_infinity=False, min_value=-1000, max_value=1000, places=3).map(Fraction),
    st.builds(lambda digits, power: digits * Fraction(10) ** power, st.integers(1, 99), st.integers(-300, 300)),
)
numbers = st.builds(
    AcceptedNumber,
    value=amounts,
    tolerance=st.decimals(min_value=0, max_value=1, places=3).map(Fraction),
    relative=st.booleans(),
)
lines = (
    st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=40)
    .map(lambda text: " ".join(text.split()))
    .filter(bool)
)
drafts = st.one_of(
    st.builds(lambda true: statement(true=true), st.booleans()),
    st.builds(lambda some, unit: number("How many?", *some, unit=unit), st.lists(numbers, max_size=4), st.just("km")),
    st.builds(
        lambda some, exact, near: short("Which?", *some, exact=exact, near_misses=near),
        st.lists(lines, max_size=4),
        st.booleans(),
        st.lists(st.builds(NearMiss, text=lines, hint=lines), max_size=2),
    ),
)


@given(st.lists(drafts, min_size=1, max_size=3), st.sampled_from(["quizbot", "json"]))
def test_what_is_written_is_read_back_the_same(bank: list[QuestionDraft], form: str) -> None:
    asked = [question(draft, number) for number, draft in enumerate(bank)]
    written = export(asked, form, name="b", title="B")
    for before, after in zip(asked, parse(written.encode(), format="quizbot").questions, strict=True):
        read = question(after)
        assert (read.kind, bool(read.key), content(read)) == (before.kind, bool(before.key), content(before))


an_amount, a_tolerance = (
    st.from_regex(DEFINED[name]["pattern"].rstrip("$") + r"\Z").filter(lambda text: len(text) < 200)
    for name in ("amount", "tolerance")
)
anything_accepted = st.one_of(
    an_amount,
    st.fixed_dictionaries({"value": an_amount, "tolerance": a_tolerance}),
    st.fixed_dictionaries({"from": an_amount, "to": an_amount}),
)


def test_the_schema_has_the_limits_of_what_a_host_may_accept() -> None:
    accepted = DEFINED["question"]["properties"]["accepted"]
    assert accepted["maxItems"] == MOST_ACCEPTED
    assert DEFINED["typed_line"]["maxLength"] == LONGEST_TYPED
    for digits, fits in ((MOST_DIGITS, True), (MOST_DIGITS + 1, False)):
        for name in ("amount", "tolerance", "accepted_number"):
            for text in ("9" * digits, "0." + "9" * digits, "1/" + "9" * digits):
                assert bool(re.search(DEFINED[name]["pattern"], text)) is fits


@given(st.lists(anything_accepted, min_size=1, max_size=3))
@example([{"value": 5, "tolerance": "1e-7"}])
@example([{"from": "1e-9", "to": "3e-9"}, {"from": "6e23", "to": "6.1e23"}, {"from": "1/3", "to": "2/3"}])
@example(["0." + "0" * 39 + "1e-999", "9" * 40 + ".5e999"])
def test_every_number_that_a_bank_may_hold_is_written_so_that_it_is_read_again(told: list[object]) -> None:
    def read(text: str) -> Question:
        return question(parse(text.encode(), format="quizbot").questions[0])

    bank = {"format": "quizbot-bank/2", "questions": [{"kind": "number", "stem": "How many?", "accepted": told}]}
    try:
        before = read(json.dumps(bank))
    except BadFile as error:  # a short range may have a middle of many digits
        if "too many digits" not in str(error):
            raise
        return
    assert read(export([before], "quizbot", name="b", title="B")).key == before.key


@pytest.mark.parametrize(
    "key", ["1e-9..3e-9", "1/3..2/3", "7 ± 1/3", "7 ± 1/3 %", "6e23..6.1e23", f"{'7' * 40}.5 ± 1e-30"]
)
def test_a_number_that_a_host_types_is_written_so_that_it_is_read_again(key: str) -> None:
    asked = question(number("How many?", THIRD))
    asked = replace(asked, key=kind_of(asked).typed_key(key, asked))
    read = question(parse(export([asked], "quizbot", name="b", title="B").encode(), format="quizbot").questions[0])
    assert read.key == asked.key


def test_a_number_is_written_alike_whatever_was_computed_before() -> None:
    asked = question(number("How many?", AcceptedNumber(value=Fraction(10**40))))
    with localcontext() as context:
        context.flags[Inexact] = True
        written = export([asked], "quizbot", name="b", title="B")
    assert written == export([asked], "quizbot", name="b", title="B")


def content(asked: Question) -> tuple[object, ...]:
    """What a question accepts; a tolerance that was a share may come back as a number."""
    told = draft_of(asked)
    return told.key, documented(told), told.unit


def test_a_bank_of_choices_is_written_as_the_first_version() -> None:
    asked = [question(draft()), question(statement(), 2)]
    assert json.loads(export(asked[:1], "json"))["format"] == "quizbot-bank/1"
    assert json.loads(export(asked, "json"))["format"] == "quizbot-bank/2"


def test_programs_read_each_number_with_its_tolerance() -> None:
    some = AcceptedNumber(value=Fraction(200), tolerance=Fraction("0.02"), relative=True), THIRD
    assert documented(number("How many?", *some)) == {
        "accepted": [{"value": 200, "tolerance": 4}, {"value": "1/3", "tolerance": 0}],
        "unit": None,
    }
    assert documented(short("Who?", "Ada", "Bob", exact=True)) == {
        "accepted": ["Ada", "Bob"],
        "exact": True,
        "near_misses": [],
    }
    assert documented(statement()) == {}
