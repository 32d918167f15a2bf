"""Know the people of a workspace: their names, who is in charge, and which teams their user groups stand for."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass, replace
from typing import Any

import structlog
from cachetools import LRUCache, TTLCache
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from adapters.slack.inbound import seen
from adapters.slack.web_api.pace import Pauses
from adapters.slack.web_api.workspace import Method, Refused, Workspace
from adapters.slack.web_api.workspaces import ADAPTER
from bot.application import Application
from bot.domain.commands import Caller
from bot.domain.deletions import Outdated
from bot.domain.identity import Member, Space, SpaceId
from bot.i18n import known_language
from bot.ports import MessengerError, RateLimited, Unit
from bot.services.leagues.team_groups import follow_groups, mapped_groups
from bot.services.people.hosting import host_groups
from bot.services.platforms.arriving import greet_host
from bot.services.turns import Turns

RIGHTS_LAST_S = 300.0
"""How long somebody's rights and groups are remembered before Slack is asked again."""
_NAMES_LAST_S = 3600.0
_MAPPING_LASTS_S = 5.0
_MOST_PAGES = 5
_BUSY_S = 30.0
_MOST_KEPT = 20_000

_log = structlog.get_logger(__name__)

Ask = Callable[[Method, dict[str, Any]], Awaitable[AsyncSlackResponse]]
"""Calls a method of Slack's, with or without somebody who waits for it."""


@dataclass(frozen=True, slots=True)
class Profile:
    """What Slack says about somebody.

    Attributes:
        is_admin: they run this workspace; people from another one, in a shared channel, never do.
        is_guest: they see only the channels that they are in.
        is_bot: it is an app's account, not a person's.
        is_active: the account isn't closed.
        language: the one that they have chosen for their Slack, if Quizbot speaks it.
        at: when Slack said so; None: only the name is known, from storage.
    """

    name: str
    is_admin: bool = False
    is_guest: bool = False
    is_bot: bool = False
    is_active: bool = True
    language: str | None = None
    at: float | None = None


class People:
    """Remembers the profiles of people in all workspaces for a while."""

    def __init__(self, app: Application, pauses: Pauses, now: Callable[[], float] = time.monotonic) -> None:
        self._app = app
        self._pauses = pauses
        self._now = now
        self._profiles: LRUCache[tuple[str, str], Profile] = LRUCache(_MOST_KEPT)
        self._mapped: TTLCache[str, frozenset[str]] = TTLCache(_MOST_KEPT, _MAPPING_LASTS_S, timer=now)
        self._groups: TTLCache[tuple[str, str], frozenset[str]] = TTLCache(_MOST_KEPT, RIGHTS_LAST_S, timer=now)
        self._greeted: TTLCache[str, None] = TTLCache(_MOST_KEPT, RIGHTS_LAST_S, timer=now)
        self._turns = Turns()
        self._meeting: set[tuple[str, str]] = set()
        self._busy_until = 0.0

    async def member(self, space: Space, user_id: str, otherwise: str) -> Member:
        """Return somebody as a member; ``otherwise`` is their name if none is known yet."""
        key, now = (space.external_id, user_id), self._app.clock.now()
        if key not in self._profiles:
            known = await self._app.storage.read(lambda unit: unit.people.accounts(ADAPTER, user_id))
            here = [account.name for account in known if account.space_id == space.id]
            name = here[0] if here else otherwise
            if not name:
                return Member(space_id=space.id, external_id=user_id, name=name, acted_at=now)
            self._profiles[key] = Profile(name)
        return Member(space_id=space.id, external_id=user_id, name=self._profiles[key].name, acted_at=now)

    async def member_asked(self, workspace: Workspace, space: Space, user_id: str) -> Member:
        """Return somebody as a member; ask Slack for an unknown name, or use the user id if it doesn't answer soon."""
        member = await self.member(space, user_id, "")
        if member.name:
            return member
        try:
            async with asyncio.timeout(self._pauses.name):
                answer = await workspace.call(workspace.client.users_info, _about(user_id), patience=0)
        except (MessengerError, TimeoutError):
            return replace(member, name=user_id)
        return replace(member, name=self._learnt(workspace, answer).name)

    def is_bot(self, space: Space, user_id: str) -> bool:
        """Whether somebody is known to be an app, whose reactions aren't answers."""
        profile = self._profiles.get((space.external_id, user_id))
        return profile is not None and profile.is_bot

    def language(self, team_id: str, user_id: str) -> str | None:
        """Return somebody's language, if Slack has been asked about them and Quizbot speaks it."""
        profile = self._profiles.get((team_id, user_id))
        return profile.language if profile else None

    async def profile(self, workspace: Workspace, user_id: str, *, lasts: float = RIGHTS_LAST_S) -> Profile:
        """Return what Slack says about somebody, or said at most ``lasts`` seconds ago.

        Raises:
            MessengerError: Slack can't be asked.
        """
        kept = self._kept(workspace, user_id, lasts)
        return kept or self._learnt(workspace, await workspace.call(workspace.client.users_info, _about(user_id)))

    async def caller(self, workspace: Workspace, space: Space, user_id: str, channel: str) -> Caller:
        """Return somebody as the caller of a command, with what makes them host.

        Raises:
            MessengerError: Slack can't be asked.
        """
        now, profile = self._app.clock.now(), await self.profile(workspace, user_id)
        groups = await self.groups_that_host(workspace, space, user_id)
        member = Member(space_id=space.id, external_id=user_id, name=profile.name, acted_at=now)
        return Caller(space=space, channel=channel, member=member, is_host=profile.is_admin, groups=groups)

    def wants_to_meet(self, space: Space, user_id: str) -> bool:
        """Whether `meet` would do anything for somebody now."""
        key = space.external_id, user_id
        if key in self._meeting or self._now() < self._busy_until:
            return False
        groups = self._mapped.get(space.external_id)
        profile = self._profiles.get(key)
        is_known = profile is not None and profile.at is not None and self._now() - profile.at < _NAMES_LAST_S
        return not is_known or groups is None or bool(groups)

    async def meet(self, workspace: Workspace, space: Space, user_id: str) -> None:
        """Update the name and team of somebody who takes part; this may take a while."""
        key, now = (workspace.team_id, user_id), self._app.clock.now()
        self._meeting.add(key)
        try:
            if self._kept(workspace, user_id, _NAMES_LAST_S) is None:
                profile = self._learnt(
                    workspace,
                    await workspace.ask(workspace.client.users_info, _about(user_id)),
                )
                await self._rename(Member(space_id=space.id, external_id=user_id, name=profile.name, acted_at=now))
            await self._follow(workspace, space, user_id)
        except RateLimited:
            self._busy_until = self._now() + _BUSY_S  # people who answer now are met when they answer again
        except (MessengerError, Outdated) as error:
            _log.info("not_asked_about", team=workspace.team_id, reason=str(error))
        finally:
            self._meeting.discard(key)

    async def meet_host(self, space: Space, host: Member) -> None:
        """Welcome a host who is the first one to show up, where nobody knows who installed the bot."""
        if space.external_id not in self._greeted:
            await greet_host(self._app, space, host)
            self._greeted[space.external_id] = None

    async def takes_charge(self, host: Member) -> None:
        """Store the host who has just set up the bot, as the one to tell when something needs a host."""

        async def work(unit: Unit) -> None:
            await unit.forgetting.refuse_outdated(host)
            await unit.spaces.put_in_charge(host.space_id, host.external_id)

        await self._app.storage.write(work)

    def forget(self, team_id: str, user_id: str) -> None:
        """Drop what is in memory about somebody."""
        self._profiles.pop((team_id, user_id), None)

    async def in_charge(self, workspace: Workspace, space_id: SpaceId) -> str | None:
        """Return whom to message for the hosts of the workspace; None if nobody is found.

        Raises:
            MessengerError: Slack can't be asked.
        """
        stored = await self._app.storage.read(lambda unit: unit.spaces.in_charge(space_id))
        for known in (stored, workspace.installer):
            if known and await self._is_here(workspace, known):
                return known
        return await self._find_admin(workspace) or None

    async def _is_here(self, workspace: Workspace, user_id: str) -> bool:
        """Whether the bot can still message somebody."""
        try:
            return (await self.profile(workspace, user_id)).is_active
        except Refused as error:
            if error.code in {"user_not_found", "user_not_visible"}:
                return False
            raise

    async def _find_admin(self, workspace: Workspace) -> str:
        found: list[tuple[int, str]] = []
        cursor = ""
        for _page in range(_MOST_PAGES):
            page = await workspace.call(workspace.client.users_list, {"limit": 200, "cursor": cursor})
            found += [
                (rank, str(user["id"]))
                for user in page["members"]
                if (rank := _rank(workspace.team_id, user)) is not None
            ]
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor or any(rank == 0 for rank, _user in found):
                break
        return min(found)[1] if found else ""

    def _kept(self, workspace: Workspace, user_id: str, lasts: float) -> Profile | None:
        profile = self._profiles.get((workspace.team_id, user_id))
        return profile if profile and profile.at is not None and self._now() - profile.at < lasts else None

    def _learnt(self, workspace: Workspace, answer: Any) -> Profile:  # noqa: ANN401 - slack_sdk's response
        user = answer["user"]
        shown = user.get("profile") or {}
        names = (shown.get("display_name"), shown.get("real_name"), user.get("real_name"), user["name"], user["id"])
        is_ours = _is_of(workspace.team_id, user)
        profile = Profile(
            seen(*names),
            is_admin=is_ours and bool(user.get("is_admin") or user.get("is_owner")),
            is_guest=not is_ours or bool(user.get("is_restricted") or user.get("is_ultra_restricted")),
            is_bot=bool(user.get("is_bot")),
            is_active=not user.get("deleted"),
            language=known_language(str(user.get("locale", ""))),
            at=self._now(),
        )
        self._profiles[workspace.team_id, str(user["id"])] = profile
        return profile

    async def _rename(self, member: Member) -> None:
        async def work(unit: Unit) -> None:
            if await unit.people.player(member) is not None:
                await unit.people.ensure_player(member)

        await self._app.storage.write(work)

    async def _follow(self, workspace: Workspace, space: Space, user_id: str) -> None:
        """Put somebody into the team that one of their user groups is mapped to."""
        mapped = self._mapped.get(workspace.team_id)
        if mapped is None:
            mapped = self._mapped[workspace.team_id] = frozenset(await mapped_groups(self._app, space.id))
        mine = [group for group in mapped if user_id in await self._group(workspace, group, workspace.ask)]
        if mine:
            # Slack may have taken minutes to answer.
            await follow_groups(self._app, await self.member(space, user_id, user_id), mine, newcomers=False)

    async def groups_that_host(self, workspace: Workspace, space: Space, user_id: str) -> frozenset[str]:
        """Return those of somebody's user groups that are host in the workspace, or in one of its channels.

        Whoever runs the workspace is host without them, so Slack isn't asked.

        Raises:
            MessengerError: Slack can't be asked.
        """
        profile = self._profiles.get((workspace.team_id, user_id))
        groups = frozenset() if profile and profile.is_admin else await host_groups(self._app, space.id)
        return frozenset([one for one in groups if user_id in await self._group(workspace, one, workspace.call)])

    async def _group(self, workspace: Workspace, group: str, ask: Ask) -> Collection[str]:
        key = workspace.team_id, group
        async with self._turns.of(key):  # many may answer at the same time: Slack is asked once for all
            users = self._groups.get(key)
            if users is None:
                users = self._groups[key] = await _users_of(workspace, group, ask)
            return users


def _about(user_id: str) -> dict[str, Any]:
    """Return what ``users.info`` is asked: a person's profile, with their language."""
    return {"user": user_id, "include_locale": True}


async def _users_of(workspace: Workspace, group: str, ask: Ask) -> frozenset[str]:
    """Return who is in a user group; nobody, if there is no such group any more."""
    try:
        answer = await ask(workspace.client.usergroups_users_list, {"usergroup": group})
    except Refused as error:
        if error.code == "no_such_subteam":
            return frozenset()
        raise
    return frozenset(answer["users"])


def _is_of(team_id: str, user: dict[str, Any]) -> bool:
    """Whether somebody is a member of a workspace, rather than a stranger in a channel that it shares."""
    organisation = user.get("enterprise_user") or {}
    return not user.get("is_stranger") and team_id in {user.get("team_id"), *(organisation.get("teams") or ())}


def _rank(team_id: str, user: dict[str, Any]) -> int | None:
    """Rank how much somebody is in charge of a workspace: 0 is most; None is not at all."""
    if user.get("deleted") or user.get("is_bot") or not _is_of(team_id, user):
        return None
    roles = ("is_primary_owner", "is_owner", "is_admin")
    return next((rank for rank, role in enumerate(roles) if user.get(role)), None)
