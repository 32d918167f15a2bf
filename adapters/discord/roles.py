"""Roles mapped to teams: members with such a role play for its team from their next answer on."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from cachetools import TTLCache

from bot.application import Application
from bot.domain.identity import Member, SpaceId
from bot.services.leagues.team_groups import follow_groups, mapped_groups

_KNOWN_FOR_S = 30.0
"""Seconds that a mapping is cached: another process may change it."""
_MOST_KEPT = 20_000


@dataclass(frozen=True, slots=True)
class _Mapped:
    """A space's roles that are mapped to teams, and the members put into a team since the lookup."""

    roles: frozenset[str]
    followed: set[tuple[str, frozenset[str]]] = field(default_factory=set)


class Roles:
    """Puts members into teams by their roles, with a cache, because every click asks."""

    def __init__(self, app: Application, now: Callable[[], float] = time.monotonic) -> None:
        self._app = app
        self._mapped: TTLCache[SpaceId, _Mapped] = TTLCache(_MOST_KEPT, _KNOWN_FOR_S, timer=now)

    async def follow(self, member: Member, roles: Sequence[str]) -> None:
        """Put a member into the team that one of their roles is mapped to, if any."""
        if not roles:
            return
        mapped = await self._known(member.space_id)
        own = mapped.roles.intersection(roles)
        if own and (member.external_id, own) not in mapped.followed:
            await follow_groups(self._app, member, own)
            mapped.followed.add((member.external_id, own))

    def forget(self, space_id: SpaceId) -> None:
        """Drop a space's mappings from the cache, because they may have changed."""
        self._mapped.pop(space_id, None)

    async def _known(self, space_id: SpaceId) -> _Mapped:
        mapped = self._mapped.get(space_id)
        if mapped is None:
            mapped = self._mapped[space_id] = _Mapped(frozenset(await mapped_groups(self._app, space_id)))
        return mapped
