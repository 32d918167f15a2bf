"""Show the back of a card to somebody who asks for it, in private and with the buttons that answer it."""

from bot.domain.answers import Answer
from bot.domain.errors import NotFound
from bot.domain.identity import Member, RoundId
from bot.domain.kinds import kind_of
from bot.domain.rounds import Reveal, Round
from bot.domain.views import ControlKind, MessageView
from bot.i18n import gettext as _
from bot.ports import Unit
from bot.rendering.questions import back_of_card
from bot.services.core import Core


async def show_back(core: Core, member: Member, channel: str, round_id: RoundId) -> MessageView:
    """Return the private message with the back; without buttons if the member can't answer the round any more.

    Raises:
        NotFound: the member sees no such round there, or it doesn't ask a card.
    """

    async def read(unit: Unit) -> tuple[Round | None, Answer | None]:
        found = await unit.rounds.find(round_id)
        return found, (await unit.answers.of_member(member, [round_id])).get(round_id)

    round_, answer = await core.storage.read(read)
    if round_ is None or not round_.is_shown_to(member, channel) or not _is_card(round_):
        raise NotFound(_("This question isn't here any more."))
    told = ""
    if not round_.key:
        told = _("This question was withdrawn: it doesn't count")
    elif not round_.takes_answers_at(core.clock.now()):
        told = _("This question has closed.")
    elif answer and answer.response and round_.reveal is Reveal.ON_ANSWER:
        told = _("Your first answer stands.")
    return back_of_card(round_, await core.revisions.of(round_), told)


def _is_card(round_: Round) -> bool:
    return kind_of(round_).controls(round_).kind is ControlKind.CARD
