"""Roles that stand for teams: whoever has one plays for its team from the next answer on."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from cachetools import TTLCache

from bot.application import Application
from bot.domain.identity import Member, SpaceId
from bot.services.leagues.team_groups import follow_groups, mapped_groups

_KNOWN_FOR_S = 30.0
"""Another process may have changed what stands for what."""
_MOST_KEPT = 20_000


@dataclass(frozen=True, slots=True)
class _Mapped:
    """The roles of a space that stand for teams, and who was put into a team since they were looked up."""

    roles: frozenset[str]
    followed: set[tuple[str, frozenset[str]]] = field(default_factory=set)


class Roles:
    """What was looked up and done lately is remembered: every click asks."""

    def __init__(self, app: Application, now: Callable[[], float] = time.monotonic) -> None:
        self._app = app
        self._mapped: TTLCache[SpaceId, _Mapped] = TTLCache(_MOST_KEPT, _KNOWN_FOR_S, timer=now)

    async def follow(self, member: Member, roles: Sequence[str]) -> None:
        """Put a member into the team that a role of theirs stands for, if any does."""
        if not roles:
            return
        mapped = await self._known(member.space_id)
        own = mapped.roles.intersection(roles)
        if own and (member.external_id, own) not in mapped.followed:
            await follow_groups(self._app, member, own)
            mapped.followed.add((member.external_id, own))

    def forget(self, space_id: SpaceId) -> None:
        """What stands for what may have changed in a space."""
        self._mapped.pop(space_id, None)

    async def _known(self, space_id: SpaceId) -> _Mapped:
        mapped = self._mapped.get(space_id)
        if mapped is None:
            mapped = self._mapped[space_id] = _Mapped(frozenset(await mapped_groups(self._app, space_id)))
        return mapped
