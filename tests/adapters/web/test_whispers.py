"""What is kept for one member alone is theirs, and there is an end to it."""

from dataclasses import replace
from datetime import UTC, datetime

from adapters.web import whispers
from adapters.web.outbound import Refused, Seen
from adapters.web.whispers import Whispers
from bot.domain.identity import RoundId, SpaceId
from bot.domain.views import MessageView
from bot.ports import Post

ROUND, OTHER = RoundId(7), RoundId(8)
POST = Post(
    key="w", space_id=SpaceId(1), channel="study", view=MessageView(), posted_at=datetime(2026, 11, 21, tzinfo=UTC)
)
SAVED = MessageView(text="Saved.")
REFUSED = Refused(given=("three",), why="Not a number.")


def test_a_dismissed_reply_goes_and_the_others_stay() -> None:
    kept = Whispers()
    replies = [Seen(post=replace(POST, key=key), is_reply=True) for key in ("w1", "w2", "w3")]
    for reply in replies:
        kept.reply("ada", reply)
    kept.dismiss("bob", "w2")
    kept.dismiss("ada", "w2")
    kept.dismiss("ada", "q1")
    assert kept.replies_to("ada") == [replies[0], replies[2]]


def test_a_refusal_leaves_the_receipt_and_an_answer_ends_the_refusal() -> None:
    kept = Whispers()
    kept.receipt("ada", ROUND, SAVED)
    kept.refuse("ada", ROUND, REFUSED)
    assert kept.receipt_for("ada", ROUND) is SAVED
    assert kept.refused("ada", ROUND) is REFUSED
    assert kept.refused("bob", ROUND) is kept.refused("ada", OTHER) is None
    kept.receipt("ada", ROUND, SAVED)
    assert kept.refused("ada", ROUND) is None


def test_what_was_refused_goes_with_its_round_and_with_its_member() -> None:
    kept = Whispers()
    for member in ("ada", "bob"):
        for round_id in (ROUND, OTHER):
            kept.refuse(member, round_id, REFUSED)
    kept.forget_round(ROUND)
    kept.forget_member("ada")
    assert kept.refused("bob", OTHER) is REFUSED
    assert kept.refused("ada", OTHER) is kept.refused("bob", ROUND) is None


def test_a_card_stays_turned_until_its_round_changes_or_its_member_goes() -> None:
    kept = Whispers()
    for member in ("ada", "bob"):
        for round_id in (ROUND, OTHER):
            kept.turn(member, round_id, SAVED)
    kept.forget_round(ROUND)
    kept.forget_member("ada")
    assert kept.turned("bob", OTHER) is SAVED
    assert kept.turned("ada", OTHER) is kept.turned("bob", ROUND) is None


def test_only_so_much_that_was_refused_is_kept() -> None:
    kept = Whispers()
    for number in range(whispers.MEMBERS + 1):
        kept.refuse("ada", RoundId(number), REFUSED)
    assert kept.refused("ada", RoundId(0)) is None
    assert kept.refused("ada", RoundId(1)) is REFUSED
