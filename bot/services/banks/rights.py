"""Whose questions the hosts of a space may change."""

from bot.domain.errors import NotAllowed, NotFound
from bot.domain.identity import QuestionId, SpaceId
from bot.domain.questions import Question
from bot.i18n import gettext as _
from bot.ports import Unit


async def own_question(unit: Unit, space_id: SpaceId, question_id: QuestionId, *, was_asked: bool = False) -> Question:
    """Return a question in a bank of a space's own; only a space that ``was_asked`` any other is told that it exists.

    Raises:
        NotAllowed: the bank is the operator's, or another space's.
        NotFound: the space can't know of such a question.
    """
    question = await unit.banks.question(question_id)
    bank = await unit.banks.bank_of(question)
    if bank.space_id == space_id:
        return question
    if bank.space_id is None:
        raise NotAllowed(
            _("This question's bank is for every space, so only whoever runs me can change it, on the command line.")
        )
    if was_asked:
        raise NotAllowed(_("This question's bank belongs to another space, so only hosts there can change it."))
    raise NotFound(_("There is no question {id}.").format(id=question_id))
