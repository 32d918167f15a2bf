"""The questions with blanks in the bank of facts: graded and worded as they should be."""

import pytest

from bot.domain.accepted import InBlank
from bot.domain.drafts import QuestionDraft
from bot.domain.gaps import count_gaps
from bot.domain.kinds.blanks_response import BlanksAnswer
from bot.domain.responses import Key
from bot.domain.views import MOST_FIELDS
from bot.importers.bank.kinds import in_banks
from tests.unit.test_facts_bank import DRAFTS, key, named

GAPPED = [draft for draft in DRAFTS if draft.kind == "blanks"]


def filled(draft: QuestionDraft, blank: int, text: str) -> BlanksAnswer:
    """Nothing but one text in one blank."""
    return BlanksAnswer(tuple(text if at == blank else "" for at in range(count_gaps(draft.stem))))


def points(key: Key, draft: QuestionDraft, blank: int, text: str) -> int:
    return key.grade(filled(draft, blank, text)).points


def test_they_have_one_gap_and_several() -> None:
    assert {1, 2, 3, 4} <= {count_gaps(draft.stem) for draft in GAPPED} <= set(range(1, MOST_FIELDS + 1))


@pytest.mark.parametrize("draft", named(GAPPED))
def test_every_spelling_is_right_in_its_blank_and_every_near_miss_is_wrong(draft: QuestionDraft) -> None:
    for blank, texts in enumerate(in_banks(draft).documented(draft)["accepted"]):
        assert all(points(key(draft), draft, blank, text) for text in texts)
    for near in draft.near_misses:
        assert not points(key(draft), draft, near.blank, near.text)
        assert near.hint in key(draft).hint(filled(draft, near.blank, near.text))
        assert near.hint.endswith((".", "?"))


@pytest.mark.parametrize("draft", named(GAPPED))
def test_neither_stem_nor_labels_nor_hints_of_a_blank_give_it_away(draft: QuestionDraft) -> None:
    told = f" {' '.join((draft.stem, draft.source_id or '', *draft.tags))} ".casefold().replace("-", " ")
    assert not [one for one in draft.accepted if f" {one} ".casefold() in told and str(one) not in {"1", "one"}]
    for near in draft.near_misses:
        rights = [one.text for one in draft.accepted if isinstance(one, InBlank) and one.blank == near.blank]
        assert not [text for text in rights if f" {text} ".casefold() in f" {near.hint} ".casefold()]


@pytest.mark.parametrize(
    ("source_id", "blank", "text", "right"),
    [
        ("pulled-by-the-ten", 0, "the average", True),
        ("pulled-by-the-ten", 1, "mode", False),
        ("a-column-for-each-value", 0, "One Hot", True),
        ("scaled-in-two-ways", 1, "deviations", True),
        ("scaled-in-two-ways", 2, "1", False),
        ("average-in-each-city", 0, "Mean", False),
        ("three-sets-of-data", 2, "hold out", True),
        ("three-ways-to-learn", 0, "unsupervised", False),
        ("three-ways-to-learn", 2, "reinforcment", True),
        ("two-parts-of-an-error", 0, "variance", False),
        ("kept-or-delivered", 0, "streams", True),
        ("three-letters-of-a-pipeline", 1, "transformations", True),
        ("birds-and-colours", 1, "green", False),
    ],
)
def test_texts_are_right_or_wrong_however_people_write_them(
    source_id: str, blank: int, text: str, *, right: bool
) -> None:
    (draft,) = (draft for draft in GAPPED if draft.source_id == source_id)
    assert bool(points(key(draft), draft, blank, text)) is right
