"""What somebody fills in to answer a round whose control is fields, asked for when its button is clicked."""

from dataclasses import dataclass

from bot.domain.answers import Answer, AnswerOutcome, AnswerStatus
from bot.domain.errors import NotFound
from bot.domain.identity import Member, RoundId
from bot.domain.kinds import kind_of
from bot.domain.responses import Typed
from bot.domain.rounds import Reveal, Round
from bot.domain.views import Field, MessageView
from bot.i18n import gettext as _
from bot.ports import Unit
from bot.rendering.receipts import receipt, too_late
from bot.services.core import Core


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerForm:
    """A form to answer a round with, the same on every platform.

    Attributes:
        round_id: the round that it answers.
        title: at most 45 characters of plain text.
        question: the question's stem, as Markdown.
        fields: what to fill in.
        typed: what each field holds at first: the member's answer that stands, or nothing.
    """

    round_id: RoundId
    title: str
    question: str
    fields: tuple[Field, ...]
    typed: Typed

    @property
    def may_be_empty(self) -> bool:
        """Whether a field may stay empty: one of several, or the only one, which then takes the answer back."""
        return len(self.fields) > 1 or any(self.typed)


async def answer_form(core: Core, member: Member, channel: str, round_id: RoundId) -> AnswerForm | MessageView:
    """Return the form that answers a round, or the private reply for somebody who can't answer it any more.

    Raises:
        NotFound: the member sees no such round there, or it isn't answered with fields.
    """

    async def read(unit: Unit) -> tuple[Round | None, Answer | None]:
        found = await unit.rounds.find(round_id)
        return found, (await unit.answers.of_member(member, [round_id])).get(round_id)

    round_, answer = await core.storage.read(read)
    if round_ is None or not round_.is_shown_to(member, channel) or not kind_of(round_).controls(round_).fields:
        raise NotFound(_("This question isn't here any more."))
    question = await core.revisions.of(round_)
    response = answer.response if answer else None
    if not round_.takes_answers_at(core.clock.now()):
        if round_.closed_at is not None:
            return too_late(round_, kind_of(round_).response((), round_), answer, question)
        return receipt(AnswerOutcome(status=AnswerStatus.CLOSED, round=round_, answer=answer), None)
    if response and round_.reveal is Reveal.ON_ANSWER:
        return receipt(AnswerOutcome(status=AnswerStatus.ALREADY_ANSWERED, round=round_, answer=answer), question)
    fields = kind_of(round_).controls(round_).fields
    typed = response.given(round_.order) if response else ()
    return AnswerForm(
        round_id=round_id,
        title=_("Your answer"),
        question=kind_of(round_).shown_stem(question.stem),
        fields=fields,
        typed=typed if isinstance(typed, tuple) and typed else ("",) * len(fields),
    )
