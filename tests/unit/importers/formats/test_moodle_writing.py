"""Banks written as Moodle's XML are read back the same."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.accepted import NearMiss
from bot.domain.drafts import FindingCode, QuestionDraft
from bot.domain.identity import BankId, QuestionId
from bot.domain.kinds.folding import fold
from bot.domain.revisions import accepted_answers, first_revision
from bot.importers import export, parse
from bot.testing import blanks, draft, number, short
from tests.pictures import png
from tests.unit.importers.formats.moodle_xml import IMAGE, answer, asked, file, only


def written(*drafts: QuestionDraft) -> str:
    made = [first_revision(one, question_id=QuestionId(n), bank_id=BankId(1)) for n, one in enumerate(drafts)]
    return export(made, "moodle", name="b", title="B")


WRITTEN = (
    draft("Which *one*?", "a & b", "<b>", "c", key=(1,), topic="Air/Water"),
    draft("Which are right?", "a", "b", "c", "d", key=(0, 1, 3), select=3),
    draft("Which are right?", "a", "b", key=(), topic="Fire"),
    QuestionDraft(line=1, stem="Cork floats.", choices=("True", "False"), key=(1,), kind="true_false"),
    short("What does\n\n    f(\n        x)\n\ndo?\n- Say so.", "This"),
    short("Who?", "Ada", "five * stars", exact=True, near_misses=[NearMiss(text="Bob", hint="No.")]),
    blanks(
        "It is ____ and ____.", ["a}b~c#d\\e", "x"], ["1 < 2"], near_misses=[NearMiss(text="z", hint="<u", blank=1)]
    ),
    QuestionDraft(line=1, stem="Sort.", choices=("a", "b", "c"), key=(2, 0, 1), kind="order"),
    QuestionDraft(line=1, stem="Pair.", choices=("a", "b", "c", "d", "e"), key=(3, 2), select=2, kind="match"),
)


@pytest.mark.parametrize("question", WRITTEN)
def test_what_is_written_is_read_back_the_same(question: QuestionDraft) -> None:
    (again,) = parse(written(question).encode()).questions
    assert (again.kind, again.stem, again.select) == (question.kind, question.stem, question.select)
    assert (again.exact, again.near_misses, again.topic) == (
        question.exact,
        question.near_misses,
        question.topic,
    )
    assert accepted_answers(again) == accepted_answers(question)
    if question.kind == "order":
        assert [again.choices[at] for at in again.key] == [question.choices[at] for at in question.key]
    elif question.kind == "match":
        assert [again.choices[at] for at in again.key] == [question.choices[at] for at in question.key]
        assert set(again.choices) == set(question.choices)
    else:
        assert (again.choices, again.key) == (question.choices, question.key)
    assert FindingCode.SIMPLIFIED not in again.findings


def test_topics_tags_and_explanations_are_written() -> None:
    explained = QuestionDraft(
        line=1,
        stem="Which?",
        choices=("a", "b"),
        key=(0,),
        choice_explanations=("So.", ""),
        explanation="Because.\n\nYes.",
        tags=("x", "y"),
        topic="Air/Water",
        section="Cork",
    )
    document = parse(written(explained, draft("What?", "a", "b")).encode())
    first, second = document.questions
    assert (first.topic, first.tags, first.section, first.source_id) == ("Air/Water", ("x", "y"), "Cork", "q0")
    assert (first.choice_explanations, first.explanation) == (("So.", ""), "Because.\n\nYes.")
    assert (second.topic, second.section) == (None, None)


def test_numbers_are_written_with_their_tolerance_and_unit() -> None:
    xml = asked(
        "numerical",
        "How far?",
        answer("42.5", 100, more="<tolerance>0.25</tolerance>"),
        "<units><unit><multiplier>1</multiplier><unit_name>km</unit_name></unit></units>",
    )
    (question,) = parse(written(only(xml)).encode()).questions
    assert ([str(one) for one in question.accepted], question.unit) == (["42.5 ± 0.25"], "km")
    assert number("How far?").accepted == ()


def test_kept_questions_are_written_unchanged_and_others_as_essays() -> None:
    essay = only(asked("essay", "Why <b>is</b> it?", "<responsefieldlines>15</responsefieldlines>"))
    assert json.loads(essay.kept)["moodle"] in written(essay)
    others = [
        QuestionDraft(line=1, stem="Draw.", choices=(), kind="drawing", kept='{"moodle": "<question>"}'),
        QuestionDraft(line=1, stem="Front", choices=(), kind="card", back="Back"),
        QuestionDraft(line=1, stem="Sort.", choices=("a", "b"), kind="order"),
        QuestionDraft(line=1, stem="It is ____.", choices=(), kind="blanks"),
    ]
    document = parse(written(*others).encode())
    assert [question.kind for question in document.questions] == ["essay"] * 4
    assert document.questions[1].explanation == "Back"
    assert "- a\n- b" in document.questions[2].stem


def test_pictures_are_named_where_they_belong() -> None:
    xml = asked("shortanswer", f"What is it? {IMAGE}", answer("a map", 100), files=file("a.png", png()))
    (question,) = parse(written(only(xml)).encode()).questions
    assert question.stem.startswith("What is it?\n\n![A map](pictures/")
    assert question.findings == (FindingCode.NEEDS_FIGURE,)


words = st.lists(st.text("ab<>&]*~=#{}:\\", min_size=1, max_size=4), min_size=1, max_size=3).map(" ".join)


@given(st.lists(words, min_size=2, max_size=4, unique=True), words)
def test_any_signs_are_read_back_the_same(texts: list[str], stem: str) -> None:
    differing = {fold(spelling): spelling for spelling in (f"a{text}" for text in texts)}
    for question in (draft(f"Which {stem}?", *texts), short(f"Who {stem}?", *differing.values())):
        (again,) = parse(written(question).encode()).questions
        assert (again.stem, again.choices, again.accepted) == (question.stem, question.choices, question.accepted)
