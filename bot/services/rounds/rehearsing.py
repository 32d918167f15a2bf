"""Rehearse a question: what a round would show of it, without any round. Nothing is stored, and nobody is asked."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from random import Random

from bot.domain.identity import LeagueId, RoundId, SpaceId
from bot.domain.kinds import kind_of
from bot.domain.questions import Question
from bot.domain.rounds import AnswerWith, Reveal, Round
from bot.domain.views import MessageView
from bot.rendering.questions import open_question, result

_NOBODYS = 0
_AT_SOME_TIME = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsal:
    """What people would see of a question: while it is open, and after its close."""

    asked: MessageView
    told: MessageView


def rehearsed(question: Question) -> Rehearsal:
    """Rehearse a question as `/quiz` asks it, without a time and the figures of those who answered.

    The choices come in an order that stays for as long as there are as many of them.
    """
    round_ = Round(
        id=RoundId(_NOBODYS),
        space_id=SpaceId(_NOBODYS),
        league_id=LeagueId(_NOBODYS),
        channel="",
        question_id=question.id,
        revision=question.revision,
        key=question.key,
        select=question.select,
        order=kind_of(question).shuffled(question, Random(0)),  # noqa: S311 - nobody gains from guessing it
        reveal=Reveal.ON_ANSWER,
        answer_with=AnswerWith.BUTTONS,
        opened_at=_AT_SOME_TIME,
        closes_at=None,
        kind=question.kind,
    )
    told = result(round_, question, [], {}, [])
    options = tuple(replace(option, tally="", share=None) for option in told.options)
    return Rehearsal(asked=open_question(round_, question), told=replace(told, options=options, footer=""))
