"""Tell people that their answer counts as right after all."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from functools import partial

from bot.domain.identity import PlayerId, SpaceId
from bot.domain.questions import Question
from bot.domain.rounds import Round
from bot.ports import Unit
from bot.rendering.unaccepted import good_news
from bot.services.core import Core
from bot.services.telling import tell


@dataclass(frozen=True, slots=True)
class Gain:
    """The people whose answers in a round became worth more."""

    round: Round
    players: frozenset[PlayerId]


async def tell_gains(core: Core, unit: Unit, question: Question, text: str, gains: Collection[Gain]) -> None:
    """Post one line in each channel where people gain by a newly accepted answer; for a private round, to its player.

    A league that is being asked the question isn't told, because that would give the answer away.
    """
    gained: defaultdict[tuple[SpaceId, str, str | None], set[PlayerId]] = defaultdict(set)
    for gain in gains:
        if gain.round.closed_at is not None:
            gained[gain.round.space_id, gain.round.channel, gain.round.private_to].update(gain.players)
    for (space_id, channel, private_to), players in gained.items():
        space = await unit.spaces.find(space_id)
        if space and space.left_at is None and not await unit.rounds.is_being_asked(question.id, space_id):
            render = partial(good_news, question, text, None if private_to is not None else len(players))
            await tell(core, unit, space_id, channel, render, private_to=private_to)
