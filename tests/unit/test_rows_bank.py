"""The bank of items to put in order and sides to match that comes with the program."""

from collections import Counter

import pytest
import yaml

from bot.domain.drafts import QuestionDraft
from bot.domain.identity import BankId, QuestionId
from bot.domain.questions import Question
from bot.domain.revisions import first_revision
from bot.importers import export, parse
from bot.resources import resource

BANK = resource("data", "machine-learning-in-order-and-pairs.yaml").read_bytes()
DRAFTS = parse(BANK, name="machine-learning-in-order-and-pairs.yaml").questions

LONGEST_SHOWN = 72
"""A menu's option has room for 75 characters on Slack; three are the letter's."""


def question(draft: QuestionDraft, number: int = 1) -> Question:
    return first_revision(draft, question_id=QuestionId(number), bank_id=BankId(1))


def test_it_has_ten_of_each_kind_without_findings() -> None:
    assert Counter(draft.kind for draft in DRAFTS) == {"order": 10, "match": 10}
    assert parse(BANK).findings == ()
    assert all(draft.is_keyed and draft.explanation and not draft.findings for draft in DRAFTS)


def test_ids_and_stems_are_unique_and_its_topics_are_those_of_the_other_banks() -> None:
    for part in ("source_id", "stem"):
        assert len({getattr(draft, part) for draft in DRAFTS}) == len(DRAFTS)
    other = yaml.safe_load(resource("data", "machine-learning-on-aws.yaml").read_text(encoding="utf-8"))
    assert {draft.topic for draft in DRAFTS} == {topic["id"] for topic in other["topics"]}


@pytest.mark.parametrize("draft", DRAFTS, ids=lambda draft: draft.source_id)
def test_every_text_fits_into_a_menu_and_none_comes_twice(draft: QuestionDraft) -> None:
    assert all(len(text) <= LONGEST_SHOWN for text in draft.choices)
    assert len(set(draft.choices)) == len(draft.choices)


def test_items_rarely_give_their_order_away_by_the_alphabet() -> None:
    alike = [
        draft.source_id for draft in DRAFTS if draft.kind == "order" and list(draft.choices) == sorted(draft.choices)
    ]
    assert len(alike) <= 1


def test_it_is_written_out_and_read_back_the_same() -> None:
    asked = [question(draft, number) for number, draft in enumerate(DRAFTS)]
    written = parse(export(asked, "quizbot", name="rows", title="Rows").encode(), format="quizbot").questions
    assert [(draft.choices, draft.key) for draft in written] == [(draft.choices, draft.key) for draft in DRAFTS]
