"""The app's home page: the open question, the reader's own figures, and who leads."""

from functools import partial
from typing import Any

from slack_bolt.app.async_app import AsyncApp

from adapters.common.long_texts import beside_the_loop
from adapters.slack import outbound
from adapters.slack.replying import Parts, speak_to
from adapters.slack.text import blocks as kit
from adapters.slack.text import mrkdwn
from adapters.slack.text.blocks import Block
from adapters.slack.web_api.people import Profile
from adapters.slack.web_api.workspace import Workspace
from bot.domain.commands import Caller
from bot.domain.identity import Member
from bot.domain.rounds import Round
from bot.domain.standings import Ranked, Window
from bot.i18n import gettext as _
from bot.ports import MessengerError, Post, Unit
from bot.rendering.words import literal
from bot.services.chat.commands.table import help_text
from bot.services.leagues.spaces import league_of
from bot.services.people.hosting import is_host
from bot.services.rounds.asking import question_key
from bot.services.standings.own_progress import stats
from bot.services.standings.scores import leaderboard

_MOST_QUESTIONS = 3
_MOST_BLOCKS = 100


class Home:
    """Shows people their home page."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def register(self, bolt: AsyncApp) -> None:
        """Register the listeners."""
        bolt.event("app_home_opened")(self.opened)

    async def opened(self, event: dict[str, Any], context: dict[str, Any]) -> None:
        """Show the home page to somebody who opened it (its messages tab needs nothing)."""
        if event.get("tab") == "home":
            self._parts.background.start(self._publish(str(context["team_id"]), str(event["user"])), "home")

    async def _publish(self, team_id: str, user_id: str) -> None:
        now, space = self._parts.app.clock.now(), await self._parts.workspaces.meet(team_id)
        workspace = await self._parts.workspaces.of(team_id)
        try:
            profile = await self._parts.people.profile(workspace, user_id)
            groups = await self._parts.people.groups_that_host(workspace, space, user_id)
        except MessengerError:
            profile = Profile(user_id, is_guest=True)  # if Slack doesn't answer, show only what anybody may see
            groups = frozenset()
        speak_to(self._parts, team_id, user_id)
        member = Member(space_id=space.id, external_id=user_id, name=profile.name, acted_at=now)
        if profile.is_admin:
            await self._parts.people.meet_host(space, member)
        caller = Caller(space=space, channel="", member=member, is_host=profile.is_admin, groups=groups)
        blocks = [*await self._questions(workspace, caller, is_guest=profile.is_guest), *await self._figures(caller)]
        view = {"type": "home", "blocks": blocks[:_MOST_BLOCKS]}
        await workspace.call(workspace.client.views_publish, {"user_id": user_id, "view": view})

    async def _figures(self, caller: Caller) -> list[Block]:
        app = self._parts.app
        blocks = [kit.divider(), *outbound.blocks(await stats(app, caller)), *await self._team(caller)]
        standings = await leaderboard(app, caller, window=Window.WEEK, by=Ranked.PLAYER)
        blocks += [kit.divider(), *outbound.blocks(standings)]
        commands = help_text(is_host=await is_host(app, caller), operator=app.operator)
        return [*blocks, kit.divider(), *outbound.blocks(commands)]

    async def _questions(self, workspace: Workspace, caller: Caller, *, is_guest: bool) -> list[Block]:
        """Return the open series questions that somebody may see, each with a link."""

        async def read(unit: Unit) -> list[tuple[Round, Post]]:
            asked = [round_ for round_ in await unit.rounds.open_in(caller.space.id) if not round_.on_demand]
            posts = [(round_, await unit.outbox.find(question_key(round_.id))) for round_ in reversed(asked)]
            return [(round_, post) for round_, post in posts if post is not None and post.message_ref]

        blocks: list[Block] = []
        for round_, post in await self._parts.app.storage.read(read):
            if len(blocks) < 3 * _MOST_QUESTIONS and await self._sees(
                workspace, round_.channel, caller.member.external_id, is_guest=is_guest
            ):
                blocks += await beside_the_loop(post.view, partial(_question, workspace, post))
        return blocks or [kit.section(mrkdwn.unmarked(_("No question is open now.")))]

    async def _sees(self, workspace: Workspace, channel: str, user_id: str, *, is_guest: bool) -> bool:
        try:
            return await self._parts.channels.sees(workspace, channel, user_id, is_guest=is_guest)
        except MessengerError:
            return False

    async def _team(self, caller: Caller) -> list[Block]:
        async def read(unit: Unit) -> str | None:
            player = await unit.people.player(caller.member)
            league = await league_of(unit, caller.space.id)
            return await unit.people.team_of(league.id, player) if player else None

        team = await self._parts.app.storage.read(read)
        return kit.context(mrkdwn.inline(_("You play for {name}.").format(name=literal(team)))) if team else []


def _question(workspace: Workspace, post: Post) -> list[Block]:
    address, answer = workspace.link(post.channel, post.message_ref or ""), mrkdwn.unmarked(_("Answer it"))
    link = f"<{address}|{answer}>"
    closes = outbound.closing_time(post.view.closes_at) if post.view.closes_at else ""
    stem = mrkdwn.pieces(post.view.text)[:1]
    return [kit.header(mrkdwn.visible(post.view.title)), *kit.sections(stem), *kit.context(f"*{link}*", closes)]
