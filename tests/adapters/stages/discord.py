"""A Discord on loopback, and people in one of its servers."""

import json
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from discord.gateway import DiscordWebSocket
from discord.http import Route

from adapters.discord.adapter import DiscordAdapter, Pauses
from adapters.discord.controls import sign
from adapters.discord.gate import Gate
from bot.application import Adapter, Application
from bot.domain.commands import ValueKind
from bot.ports import Post
from bot.services.chat.commands.table import COMMANDS
from bot.services.chat.grammar import parse_command
from bot.settings import Settings
from tests.adapters.stages.eyes import on_discord
from tests.adapters.stages.running import Bot, GoingClock
from tests.adapters.stages.stage import Form, Person, Seen, Stage
from tests.platforms.discord import INVITED, DiscordServer, Interaction, May, Message, render, render_modal
from tests.platforms.discord.modals import inputs

QUICK = Pauses(connect=5, guilds=0.05, identify=0.05)


class DiscordPerson(Person):
    """Somebody with a client."""

    stage: "DiscordStage"

    def __init__(self, stage: "DiscordStage", name: str, *, host: bool, locale: str = "en-US") -> None:
        super().__init__(stage, name)
        may = May.MANAGE_GUILD if host else May.NOTHING
        self.user = stage.server.add_user(name, stage.guild, may=may, locale=locale)
        self.id = str(self.user.id)
        self._may_manage = host

    async def says(self, command: str) -> str:
        """Fill in a slash command, be it one that Discord hides from them."""
        return await self._sends(*_slash(command))

    async def brings(self, file_name: str, data: bytes) -> str:
        """Give a file to the command."""
        return await self._sends("bank import", {"file": self.stage.server.upload(file_name, data)})

    async def _sends(self, line: str, options: dict[str, Any]) -> str:
        server = self.stage.server
        asked = await server.command(self.user, self.stage.venue, line, options, unchecked=not self._may_manage)
        await server.until(lambda: asked.is_shown or (asked.callback and not asked.reply), f"an end of {asked}")
        await self.stage.bot.settled()
        replies = [asked.reply, *asked.followups] if asked.is_shown else asked.followups
        return "\n".join(_read(one) for one in replies if one and not _asks(one))

    async def clicks(self, label: str, *, of: Person | None = None, forged: str = "") -> str:
        """Click a button under a private reply."""
        reader = of or self
        assert isinstance(reader, DiscordPerson)
        message, control = self._labelled(reader, label)
        custom_id = f"run:{forged}" if forged else control["custom_id"]
        click = await self.stage.server.click(self.user, message, custom_id, unchecked=bool(of or forged))
        told = _told(await click.replied())
        await self.stage.bot.settled()
        return told

    def _labelled(self, reader: "DiscordPerson", label: str) -> tuple[Message, dict[str, Any]]:
        """The newest private message with such a button, and the button."""
        replies = [one for one in self.stage.visible_to(reader) if one.is_ephemeral]
        return [(one, control) for one in replies for control in one.controls if control.get("label") == label][-1]

    async def asks(self, command: str = "", *, button: str = "") -> Form | str:
        """Use a slash command or a button."""
        if button:
            message, control = self._labelled(self, button)
            asked = await self.stage.server.click(self.user, message, control["custom_id"])
        else:
            name, options = _slash(command)
            unchecked = not self._may_manage
            asked = await self.stage.server.command(self.user, self.stage.venue, name, options, unchecked=unchecked)
        await asked.replied()
        if asked.modal is None:
            return _read(asked.reply)
        return Form(text=render_modal(asked.modal).replace("\n│ ", "\n"), opened=asked)

    async def corrects(self, _form: Form) -> Form:
        """The modal has closed."""
        again = await self.asks(button="Correct it")
        assert isinstance(again, Form)
        return again

    async def hears(self) -> str:
        """Replies, and the direct channel."""
        direct = self.stage.server.world.direct_channel(self.user).messages.values()
        return "\n".join(_read(one) for one in [*self.stage.visible_to(self), *direct])

    async def fills_in(self, form: Form, forged: str = "", **texts: str) -> str:
        """Submit the modal."""
        custom_id = f"fill:{forged}" if forged else ""
        sent = await self.stage.server.submit(form.opened, texts, unchecked=bool(forged), custom_id=custom_id)
        told = _told(await sent.replied())
        await self.stage.bot.settled()
        return told

    async def answers(self, *letters: str, to: Seen | None = None) -> str:
        """Press a letter, or choose several from the menu and, unless that has answered, submit them."""
        question = to or await self.question()
        told = (await self._presses(question, _control(question, letters))).reply
        if told and told.controls:
            told = (await (await self.stage.server.click(self.user, told, told.button("Submit"))).replied()).reply
        return _read(told)

    async def _clicks(self, question: Seen, control: dict[str, Any]) -> str:
        return _read((await self._presses(question, control)).reply)

    async def _presses(self, question: Seen, control: dict[str, Any]) -> Interaction:
        server, message = self.stage.server, question.message
        late = control["custom_id"] not in [one.get("custom_id") for one in message.controls]
        if "values" in control:
            click = await server.select(self.user, message, control["custom_id"], control["values"], unchecked=late)
        else:
            click = await server.click(self.user, message, control["custom_id"], unchecked=late)
        return await click.replied()

    async def opens(self, to: Seen | None = None) -> Form | str:
        """Press the one button."""
        question = to or await self.question()
        custom_id = json.loads(question.source)["components"][0]["components"][0]["custom_id"]
        click = await self._presses(question, {"custom_id": custom_id})
        if click.modal is None:
            return _read(click.reply)
        return Form(text=on_discord(render_modal(click.modal)), opened=click)

    async def sends(self, form: Form, *texts: str, unchecked: bool = False, round_id: int | None = None) -> str:
        """Submit the modal."""
        server, entries = self.stage.server, [entry for _label, entry in inputs(form.opened.modal)]
        fields = {str(position): _value(entries, position, text) for position, text in enumerate(texts)}
        sent = await server.submit(
            form.opened, fields, unchecked=unchecked, custom_id=f"typed:{round_id}" if round_id else ""
        )
        return _read((await sent.replied()).reply)

    async def turns(self, to: Seen | None = None) -> Form:
        """Press the one button."""
        question = to or await self.question()
        custom_id = json.loads(question.source)["components"][0]["components"][0]["custom_id"]
        shown = (await self._presses(question, {"custom_id": custom_id})).reply
        assert shown is not None
        assert shown.is_ephemeral
        return Form(text=_read(shown), opened=shown)

    async def judges(self, back: Form, word: str, *, round_id: int | None = None, position: int | None = None) -> str:
        """Click below the back."""
        (custom_id,) = [one["custom_id"] for one in back.opened.controls if one["label"] == word]
        forged = custom_id
        if round_id is not None or position is not None:
            own_round, own = re.findall(r"\d+", custom_id)
            forged = f"answer:{own_round if round_id is None else round_id}:{own if position is None else position}"
        click = await self.stage.server.click(self.user, back.opened, forged, unchecked=forged != custom_id)
        return _read((await click.replied()).reply)

    async def forges(self, question: Seen, *, round_id: int | None = None, position: int | None = None) -> str:
        """Click on a button that isn't there."""
        honest = _control(question, ("A",))["custom_id"]
        own_round, first = re.findall(r"\d+", honest)
        forged = honest.replace(f"{own_round}:{first}", f"{round_id or own_round}:{position or first}")
        assert forged != honest
        return await self._clicks(question, {"custom_id": forged})

    async def reacts(self, letter: str, *, on: bool = True, to: Seen | None = None) -> None:
        """Click on a reaction that the bot has put there."""
        message, server, emoji = (to or await self.question()).message, self.stage.server, sign(ord(letter) - ord("A"))
        await server.until(lambda: emoji in message.reactions, f"a reaction {letter}")
        await (server.react if on else server.unreact)(self.user, message, emoji)

    async def sees(self) -> str:
        """Read the channel, and between its messages those that they alone see."""
        return "\n".join(_read(one) for one in self.stage.visible_to(self))


def _slash(command: str) -> tuple[str, dict[str, Any]]:
    """A command's name, and its options as Discord's form takes them."""
    typed = parse_command(command)
    kinds = {option.name: option.kind for option in COMMANDS[typed.name].options}
    return typed.name, {name: _filled_in(kinds[name], value) for name, value in typed.options.items()}


def _asks(message: Message) -> bool:
    """Whether a message is a question: its buttons run no commands."""
    return any(not control["custom_id"].startswith("run:") for control in message.controls)


def _filled_in(kind: ValueKind, value: str) -> str | int | bool:
    """What Discord's form takes."""
    match kind:
        case ValueKind.NUMBER:
            return int(value)
        case ValueKind.YES_NO:
            return value == "yes"
        case _:
            return value


def _value(entries: list[dict[str, Any]], position: int, text: str) -> str:
    """What a client sends for a text, or for a letter that is picked in a menu."""
    options = entries[position].get("options", ()) if position < len(entries) else ()
    return next((str(one["value"]) for one in options if one["label"].startswith(f"{text}. ")), text)


def _told(done: Interaction) -> str:
    """What came of a click or a form: a message of its own or, if there is none, what became of the one above it."""
    return _read(done.followups[-1] if done.followups else done.reply)


def _control(question: Seen, letters: tuple[str, ...]) -> dict[str, Any]:
    """What a client sends when these letters are clicked on, as the message was when it was seen."""
    controls = [one for row in json.loads(question.source)["components"] for one in row["components"]]
    for control in controls:
        if control.get("label") in letters:
            return {"custom_id": control["custom_id"]}
        if "options" in control:
            values = [one["value"] for one in control["options"] if one["label"][0] in letters]
            return {"custom_id": control["custom_id"], "values": values}
    raise AssertionError(f"no {letters} to click on in\n{question.text}")


def _read(message: Message | None) -> str:
    """What a message says; the line above an embed's title is no Markdown, so it is read as it is."""
    if message is None:
        return ""
    above = (message.embeds[0].get("author") or {}).get("name", "") if message.embeds else ""
    return f"{above}\n{on_discord(render(message).replace(above, '', 1))}".strip()


class DiscordStage(Stage):
    """A server with a study channel, where the bot may do everything, even notify everybody."""

    def __init__(self, bot: Bot, server: DiscordServer) -> None:
        super().__init__(bot)
        self.server = server
        self.guild = server.add_guild("Study group")
        self.venue = self.guild.add_channel("study", bot_may=INVITED | May.MENTION_EVERYONE)
        self.channel = str(self.venue.id)
        self.watcher = DiscordPerson(self, "Watcher", host=False)

    async def person(self, name: str, *, host: bool = False, locale: str = "en-US") -> DiscordPerson:
        """A member of the server."""
        return DiscordPerson(self, name, host=host, locale=locale)

    def visible_to(self, reader: DiscordPerson) -> list[Message]:
        """All messages that somebody sees, oldest first."""
        own = [one for one in self._replies() if one.is_ephemeral]
        whispers = [one for one in own if (one.interaction or {}).get("user", {}).get("id") == reader.id]
        return sorted([*self.venue.messages.values(), *whispers], key=lambda one: one.id)

    def _replies(self) -> list[Message]:
        def of(asked: Interaction) -> list[Message]:
            return [*([asked.reply] if asked.reply else []), *asked.followups]

        return [message for asked in self.server.interactions for message in of(asked)]

    async def look(self, reader: Person, post: Post) -> Seen:
        """A message in the channel or before their eyes alone."""
        assert isinstance(reader, DiscordPerson)
        (message,) = [one for one in self.visible_to(reader) if str(one.id) == post.message_ref]
        source = json.dumps(self.server.world.describe(message), ensure_ascii=False)
        return Seen(text=_read(message), source=source, message=message, post=post)

    @asynccontextmanager
    async def unheard(self) -> AsyncIterator[None]:
        """Discord ends the session, and takes another."""
        self.server.gateway.invalidate()
        yield
        await self.server.connected()

    def sent(self) -> str:
        """All that the bot sent to Discord."""
        requests, payloads = self.server.requests, self.server.payloads
        raw = [one.raw for one in requests] + [one.raw for one in payloads]
        read = [json.dumps(one.body, ensure_ascii=False) for one in requests]
        return "\n".join([*(one.decode(errors="replace") for one in raw), *read])

    def pings(self) -> list[str]:
        """By messages and replies, in channels and in private."""
        channels = [message for one in self.server.world.channels.values() for message in one.messages.values()]
        return [f"{one.pings} by {_read(one)}" for one in (*channels, *self._replies()) if one.pings]

    def closes_door(self, person: Person) -> None:
        """Their settings refuse messages from members of the server."""
        assert isinstance(person, DiscordPerson)
        person.user.takes_messages = False

    async def deletes(self, question: Seen) -> None:
        """A moderator deletes a message."""
        await self.server.delete_message(question.message)


def unhurried(app: Application) -> Adapter:
    """Return the adapter for a Discord that counts no requests: at the real one's pace a test would mostly wait."""
    return DiscordAdapter(app, QUICK, Gate(per_second=1_000))


@asynccontextmanager
async def stage(settings: Callable[..., Settings]) -> AsyncIterator[DiscordStage]:
    """A server with nobody in it. discord.py is left as it was found: the adapter points it to loopback."""
    clock, base, gateway = GoingClock(), Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY

    try:
        async with DiscordServer(lambda: clock.now().timestamp()) as server:
            chosen = settings(
                discord_token=server.token,
                discord_api_base=server.api_base,
                discord_gateway_url=server.gateway_url,
            )
            bot = Bot(chosen, clock, unhurried)
            stage = DiscordStage(bot, server)
            try:
                await bot.start()
                await bot.settled()
                yield stage
            finally:
                await bot.stop()
    finally:
        Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = base, gateway
