"""Answers: what a player answered, and which of several clicks counts."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache

from bot.domain.grading import Grade
from bot.domain.identity import Member, PlayerId, RoundId, SpaceId
from bot.domain.kinds import kind_of
from bot.domain.leagues import Rules
from bot.domain.responses import Given, Key, Refusal, Response
from bot.domain.rounds import Reveal, Round
from bot.domain.speed import with_speed


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmitAnswer:
    """A player's click, select or reaction, as an adapter understood it.

    Attributes:
        given: what the player did with the round's control; empty takes an answer back.
        at: the platform's time of the click, aware.
        event_id: the platform's id of the click; orders two clicks of the same moment, and names the answer in logs.
        account_since: when the account was made, if the platform tells.
        joined_at: when the account joined the space, if the platform tells.
        since: the earliest time at which the player may have done it; None: ``at``.
    """

    round_id: RoundId
    channel: str
    member: Member
    given: Given
    at: datetime
    event_id: str
    account_since: datetime | None = None
    joined_at: datetime | None = None
    since: datetime | None = None

    def is_outdated(self, deleted_at: datetime | None) -> bool:
        """Whether the player may have done it before their account was deleted."""
        if deleted_at is None:
            return False
        return min(filter(None, (self.at, self.since, self.member.acted_at))) < deleted_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The one answer of a player in a round.

    Attributes:
        response: what was answered; false in a condition: taken back.
        grade: None until the round's rule lets it count: at once, or at the close.
        day: the local day that it counts on, once it is stored: a league's zone at that time decides, for good.
        account: the external id of the player's account that gave it; None for answers from before this was stored.
    """

    round_id: RoundId
    player_id: PlayerId
    response: Response
    at: datetime
    event_id: str
    grade: Grade | None = None
    day: date | None = field(default=None, compare=False)
    account: str | None = field(default=None, compare=False)


class AnswerStatus(StrEnum):
    """What became of a submitted answer."""

    SAVED = "saved"
    CHANGED = "changed"
    TAKEN_BACK = "taken_back"
    UNCHANGED = "unchanged"
    ALREADY_ANSWERED = "already_answered"
    SUPERSEDED = "superseded"
    CLOSED = "closed"
    NO_SUCH_ROUND = "no_such_round"
    TOO_NEW = "too_new"
    ANSWERED_ELSEWHERE = "answered_elsewhere"
    DELETED = "deleted"


FREE_FOR_ALL = Rules()
STORED = frozenset({AnswerStatus.SAVED, AnswerStatus.CHANGED, AnswerStatus.TAKEN_BACK})


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerOutcome:
    """What became of a submitted answer, and the answer that stands now (None: there is none).

    Attributes:
        status: what became of the answer, or why its kind of question refuses it.
        allowed_from: when somebody who is too new may answer.
        elsewhere: where the player has answered the same question.
    """

    status: AnswerStatus | Refusal
    round: Round | None = None
    answer: Answer | None = None
    allowed_from: datetime | None = None
    elsewhere: SpaceId | None = None


def decide(
    round_: Round,
    current: Answer | None,
    submitted: SubmitAnswer,
    player_id: PlayerId,
    *,
    rules: Rules = FREE_FOR_ALL,
    elsewhere: SpaceId | None = None,
) -> AnswerOutcome:
    """Decide which answer counts after a click; ``elsewhere`` is a space where the player answered the same question.

    If the verdict follows at once, the first answer by the platform's clock counts; if it waits for the close, the
    last one does. So the same clicks leave the same answer, in whatever order and however often they are delivered.
    Only a blank field leaves nothing where there is no answer yet, and the player hears that there was none.
    """
    refused = refusal(round_, submitted, rules)
    if not refused and elsewhere is not None and not (current and current.response):
        refused = AnswerStatus.ANSWERED_ELSEWHERE
    if refused:
        return AnswerOutcome(
            status=refused,
            round=round_,
            answer=current,
            allowed_from=allowed(rules, submitted) if refused is AnswerStatus.TOO_NEW else None,
            elsewhere=elsewhere if refused is AnswerStatus.ANSWERED_ELSEWHERE else None,
        )
    kind = kind_of(round_)
    response = kind.response(submitted.given, round_)
    if current is None and not response and kind.blank_first:
        return AnswerOutcome(status=kind.blank_first, round=round_)
    answer = Answer(
        round_id=round_.id,
        player_id=player_id,
        response=response,
        at=submitted.at,
        event_id=submitted.event_id,
        account=submitted.member.external_id,
        grade=_grade(response, round_, submitted.at) if round_.reveal is Reveal.ON_ANSWER else None,
    )
    return _stored(round_, AnswerStatus.SAVED, answer) if current is None else _of_two(round_, current, answer)


def _of_two(round_: Round, current: Answer, answer: Answer) -> AnswerOutcome:
    """Decide whether an answer replaces the one that stands."""
    this, that = (answer.at, answer.event_id), (current.at, current.event_id)
    again = answer.response == current.response
    if this == that or (again and round_.reveal is Reveal.ON_ANSWER and this > that):
        return AnswerOutcome(status=AnswerStatus.UNCHANGED, round=round_, answer=current)
    if round_.reveal is Reveal.ON_ANSWER and this > that:
        return AnswerOutcome(status=AnswerStatus.ALREADY_ANSWERED, round=round_, answer=current)
    if round_.reveal is Reveal.AT_CLOSE and this < that:
        return AnswerOutcome(status=AnswerStatus.SUPERSEDED, round=round_, answer=current)
    # The same response again is stored for its time: an older click may still be on its way.
    return _stored(round_, AnswerStatus.SAVED if again else AnswerStatus.CHANGED, answer)


def _stored(round_: Round, status: AnswerStatus, answer: Answer) -> AnswerOutcome:
    return AnswerOutcome(status=status if answer.response else AnswerStatus.TAKEN_BACK, round=round_, answer=answer)


def graded_answer(answer: Answer, round_: Round) -> Answer:
    """Grade an answer with the round's key; the grade is None if there is nothing to grade."""
    return replace(answer, grade=_grade(answer.response, round_, answer.at))


def due_answer(answer: Answer, round_: Round) -> Answer:
    """Return the answer with the grade that it should have now: none while the round keeps verdicts back."""
    return replace(answer, grade=None) if round_.keeps_back else graded_answer(answer, round_)


@lru_cache(maxsize=1_000)
def _graded(response: Response, key: Key) -> Grade | None:
    return key.grade(response)


def _grade(response: Response, round_: Round, at: datetime) -> Grade | None:
    grade = _graded(response, round_.key) if response and round_.key else None
    return with_speed(grade, round_, at) if grade else None


def makes_player(round_: Round, given: Given) -> bool:
    """Whether somebody who gives this, which the round can take, is a player from then on: not for a blank field."""
    kind = kind_of(round_)
    return kind.blank_first is None or bool(kind.response(given, round_))


def allowed(rules: Rules, submitted: SubmitAnswer) -> datetime | None:
    """When the rules let somebody start to answer; None: there is no limit, or the platform doesn't tell."""
    return rules.allowed_from(submitted.account_since, submitted.joined_at)


def refusal(round_: Round, submitted: SubmitAnswer, rules: Rules = FREE_FOR_ALL) -> AnswerStatus | Refusal | None:
    """Why the round can't take this answer from anybody; None if it can."""
    if not round_.is_shown_to(submitted.member, submitted.channel):
        return AnswerStatus.NO_SUCH_ROUND
    if not round_.takes_answers_at(submitted.at):
        return AnswerStatus.CLOSED
    if rules.ask_for_age and (since := allowed(rules, submitted)) is not None and submitted.at < since:
        return AnswerStatus.TOO_NEW
    return kind_of(round_).refusal(submitted.given, round_)
