"""Views become rows that show what may be shown."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from adapters.web.outbound import Refused, Seen, filled, rows, sign
from bot.domain.identity import SpaceId
from bot.domain.responses import Given
from bot.domain.views import ControlKind, Controls, Field, Mark, MessageView, OptionView
from bot.ports import Post

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def post(key: str, at: datetime = NOON, reply_to: str | None = None) -> Post:
    return Post(key=key, space_id=SpaceId(1), channel="study", view=MessageView(), posted_at=at, reply_to=reply_to)


def question(kind: ControlKind) -> MessageView:
    options = (OptionView(letter="A", text="`a` <b>"), OptionView(letter="B", text="b"))
    return MessageView(options=options, controls=Controls(kind=kind, round_id=7, fewest=1, most=1))


def test_rows_count_positions_and_mark_what_the_member_chose() -> None:
    first, second = rows(question(ControlKind.BUTTONS), frozenset({1}))
    assert (first.position, first.letter, first.picked) == (0, "A", False)
    assert (second.position, second.letter, second.picked) == (1, "B", True)
    assert first.text == "<code>a</code> &lt;b&gt;"


def test_the_sign_before_a_choice_is_the_reaction_that_means_it() -> None:
    assert [row.sign for row in rows(question(ControlKind.REACTIONS))] == ["🇦", "🇧"]
    assert sign("Y") == "🇾"
    assert [row.sign for row in rows(question(ControlKind.BUTTONS))] == ["", ""]


def test_shares_become_percentages_and_untold_ones_stay_untold() -> None:
    told = OptionView(letter="A", text="a", mark=Mark.RIGHT, mark_text="right", tally="1 (33%)", share=1 / 3)
    untold = OptionView(letter="B", text="b")
    assert [row.percent for row in rows(MessageView(options=(told, untold)))] == [33.3, None]


FIELDS = tuple(Field(label=f"Blank {number}") for number in (1, 2))


def seen(given: Given, refused: Refused | None = None) -> Seen:
    controls = Controls(kind=ControlKind.FIELDS, round_id=7, fewest=1, most=2, fields=FIELDS)
    asked = replace(post("q1"), view=MessageView(controls=controls))
    return Seen(post=asked, given=given, refused=refused)


@pytest.mark.parametrize(
    ("given", "texts"),
    [
        (frozenset(), ["", ""]),
        (("Paris", "Seine"), ["Paris", "Seine"]),
        (("Paris",), ["Paris", ""]),
        (("Paris", "Seine", "Louvre"), ["Paris", "Seine"]),
        (frozenset({1}), ["", ""]),
    ],
)
def test_each_field_holds_its_own_text_of_the_answer_that_stands(given: Given, texts: list[str]) -> None:
    assert filled(seen(given)) == list(zip(FIELDS, texts, strict=True))


def test_fields_hold_what_was_refused_rather_than_what_stands() -> None:
    refused = Refused(given=("Rome", "?"), why="Not so.")
    assert [text for _field, text in filled(seen(("Paris", "Seine"), refused))] == ["Rome", "?"]


def test_a_message_without_fields_has_none_to_fill() -> None:
    assert filled(Seen(post=post("q1"))) == []


def test_a_result_stands_before_the_next_question_of_the_same_moment() -> None:
    result, following = Seen(post=post("r1", reply_to="q1")), Seen(post=post("q2"))
    later = Seen(post=post("r2", NOON + timedelta(microseconds=1), reply_to="q2"))
    assert result.order < following.order < later.order
