"""Answers: what a player chose, and which of several clicks stands."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache

from bot.domain.grading import Grade, grade
from bot.domain.identity import ChoiceId, Member, PlayerId, RoundId, SpaceId
from bot.domain.leagues import Rules
from bot.domain.rounds import AnswerWith, Reveal, Round


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmitAnswer:
    """A player's click, select or reaction, as an adapter understood it.

    Attributes:
        picks: 0-based positions in the order in which the round shows its choices; empty takes an answer back.
        at: the platform's time of the click, aware.
        event_id: the platform's id of the click; orders two clicks of the same moment, and names the answer in logs.
        account_since: since when the account exists, where the platform tells.
        joined_at: since when it has been in the space, where the platform tells.
    """

    round_id: RoundId
    channel: str
    member: Member
    picks: frozenset[int]
    at: datetime
    event_id: str
    account_since: datetime | None = None
    joined_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The one answer of a player in a round; no choices: taken back.

    Attributes:
        grade: None until the round's rule lets it count: at once, or at the close.
        day: the local day that it counts on, once it is stored: a league's zone at that time decides, for good.
    """

    round_id: RoundId
    player_id: PlayerId
    choices: frozenset[ChoiceId]
    at: datetime
    event_id: str
    grade: Grade | None = None
    day: date | None = field(default=None, compare=False)


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
    NO_SUCH_CHOICE = "no_such_choice"
    WRONG_NUMBER = "wrong_number"
    TOO_NEW = "too_new"
    ANSWERED_ELSEWHERE = "answered_elsewhere"


FREE_FOR_ALL = Rules()
STORED = frozenset({AnswerStatus.SAVED, AnswerStatus.CHANGED, AnswerStatus.TAKEN_BACK})


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerOutcome:
    """What became of a submitted answer, and the answer that stands now (None: there is none).

    Attributes:
        allowed_from: when somebody who is too new may answer.
        elsewhere: where the player has answered the same question.
    """

    status: AnswerStatus
    round: Round | None = None
    answer: Answer | None = None
    allowed_from: datetime | None = None
    elsewhere: SpaceId | None = None


def decide(
    round_: Round,
    standing: Answer | None,
    submitted: SubmitAnswer,
    player_id: PlayerId,
    *,
    rules: Rules = FREE_FOR_ALL,
    elsewhere: SpaceId | None = None,
) -> AnswerOutcome:
    """Which answer stands after a click; ``elsewhere`` is where the player has answered the same question, if anywhere.

    Where the verdict follows at once, the first answer by the platform's clock counts; where it waits for the
    close, the last one does. So the same clicks leave the same answer in whatever order, and however often,
    they are delivered.
    """
    refused = refusal(round_, submitted, rules)
    if not refused and elsewhere is not None and not (standing and standing.choices):
        refused = AnswerStatus.ANSWERED_ELSEWHERE
    if refused:
        return AnswerOutcome(
            status=refused,
            round=round_,
            answer=standing,
            allowed_from=allowed(rules, submitted) if refused is AnswerStatus.TOO_NEW else None,
            elsewhere=elsewhere if refused is AnswerStatus.ANSWERED_ELSEWHERE else None,
        )
    choices = frozenset([round_.order[pick] for pick in submitted.picks])
    answer = Answer(
        round_id=round_.id,
        player_id=player_id,
        choices=choices,
        at=submitted.at,
        event_id=submitted.event_id,
        grade=_grade(choices, round_) if round_.reveal is Reveal.ON_ANSWER else None,
    )
    if standing is None:
        return _stored(round_, AnswerStatus.SAVED, answer)
    this, that = (answer.at, answer.event_id), (standing.at, standing.event_id)
    again = answer.choices == standing.choices
    if this == that or (again and round_.reveal is Reveal.ON_ANSWER and this > that):
        return AnswerOutcome(status=AnswerStatus.UNCHANGED, round=round_, answer=standing)
    if round_.reveal is Reveal.ON_ANSWER and this > that:
        return AnswerOutcome(status=AnswerStatus.ALREADY_ANSWERED, round=round_, answer=standing)
    if round_.reveal is Reveal.AT_CLOSE and this < that:
        return AnswerOutcome(status=AnswerStatus.SUPERSEDED, round=round_, answer=standing)
    # The same choices again are stored for their time: an older click may still be on its way.
    return _stored(round_, AnswerStatus.SAVED if again else AnswerStatus.CHANGED, answer)


def _stored(round_: Round, status: AnswerStatus, answer: Answer) -> AnswerOutcome:
    return AnswerOutcome(status=status if answer.choices else AnswerStatus.TAKEN_BACK, round=round_, answer=answer)


def graded_answer(answer: Answer, round_: Round) -> Answer:
    """The answer with its grade under the round's key; with none where there is nothing to grade."""
    return replace(answer, grade=_grade(answer.choices, round_))


@lru_cache(maxsize=1_000)
def _graded(choices: frozenset[ChoiceId], key: frozenset[ChoiceId]) -> Grade:
    return grade(choices, key)


def _grade(choices: frozenset[ChoiceId], round_: Round) -> Grade | None:
    return _graded(choices, round_.key) if choices and round_.key else None


def allowed(rules: Rules, submitted: SubmitAnswer) -> datetime | None:
    """From when on the rules let somebody answer; None: since ever, or nobody can tell."""
    return rules.allowed_from(submitted.account_since, submitted.joined_at)


def refusal(round_: Round, submitted: SubmitAnswer, rules: Rules = FREE_FOR_ALL) -> AnswerStatus | None:
    """Why an answer can't be taken at all, whoever gives it; None where it can."""
    if not _is_at(round_, submitted):
        return AnswerStatus.NO_SUCH_ROUND
    if not round_.takes_answers_at(submitted.at):
        return AnswerStatus.CLOSED
    if rules.ask_for_age and (since := allowed(rules, submitted)) is not None and submitted.at < since:
        return AnswerStatus.TOO_NEW
    picks = submitted.picks
    if picks and (min(picks) < 0 or max(picks) >= len(round_.order)):
        return AnswerStatus.NO_SUCH_CHOICE
    # A reaction comes after the other, and may go again; a select menu gives all at once.
    fewest = 0 if round_.answer_with is AnswerWith.REACTIONS else round_.fewest_picks
    return None if fewest <= len(picks) <= round_.most_picks else AnswerStatus.WRONG_NUMBER


def _is_at(round_: Round, submitted: SubmitAnswer) -> bool:
    """Whether the answer comes from where the round was asked, by somebody who may see it."""
    member = submitted.member
    return (
        member.space_id == round_.space_id
        and submitted.channel == round_.channel
        and round_.private_to in {None, member.external_id}
    )
