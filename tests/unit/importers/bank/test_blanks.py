"""Questions with blanks in the project's own format, and written out and read back."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.accepted import InBlank, NearMiss
from bot.domain.drafts import QuestionDraft
from bot.domain.errors import BadFile
from bot.domain.identity import BankId, QuestionId
from bot.domain.questions import Question
from bot.domain.revisions import draft_of, first_revision
from bot.domain.views import MOST_FIELDS
from bot.importers import export, parse
from bot.importers.bank.kinds import in_banks
from bot.testing import blanks

BANK = """\
format: quizbot-bank/2
questions:
  - kind: blanks
    stem: ___ lies on the ______.
    accepted: [[Paris], [Seine, river Seine]]
    near_misses:
      - {blank: 2, text: Rhine, hint: The Rhine flows through Cologne.}
      - {text: Lyon, hint: Lyon lies on the Rhône.}
  - kind: blanks
    stem: The command ___ lists files.
    accepted: [[ls]]
    exact: true
  - kind: blanks
    stem: Who ____?
"""


def question(draft: QuestionDraft, number: int = 1) -> Question:
    return first_revision(draft, question_id=QuestionId(number), bank_id=BankId(1))


def test_blanks_are_read_with_their_gaps_of_one_length() -> None:
    paris, exact, unkeyed = parse(BANK.encode()).questions
    assert (paris.kind, paris.stem, paris.choices) == ("blanks", "____ lies on the ____.", ())
    assert paris.accepted == (InBlank(0, "Paris"), InBlank(1, "Seine"), InBlank(1, "river Seine"))
    assert paris.near_misses == (
        NearMiss(text="Rhine", hint="The Rhine flows through Cologne.", blank=1),
        NearMiss(text="Lyon", hint="Lyon lies on the Rhône.", blank=0),
    )
    assert (exact.accepted, exact.exact) == ((InBlank(0, "ls"),), True)
    assert [str(code) for code in unkeyed.findings] == ["unkeyed"]
    assert not paris.findings


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("___ lies on the ______.", "Paris lies on the Seine.", 4, "question 1, stem: .*no gap.*Write ___"),
        ("___ lies on the ______.", "___ lies __ on.", 5, "accepted: The stem has 1 gap .*[.] But here are 2 lists"),
        ("on the ______.", "___ ___ ___.", 5, "The stem has 4 gaps .*[.] But here are 2 lists.*or correct the gaps"),
        ("The command ___", "The command", 10, "question 2, stem: .*no gap"),
        ("The command ___", "The ___ ___", 11, "question 2, accepted: .*2 gaps .*here is 1 list of answers"),
        ("Who ____?", "___ ____ _____ ___ ___ ____", 14, "6 gaps .*at most 5.*into two"),
        ("[Paris], ", "Paris, ", 5, "accepted answer 1: This must be a list"),
        ("[Paris], ", "[], ", 5, "accepted answer 1: List at least 1"),
        ("[Paris], ", "[1984], ", 5, "accepted answer 1, text 1: This must be text: put it in quotes"),
        ("[Seine, river Seine]", "[Seine, [x]]", 5, "accepted answer 2, text 2: This must be text[.]$"),
        ("[[ls]]", "[ls]", 11, "accepted answer 1: This must be a list"),
        ("blank: 2", "blank: 3", 7, "near_misses: .*the stem has 2"),
        ("blank: 2", "blank: 0", 7, "near miss 1, blank: This must be at least 1"),
        ("exact: true", "unit: km", 12, "no “unit”"),
        ("exact: true", "answer: true", 12, "no “answer”"),
        ("exact: true", "choices: [{text: a}, {text: b}]", 12, "no “choices”"),
        ("bank/2", "bank/1", 3, "“kind” needs “format: quizbot-bank/2”"),
    ],
)
def test_a_mistake_is_named_with_its_line(old: str, new: str, line: int, words: str) -> None:
    assert old in BANK
    with pytest.raises(BadFile, match=words) as raised:
        parse(BANK.replace(old, new, 1).encode())
    assert raised.value.line == line


def test_all_blanks_together_accept_as_many_texts_as_a_question_may() -> None:
    many = [[f"{blank}{number}" for number in range(26)] for blank in "ab"]
    bank = {"format": "quizbot-bank/2", "questions": [{"kind": "blanks", "stem": "___ ___", "accepted": many}]}
    with pytest.raises(BadFile, match="question 1, accepted: A question accepts at most 50 answers"):
        parse(json.dumps(bank).encode(), format="quizbot")
    many[0].pop()
    many[1].pop()
    assert parse(json.dumps(bank).encode(), format="quizbot").questions[0].is_keyed


def test_a_short_answer_has_no_blanks_to_name() -> None:
    bank = BANK.replace("kind: blanks", "kind: short", 1).replace("[[Paris], [Seine, river Seine]]", "[Paris]")
    with pytest.raises(BadFile, match="near miss 1, blank: “blank” doesn't go with the rest"):
        parse(bank.encode())


lines = (
    st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=20)
    .map(lambda text: " ".join(text.split()))
    .filter(bool)
)


@st.composite
def drafts(draw: st.DrawFn) -> QuestionDraft:
    number = draw(st.integers(1, MOST_FIELDS))
    accepted = draw(st.lists(st.lists(lines, min_size=1, max_size=3), min_size=number, max_size=number))
    near = st.builds(NearMiss, text=lines, hint=lines, blank=st.integers(0, number - 1))
    stem = " and ".join(["____"] * number)
    return blanks(
        stem, *(accepted if draw(st.booleans()) else ()), exact=draw(st.booleans()), near_misses=draw(st.lists(near))
    )


@given(st.lists(drafts(), min_size=1, max_size=3), st.sampled_from(["quizbot", "json"]))
def test_what_is_written_is_read_back_the_same(bank: list[QuestionDraft], form: str) -> None:
    asked = [question(draft, number) for number, draft in enumerate(bank)]
    written = export(asked, form, name="b", title="B")
    read = parse(written.encode(), format="quizbot").questions
    assert [(draft.stem, question(draft).key) for draft in read] == [(one.stem, one.key) for one in asked]
    again = [question(draft, number) for number, draft in enumerate(read)]
    assert export(again, form, name="b", title="B") == written


def test_programs_read_a_list_for_each_blank() -> None:
    (paris, _exact, unkeyed) = parse(BANK.encode()).questions
    assert in_banks(paris).documented(paris) == {
        "accepted": [["Paris"], ["Seine", "river Seine"]],
        "exact": False,
        "near_misses": [
            {"blank": 2, "text": "Rhine", "hint": "The Rhine flows through Cologne."},
            {"blank": 1, "text": "Lyon", "hint": "Lyon lies on the Rhône."},
        ],
    }
    assert in_banks(unkeyed).documented(unkeyed) == {"accepted": [], "exact": False, "near_misses": []}


def test_numbered_text_says_what_is_right_in_each_blank() -> None:
    asked = question(parse(BANK.encode()).questions[0])
    assert "Answer: (1) Paris, (2) Seine | river Seine" in export([asked], "text", name="b", title="B")
    assert draft_of(asked).stem == "____ lies on the ____."
