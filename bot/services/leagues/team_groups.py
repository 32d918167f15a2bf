"""Map a platform's groups of people, such as roles, to teams."""

import re
from collections.abc import Collection

from bot.domain.commands import Caller
from bot.domain.errors import BadInput
from bot.domain.identity import Member, SpaceId, Team
from bot.i18n import gettext as _
from bot.ports import Unit
from bot.services.core import Core
from bot.services.leagues.teams import clean_name, find_team, join

_GROUP = re.compile(r"[@&]?([A-Za-z0-9]{1,40})")
"""The platform's id of a group, which the adapter has taken out of a mention."""


async def map_group(core: Core, caller: Caller, group: str, name: str) -> Team | None:
    """Map a group to a team and return the team; without a name, remove the mapping and return None.

    Raises:
        BadInput: ``group`` isn't a group.
        NotFound: there is no such team.
    """
    found = _GROUP.fullmatch(group.strip())
    if found is None:
        raise BadInput(_("“{group}” isn't a group. Mention it, as in @study-group.").format(group=group))
    wanted = clean_name(name) if name.strip() else None

    async def work(unit: Unit) -> Team | None:
        space = await unit.spaces.lock(caller.space.id)
        team = None if wanted is None else await find_team(unit, space.league_id, wanted)
        await unit.people.map_group(caller.space.id, found[1], team.id if team else None)
        return team

    return await core.storage.write(work)


async def mapped_groups(core: Core, space_id: SpaceId) -> dict[str, Team]:
    """Return the team that each group of a space is mapped to."""
    return await core.storage.read(lambda unit: unit.people.group_teams(space_id))


async def follow_groups(core: Core, member: Member, group_ids: Collection[str], *, newcomers: bool = True) -> None:
    """Put a member into the team that one of their groups is mapped to.

    A member whose groups belong to several teams stays in their team if it is one of these. A member without such a
    group keeps the team that they chose. Without ``newcomers``, somebody of whom nothing is stored stays unknown:
    perhaps they were just forgotten.
    """
    if not (await mapped_groups(core, member.space_id)).keys() & set(group_ids):
        return

    async def work(unit: Unit) -> None:
        space = await unit.spaces.lock(member.space_id)
        teams = await unit.people.group_teams(space.id)
        wanted = [teams[group] for group in group_ids if group in teams]
        if not wanted:
            return
        if not newcomers and await unit.people.player(member) is None:
            return
        player = await unit.people.ensure_player(member)
        if await unit.people.team_of(wanted[0].league_id, player) not in {team.name for team in wanted}:
            await join(core, unit, wanted[0], player)

    await core.storage.write(work)
