"""The bank of statements, numbers, names, blanks and cards that comes with Quizbot: read, graded and worded well."""

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction

import pytest
import yaml

from bot.domain.drafts import QuestionDraft
from bot.domain.identity import BankId, QuestionId
from bot.domain.kinds import kind_of
from bot.domain.kinds.number_response import number_in
from bot.domain.kinds.short_response import ShortAnswer
from bot.domain.questions import Question
from bot.domain.responses import Key
from bot.domain.revisions import first_revision
from bot.importers import export, parse
from bot.resources import resource

BANK = resource("data", "machine-learning-facts.yaml").read_bytes()
DRAFTS = parse(BANK, name="machine-learning-facts.yaml").questions
NUMBERS, NAMES, CARDS = ([draft for draft in DRAFTS if draft.kind == kind] for kind in ("number", "short", "card"))


def named(drafts: Sequence[QuestionDraft]) -> list[object]:
    """The questions as parameters of a test, under their ids."""
    return [pytest.param(draft, id=draft.source_id) for draft in drafts]


def question(draft: QuestionDraft, number: int = 1) -> Question:
    return first_revision(draft, question_id=QuestionId(number), bank_id=BankId(1))


def key(draft: QuestionDraft) -> Key:
    return question(draft).key


def test_it_has_ten_of_each_kind_without_findings() -> None:
    expected = {"true_false": 10, "number": 10, "short": 10, "blanks": 10, "card": 10}
    assert Counter(draft.kind for draft in DRAFTS) == expected
    assert parse(BANK).findings == ()
    assert all(draft.is_keyed and draft.explanation and not draft.findings for draft in DRAFTS)


def test_half_of_the_statements_are_true() -> None:
    assert Counter(draft.key for draft in DRAFTS if draft.kind == "true_false") == {(0,): 5, (1,): 5}


def test_ids_and_stems_are_unique_and_its_topics_are_those_of_the_other_bank() -> None:
    for part in ("source_id", "stem"):
        assert len({getattr(draft, part) for draft in DRAFTS}) == len(DRAFTS)
    other = yaml.safe_load(resource("data", "machine-learning-on-aws.yaml").read_text(encoding="utf-8"))
    assert {draft.topic for draft in DRAFTS} == {topic["id"] for topic in other["topics"]}


@pytest.mark.parametrize("draft", named(NUMBERS))
def test_a_number_is_right_with_its_unit_and_without_but_wrong_ten_percent_off(draft: QuestionDraft) -> None:
    (accepted,) = draft.accepted
    assert not isinstance(accepted, str)
    for text in (f"{float(accepted.value):g}", f"{float(accepted.value):g} {draft.unit}".strip()):
        assert key(draft).grade(number_in(text)).right, text
    for factor in (Fraction(9, 10), Fraction(11, 10)):
        assert not key(draft).grade(number_in(f"{float(accepted.value * factor):g}")).right


@pytest.mark.parametrize(
    ("source_id", "text"),
    [
        ("loss-of-a-coin-toss", "0,69"),
        ("loss-of-a-coin-toss", "0.6931"),
        ("within-one-deviation", "68%"),
        ("error-of-two-predictions", "3.54"),
        ("error-of-two-predictions", "3.5355"),
        ("guessing-roc-area", "1/2"),
        ("dense-layer-size", "1,010"),
    ],
)
def test_numbers_are_right_as_people_round_and_write_them(source_id: str, text: str) -> None:
    (draft,) = (draft for draft in NUMBERS if draft.source_id == source_id)
    assert key(draft).grade(number_in(text)).right


@pytest.mark.parametrize("draft", named(NAMES))
def test_every_spelling_is_right_and_every_near_miss_is_wrong(draft: QuestionDraft) -> None:
    assert all(key(draft).grade(ShortAnswer(str(text))).right for text in draft.accepted)
    assert draft.near_misses
    for near in draft.near_misses:
        assert not key(draft).grade(ShortAnswer(near.text)).right
        assert near.hint.endswith((".", "?"))


@pytest.mark.parametrize(
    ("source_id", "text", "right"),
    [
        *(("objects-in-buckets", "Amazon Simple Storage Service (S3)", True), ("objects-in-buckets", "AmazonS3", True)),
        ("objects-in-buckets", "elastic block store", False),
        ("sql-over-files", "AWS Redshift", False),
        *(("train-and-deploy", "AWS Sagemaker AI", True), ("train-and-deploy", "AWS Bedrock", False)),
        *(("learning-the-noise", "overfitted", True), ("learning-the-noise", "Underfit", False)),
        *(("both-in-one-number", "F-1 score", True), ("both-in-one-number", "F₁", True)),
        *(("both-in-one-number", "F1score", True), ("both-in-one-number", "the Dice coefficient", True)),
        ("three-letters-for-variance", "Principal Component Analysis (PCA)", True),
        ("three-letters-for-variance", "principal components", False),
        *(("nothing-below-zero", "the ReLU function", True), ("nothing-below-zero", "ReLu activation", True)),
        *(("chain-rule-by-layers", "back-propagation algorithm", True), ("chain-rule-by-layers", "SGD", False)),
        *(("healthy-but-called-ill", "type-1 error", True), ("healthy-but-called-ill", "Type 2 error", False)),
    ],
)
def test_names_are_right_or_wrong_however_people_write_them(source_id: str, text: str, *, right: bool) -> None:
    (draft,) = (draft for draft in NAMES if draft.source_id == source_id)
    assert key(draft).grade(ShortAnswer(text)).right is right
    assert right or text == "SGD" or key(draft).hint(ShortAnswer(text))


def test_no_question_gives_the_answer_of_another_away_that_may_come_later() -> None:
    """The answers of the one on harmonic means stand in the stem of another, which therefore comes after it."""
    (calculated,) = (draft for draft in DRAFTS if draft.source_id == "harmonic-mean")
    assert calculated.after == "both-in-one-number"
    for asked in NAMES:
        told = " ".join(draft.stem for draft in DRAFTS if draft is not calculated).casefold()
        assert not [text for text in asked.accepted if f" {text} ".casefold() in told]


@pytest.mark.parametrize("draft", named(NAMES))
def test_neither_stem_nor_hints_nor_labels_name_the_answer(draft: QuestionDraft) -> None:
    told = " ".join((draft.stem, draft.source_id or "", *draft.tags, *(near.hint for near in draft.near_misses)))
    assert not [text for text in draft.accepted if f" {text} ".casefold() in f" {told} ".casefold().replace("-", " ")]


def test_half_of_the_cards_are_short_enough_to_be_typed_in_a_series() -> None:
    asked = [kind_of(draft).in_series(question(draft)) for draft in CARDS]
    assert Counter(one.kind for one in asked) == {"short": 5, "card": 5}
    for one, draft in zip(asked, CARDS, strict=True):
        for text in (draft.back, draft.back.casefold(), *draft.accepted) if one.kind == "short" else ():
            grade = one.key.grade(ShortAnswer(str(text)))
            assert grade
            assert grade.right


@pytest.mark.parametrize("draft", named(CARDS))
def test_neither_front_nor_labels_of_a_card_name_its_back(draft: QuestionDraft) -> None:
    told = " ".join((draft.stem, draft.source_id or "", *draft.tags)).casefold().replace("-", " ")
    assert not [text for text in (draft.back, *draft.accepted) if str(text).casefold().replace("-", " ") in told]


def test_it_is_written_out_and_read_back_the_same() -> None:
    asked = [question(draft, number) for number, draft in enumerate(DRAFTS)]
    written = parse(export(asked, "quizbot", name="facts", title="Facts").encode(), format="quizbot").questions
    assert [key(draft) for draft in written] == [one.key for one in asked]
