"""Cards in the project's own format, and written out and read back."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import BadFile
from bot.domain.identity import BankId, QuestionId
from bot.domain.questions import Question
from bot.domain.revisions import draft_of, first_revision
from bot.importers import export, parse
from bot.importers.bank.kinds import in_banks
from bot.importers.checks.truncation import cut_off
from bot.testing import card, draft

BANK = """\
format: quizbot-bank/2
questions:
  - kind: card
    stem: Which service runs code without servers?
    back: AWS Lambda
    accepted: [Lambda, Lambda functions]
  - kind: card
    stem: What does *idempotent* mean?
    back: |
      Doing it twice

      - changes **nothing** more
    explanation: It is Latin.
  - kind: card
    stem: Who knows?
"""
lines = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), max_size=30).map(
    lambda text: " ".join(text.split())
)
backs = st.lists(lines.filter(bool), min_size=1, max_size=3).map("\n\n".join)


def question(back: str, *accepted: str) -> Question:
    return first_revision(card("Which?", back, *accepted), question_id=QuestionId(1), bank_id=BankId(1))


def test_cards_are_read() -> None:
    typed, shown, unkeyed = parse(BANK.encode()).questions
    assert (typed.kind, typed.choices, typed.back) == ("card", (), "AWS Lambda")
    assert typed.accepted == ("Lambda", "Lambda functions")
    assert (shown.back, shown.explanation) == ("Doing it twice\n\n- changes **nothing** more", "It is Latin.")
    assert not any(one.findings for one in (typed, shown))
    assert [str(code) for code in unkeyed.findings] == ["unkeyed"]


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("bank/2", "bank/1", 3, "“kind” needs"),
        ("back: AWS Lambda", "back: 1984", 5, "must be text: put it in quotes."),
        ("back: AWS Lambda", "back: ' '", 5, "isn't valid"),
        ("    back: AWS Lambda\n", "", 3, "“back” is missing"),
        ("back: AWS Lambda", "back: a\n    answer: true", 6, "no “answer”"),
        ("accepted: [Lambda,", "near_misses: [{text: a, hint: b}]\n    accepted: [Lambda,", 6, "no “near_misses”"),
        ("accepted: [Lambda,", "accepted: [42,", 6, "must be text: put it in quotes."),
        ("accepted: [Lambda, Lambda functions]", "choices: [{text: a}, {text: b}]", 6, "no “choices”"),
        ("kind: card\n    stem: Which", "kind: short\n    stem: Which", 5, "no “back”"),
    ],
)
def test_a_mistake_is_named_with_its_line(old: str, new: str, line: int, words: str) -> None:
    assert old in BANK
    with pytest.raises(BadFile, match=words) as raised:
        parse(BANK.replace(old, new, 1).encode())
    assert raised.value.line == line


def test_a_choice_has_no_back() -> None:
    bank = BANK + "  - stem: Which?\n    back: a\n    choices: [{text: a, right: true}, {text: b}]\n"
    with pytest.raises(BadFile, match="no “back”"):
        parse(bank.encode())


@given(backs, st.lists(lines, max_size=3), st.sampled_from(["quizbot", "json"]))
def test_what_is_written_is_read_back_the_same(back: str, accepted: list[str], form: str) -> None:
    before = question(back, *accepted)
    (after,) = parse(export([before], form, name="b", title="B").encode(), format="quizbot").questions
    read = first_revision(after, question_id=QuestionId(1), bank_id=BankId(1))
    assert (read.kind, read.key, draft_of(read).back) == ("card", before.key, back.strip())


@pytest.mark.parametrize("back", ["a\x85b", "a\x85b\n\n- c\n- d"])
def test_the_control_character_next_line_is_read_back(back: str) -> None:
    (after,) = parse(export([question(back)], "quizbot", name="b", title="B").encode()).questions
    assert after.back == back


def test_programs_read_the_back_and_what_else_may_be_typed() -> None:
    assert in_banks(card("Which?", "AWS Lambda", "Lambda")).documented(card("Which?", "AWS Lambda", "Lambda")) == {
        "back": "AWS Lambda",
        "accepted": ["Lambda"],
    }


def test_a_card_is_written_with_what_it_has_alone() -> None:
    written = json.loads(export([question("AWS Lambda")], "json"))
    assert written["format"] == "quizbot-bank/2"
    (told,) = written["questions"]
    assert {name: told[name] for name in ("kind", "back")} == {"kind": "card", "back": "AWS Lambda"}
    assert "accepted" not in told


def test_a_card_does_not_hide_that_the_last_question_is_cut_off() -> None:
    whole = [draft(f"Which one is number {number}?", "a", "b", "c", "d") for number in range(3)]
    cut = draft("Which one is the last?", "a", "b", key=())
    assert [number for number, _finding in cut_off([card("Which?", "AWS Lambda"), *whole, cut])] == [4]
