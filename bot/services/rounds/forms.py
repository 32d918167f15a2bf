"""What somebody fills in to answer a round whose control is fields or menus, asked for when its button is clicked."""

from dataclasses import dataclass, field

from bot.domain.answers import Answer, AnswerOutcome, AnswerStatus
from bot.domain.errors import NotFound
from bot.domain.identity import Member, RoundId
from bot.domain.kinds import kind_of
from bot.domain.questions import Question
from bot.domain.responses import Given, Row, Typed
from bot.domain.rounds import Reveal, Round
from bot.domain.views import ControlKind, Field, Menu, MessageView
from bot.i18n import gettext as _
from bot.ports import Unit
from bot.rendering.receipts import receipt, too_late
from bot.services.core import Core

_FORMS = {ControlKind.FIELDS, ControlKind.MENUS}


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerForm:
    """A form to answer a round with, the same on every platform.

    Attributes:
        round_id: the round that it answers.
        title: at most 45 characters of plain text.
        question: the question's stem, as Markdown; if letters are typed, also what they stand for.
        fields: what to type into.
        typed: what each field holds at first: the member's answer that stands, or nothing.
        menus: what to pick from.
        row: what is picked in the menus at first: the member's answer that stands, or nothing.
    """

    round_id: RoundId
    title: str
    question: str
    fields: tuple[Field, ...] = ()
    typed: Typed = ()
    menus: tuple[Menu, ...] = ()
    row: Row = field(default_factory=Row)

    @property
    def may_be_empty(self) -> bool:
        """Whether a field or menu may stay empty: one of several fields, or all, which takes an earlier answer back."""
        return len(self.fields) > 1 or any(self.typed) or any(pick is not None for pick in self.row.picks)


async def answer_form(core: Core, member: Member, channel: str, round_id: RoundId) -> AnswerForm | MessageView:
    """Return the form that answers a round, or the private reply for somebody who can't answer it any more.

    Raises:
        NotFound: the member sees no such round there, or it isn't answered with a form.
    """

    async def read(unit: Unit) -> tuple[Round | None, Answer | None]:
        found = await unit.rounds.find(round_id)
        return found, (await unit.answers.of_member(member, [round_id])).get(round_id)

    round_, answer = await core.storage.read(read)
    if round_ is None or not round_.is_shown_to(member, channel) or kind_of(round_).controls(round_).kind not in _FORMS:
        raise NotFound(_("This question isn't here any more."))
    question = await core.revisions.of(round_)
    response = answer.response if answer else None
    if not round_.takes_answers_at(core.clock.now()):
        if round_.closed_at is not None:
            return too_late(round_, kind_of(round_).response((), round_), answer, question)
        return receipt(AnswerOutcome(status=AnswerStatus.CLOSED, round=round_, answer=answer), None)
    if response and round_.reveal is Reveal.ON_ANSWER:
        return receipt(AnswerOutcome(status=AnswerStatus.ALREADY_ANSWERED, round=round_, answer=answer), question)
    return _form(round_, question, response.given(round_.order) if response else ())


def _form(round_: Round, question: Question, given: Given) -> AnswerForm:
    kind = kind_of(round_)
    fields, menus = kind.controls(round_).fields, kind.menus(round_, question)
    offered = [f"- {option.letter} {option.text}" for option in kind.options(round_, question) if fields]
    return AnswerForm(
        round_id=round_.id,
        title=_("Your answer"),
        question="\n\n".join(filter(None, (kind.shown_stem(question.stem), "\n".join(offered)))),
        fields=fields,
        typed=given if isinstance(given, tuple) and given else ("",) * len(fields),
        menus=menus,
        row=given if isinstance(given, Row) else Row((None,) * len(menus)),
    )
