"""Every way to answer is drawn on every platform, and no button is without a word or sign."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from html import unescape
from typing import Any

import pytest

from adapters.discord.outbound import message
from adapters.slack.outbound import blocks
from adapters.web.outbound import Seen
from adapters.web.pages import Pages
from bot.domain.desk import opened
from bot.domain.drafts import FindingCode, QuestionDraft
from bot.domain.identity import BankId, ImportId, LeagueId, QuestionId, RoundId, SpaceId
from bot.domain.kinds import KINDS
from bot.domain.mending import Portion
from bot.domain.revisions import first_revision
from bot.domain.rounds import AnswerWith, Reveal, Round
from bot.domain.unaccepted import Unaccepted
from bot.domain.views import LONGEST_COMMAND, ControlKind, MessageView
from bot.domain.waiting_imports import WaitingImport
from bot.ports import Post
from bot.rendering import unaccepted
from bot.rendering.importing import on_desk
from bot.rendering.questions import open_question
from bot.services.banks.accepting import SHOWN
from bot.testing import A_MONDAY, document, draft
from tests.adapters.stages.questions import (
    BLANKS,
    CARD,
    LONG_ORDER,
    MATCH,
    METRIC,
    NUMBER,
    ORDER,
    PAIR,
    SHORT,
    STATEMENT,
)
from tests.platforms.discord.limits import check_message

DRAFTS = (METRIC, PAIR, STATEMENT, NUMBER, SHORT, BLANKS, ORDER, LONG_ORDER, MATCH, CARD)
BY_BUTTONS = [(draft, AnswerWith.BUTTONS) for draft in DRAFTS]
BY_REACTIONS = [(draft, AnswerWith.REACTIONS) for draft in (METRIC, STATEMENT)]
BUTTON = re.compile(r"<button[^>]*>(.*?)</button>", re.DOTALL)


def view(draft: QuestionDraft, answer_with: AnswerWith) -> MessageView:
    """What an open question is before a platform shows it."""
    asked = first_revision(draft, question_id=QuestionId(1), bank_id=BankId(1))
    round_ = Round(
        id=RoundId(1),
        space_id=SpaceId(1),
        league_id=LeagueId(1),
        channel="study",
        question_id=asked.id,
        revision=1,
        key=asked.key,
        select=asked.select,
        order=asked.order,
        reveal=Reveal.AT_CLOSE,
        answer_with=answer_with,
        opened_at=A_MONDAY,
        closes_at=A_MONDAY,
        kind=asked.kind,
    )
    return open_question(round_, asked)


def parts(drawn: Any) -> Iterator[dict[str, Any]]:
    """Every object in a platform's JSON."""
    if isinstance(drawn, dict):
        yield drawn
    for part in drawn.values() if isinstance(drawn, dict) else drawn if isinstance(drawn, list) else ():
        yield from parts(part)


def on_discord(shown: MessageView) -> list[str]:
    """The labels of the buttons on Discord."""
    drawn = json.loads(json.dumps(message(shown).body["components"]))
    return [str(part.get("label", "")) for part in parts(drawn) if part.get("type") == 2]


def on_slack(shown: MessageView) -> list[str]:
    """The labels of the buttons on Slack."""
    return [str(part["text"]["text"]) for part in parts(blocks(shown)) if part.get("type") == "button"]


def on_the_web(shown: MessageView) -> list[str]:
    """The labels of the buttons in the web room."""
    post = Post(key="q1", space_id=SpaceId(1), channel="study", view=shown, posted_at=A_MONDAY)
    page = Pages(zone="UTC").render("messages.html", transcript=[Seen(post=post)], csrf="")
    return list(map(unescape, BUTTON.findall(page)))


def waiting_answers(number: int) -> MessageView:
    """So many wrong answers that a host may accept, to the question with the longest id."""
    asked = first_revision(SHORT, question_id=QuestionId(2**63 - 1), bank_id=BankId(1))
    waiting = [Unaccepted(question=asked, text=f"<{n}>", people=n, code=f"{n:032}") for n in range(number)]
    return unaccepted.waiting([(one, True) for one in waiting], 0)


@pytest.mark.parametrize("labels", [on_discord, on_slack, on_the_web])
def test_each_part_of_a_message_has_its_buttons(labels: Callable[[MessageView], list[str]]) -> None:
    wanted = [f"{word} {number}" for number in range(1, SHOWN + 1) for word in ("Accept", "Set aside")]
    assert labels(waiting_answers(SHOWN)) == wanted


def desk_of(*drafts: QuestionDraft) -> MessageView:
    """What was found in a file with these questions."""
    waiting = WaitingImport(
        id=ImportId(2**63 - 1), space_id=SpaceId(1), account="1", at=A_MONDAY, version=999, file="exam.txt", bank="exam"
    )
    portions = [Portion(sources=(one,)) for one in drafts]
    return on_desk(waiting, replace(opened(document(*drafts), portions), version=999))


@pytest.mark.parametrize("labels", [on_discord, on_slack, on_the_web])
@pytest.mark.parametrize("choices", [2, 4, 5, 6, 9])
def test_every_button_of_the_import_desk_is_drawn(labels: Callable[[MessageView], list[str]], choices: int) -> None:
    doubtful = replace(draft("What?", *"abcdefghi"[:choices]), findings=(FindingCode.KEY_NOT_A_CHOICE,))
    shown = desk_of(METRIC, *(replace(doubtful, line=line) for line in (1_000, 2_000, 3_000, 4_000)))
    wanted = [button.label for part in shown.sections for button in part.buttons]
    assert labels(shown) == wanted
    assert wanted[-3:] == ["Import the 1 that is ready", "Import all 5", "Cancel"]
    assert ("1: It's A" in wanted) is (choices <= 6)
    assert max(len(one.command.plain) for part in shown.sections for one in part.buttons) <= LONGEST_COMMAND
    check_message(message(shown).body)


def test_the_longest_command_of_a_button_has_room_in_every_platforms_id() -> None:
    shown = waiting_answers(SHOWN)
    assert max(len(one.command.plain) for part in shown.sections for one in part.buttons) <= LONGEST_COMMAND
    check_message(message(shown).body)


def test_the_questions_here_have_every_kind_and_every_way_to_answer() -> None:
    shown = [view(*asked) for asked in (*BY_BUTTONS, *BY_REACTIONS)]
    assert {draft.kind for draft, _how in BY_BUTTONS} == KINDS.keys()
    assert {one.controls.kind for one in shown if one.controls} == set(ControlKind)


@pytest.mark.parametrize("labels", [on_discord, on_slack, on_the_web])
@pytest.mark.parametrize(("draft", "answer_with"), [*BY_BUTTONS, *BY_REACTIONS])
def test_no_button_is_empty(
    labels: Callable[[MessageView], list[str]], draft: QuestionDraft, answer_with: AnswerWith
) -> None:
    drawn = labels(view(draft, answer_with))
    assert all(label.strip() for label in drawn)
    if (draft, answer_with) in BY_BUTTONS and draft is not PAIR:
        assert drawn
