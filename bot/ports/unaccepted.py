"""Storage of typed answers that were judged wrong; see `bot.ports.storage` for what all storage ports share."""

from collections.abc import Collection
from datetime import datetime
from typing import Protocol

from bot.domain.identity import QuestionId, SpaceId
from bot.domain.unaccepted import WrongAnswer


class UnacceptedAnswers(Protocol):
    """Typed answers that were judged wrong, for a space's hosts.

    Only closed public rounds of the space count, and only questions that aren't withdrawn and still have the kind that
    they were asked with.
    """

    async def latest(self, space_id: SpaceId) -> list[WrongAnswer]:
        """Return the latest wrong answers, some thousands at most.

        Left out are questions that are being asked in the space's league: hosts are players, too.
        """

    async def to_question(self, space_id: SpaceId, question_id: QuestionId) -> list[WrongAnswer]:
        """Return the latest wrong answers to a question, some thousands at most."""

    async def set_aside(self, space_id: SpaceId, question_id: QuestionId, code: str, at: datetime) -> None:
        """Store that a space's hosts don't want to be asked about an answer again."""

    async def codes_set_aside(
        self, space_id: SpaceId, question_ids: Collection[QuestionId]
    ) -> set[tuple[QuestionId, str]]:
        """Return the answers to these questions that a space's hosts have set aside, as questions and codes."""
