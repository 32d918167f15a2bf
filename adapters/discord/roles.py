"""Roles that stand for teams: whoever has one plays for its team from the next answer on."""

import time
from collections.abc import Callable, Sequence

from bot.application import Application
from bot.domain.identity import Member, SpaceId
from bot.services.leagues.team_groups import follow_groups, mapped_groups

_KNOWN_FOR_S = 30.0
"""Another process may have changed what stands for what."""


class Roles:
    """What was looked up and done lately is remembered: every click asks."""

    def __init__(self, app: Application, now: Callable[[], float] = time.monotonic) -> None:
        self._app = app
        self._now = now
        self._mapped: dict[SpaceId, tuple[float, frozenset[str]]] = {}
        self._followed: set[tuple[SpaceId, str, frozenset[str]]] = set()

    async def follow(self, member: Member, roles: Sequence[str]) -> None:
        """Put a member into the team that a role of theirs stands for, if any does."""
        if not roles:
            return
        own = (await self._known(member.space_id)).intersection(roles)
        if own and (member.space_id, member.external_id, own) not in self._followed:
            await follow_groups(self._app, member, own)
            self._followed.add((member.space_id, member.external_id, own))

    def forget(self, space_id: SpaceId) -> None:
        """What stands for what may have changed in a space."""
        self._mapped.pop(space_id, None)

    async def _known(self, space_id: SpaceId) -> frozenset[str]:
        until, mapped = self._mapped.get(space_id, (0.0, frozenset()))
        if self._now() >= until:
            mapped = frozenset(await mapped_groups(self._app, space_id))
            self._mapped[space_id] = self._now() + _KNOWN_FOR_S, mapped
            self._followed = {one for one in self._followed if one[0] != space_id}
        return mapped
