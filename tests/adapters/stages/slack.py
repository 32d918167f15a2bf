"""A Slack on loopback, and people in a workspace."""

import json
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import yaml

from adapters.slack.adapter import SlackAdapter
from adapters.slack.text.blocks import SIGNS
from adapters.slack.web_api.pace import Gate, Pauses
from bot.application import Adapter, Application
from bot.ports import Post
from bot.settings import Settings
from tests.adapters.stages.eyes import on_slack
from tests.adapters.stages.running import Bot, GoingClock
from tests.adapters.stages.stage import Form, Person, Seen, Stage
from tests.patience import PATIENCE_S
from tests.platforms.slack import Delivery, Message, SlackServer
from tests.platforms.slack.surfaces import elements
from tests.platforms.slack.traffic import strings

_MANIFEST = yaml.safe_load((Path(__file__).parents[3] / "config" / "slack-manifest.yaml").read_text(encoding="utf-8"))

GRANTED = {
    "scopes": _MANIFEST["oauth_config"]["scopes"]["bot"],
    "subscribed_to": _MANIFEST["settings"]["event_subscriptions"]["bot_events"],
}
"""What a workspace lets the bot do."""


class Colleague(Person):
    """Somebody in the workspace."""

    stage: "SlackStage"

    def __init__(self, stage: "SlackStage", name: str, *, host: bool, locale: str = "en-US") -> None:
        super().__init__(stage, name)
        self.user = stage.team.add_user(name, admin=host, locale=locale)
        self.id = self.user.id

    async def says(self, command: str) -> str:
        """Type the command, and wait for what comes of it: a reply, or something in the channel."""
        server, venue = self.stage.server, self.stage.venue
        await self.stage.bot.settled()  # what is still to be posted doesn't come of the command
        before = len(venue.messages)
        typed = await self.user.slash("/quiz", command.removeprefix("/quiz").strip(), venue)
        await typed.acked()
        await server.until(lambda: typed.ephemerals or len(venue.messages) > before, f"what comes of {command}")
        await self.stage.bot.settled()
        await server.until(lambda: not self._goes_on(typed.ephemerals), f"the rest of what comes of {command}")
        return "\n".join(map(self.stage.read, typed.replies))

    def _goes_on(self, ephemerals: Sequence[Message]) -> bool:
        """Whether the last of these messages says that another one follows."""
        return bool(ephemerals) and "the rest follows below" in self.stage.read(ephemerals[-1])

    async def brings(self, file_name: str, data: bytes) -> str:
        """Share a file in the channel, and say that it is to be imported."""
        await self.user.uploads(file_name, data, self.stage.venue)
        told = await self.says("/quiz bank import")
        return await self.clicks("Import it anyway") if "Import it anyway" in told else told

    async def clicks(self, label: str, *, of: Person | None = None, forged: str = "") -> str:
        """Click a button under a private reply."""
        reader = of or self
        assert isinstance(reader, Colleague)
        replies = [(one, _labelled(one.blocks)) for one in reader.user.ephemerals]
        message, buttons = [(one, buttons) for one, buttons in replies if label in buttons][-1]
        button = buttons[label]
        if of or forged:
            pressed = await self.user.forge(message, {**button, "value": forged or button["value"]})
        else:
            pressed = await self.user.click(message, button["action_id"], button["value"])
        await pressed.acked()
        told = self.stage.read(await pressed.reply())
        await self.stage.bot.settled()
        return told

    async def asks(self, command: str = "", *, button: str = "") -> Form | str:
        """Type the command or click the button, and wait for the form, or for what is said instead."""
        before = self.user.modal
        if button:
            replies = [(one, _labelled(one.blocks)) for one in self.user.ephemerals]
            message, buttons = [(one, buttons) for one, buttons in replies if button in buttons][-1]
            asked = await self.user.click(message, buttons[button]["action_id"], buttons[button]["value"])
        else:
            asked = await self.user.slash("/quiz", command.removeprefix("/quiz").strip(), self.stage.venue)
        await asked.acked()
        await self.stage.server.until(lambda: asked.ephemerals or self.user.modal is not before, "a form")
        if asked.ephemerals:
            return self.stage.read(asked.ephemerals[0])
        assert self.user.modal is not None
        return Form(text=self.stage.server.render(self.user.modal), opened=self.user.modal)

    async def corrects(self, form: Form) -> Form:
        """The modal is still open."""
        assert form.opened.open
        return form

    async def hears(self) -> str:
        """Replies, and the direct conversation."""
        direct = self.stage.team.direct(self.user).messages
        return "\n".join(map(self.stage.read, [*self.user.ephemerals, *direct]))

    async def fills_in(self, form: Form, forged: str = "", **texts: str) -> str:
        """Submit the form."""
        view = form.opened
        if forged:
            where = " ".join(view.content["private_metadata"].split(" ")[:2])
            view.content["private_metadata"] = f"{where} {forged}"
        before = {one.ts: len(one.versions) for one in self.user.ephemerals}
        sent = await self.user.submits(view, texts, unchecked=bool(forged))
        await sent.acked()
        if view.open:
            return "\n".join(view.errors.values())

        def told() -> list[Message]:
            return [one for one in self.user.ephemerals if before.get(one.ts) != len(one.versions)]

        await self.stage.server.until(told, "a reply")
        await self.stage.bot.settled()
        return "\n".join(map(self.stage.read, told()))

    async def answers(self, *letters: str, to: Seen | None = None) -> str:
        """Press a letter, or tick several and submit them."""
        question = to or await self.question()
        buttons = _buttons(question.source)
        if letters[0] in buttons:
            return await self._presses(question, buttons[letters[0]])
        (block,) = [one for one in question.message.blocks if any("options" in e for e in one.get("elements", ()))]
        options = [one for one in block["elements"][0]["options"] if one["text"]["text"][0] in letters]
        ticked = await self.user.check(question.message, block["block_id"], [one["value"] for one in options])
        await ticked.acked()
        pressed = await self.user.press(question.message, "Submit")
        await pressed.acked()
        return self.stage.read(await pressed.reply())

    async def opens(self, to: Seen | None = None) -> Form | str:
        """Press the one button, and wait for the form, or for what is said instead."""
        question = to or await self.question()
        (button,) = _buttons(question.source).values()
        before = self.user.modal
        pressed = await self._clicks(question.message, button)
        await self.stage.server.until(lambda: pressed.ephemerals or self.user.modal is not before, "a form")
        if pressed.ephemerals:
            return self.stage.read(pressed.ephemerals[0])
        assert self.user.modal is not None
        return Form(text=on_slack(self.stage.server.render(self.user.modal)), opened=self.user.modal)

    async def sends(self, form: Form, *texts: str, unchecked: bool = False, round_id: int | None = None) -> str:
        """Submit the form."""
        view = form.opened
        if round_id is not None:
            _own_round, _space, asked = view.content["private_metadata"].partition(" ")
            view.content["private_metadata"] = f"{round_id} {asked}"
        fields = {f"field{position}": _value(view, position, text) for position, text in enumerate(texts)}
        sent = await self.user.submits(view, fields, unchecked=unchecked)
        await sent.acked()
        if view.open:
            return "\n".join(view.errors.values())
        await self.stage.server.until(lambda: sent.ephemerals, "a receipt")
        return self.stage.read(sent.ephemerals[0])

    async def _presses(self, question: Seen, button: dict[str, Any]) -> str:
        """Press a button; what is said to that."""
        return self.stage.read(await (await self._clicks(question.message, button)).reply())

    async def _clicks(self, message: Message, button: dict[str, Any]) -> Delivery:
        """Press a button of a message as it was when it was seen, be it there still or not."""
        there = any(one.get("value") == button["value"] for _block, one in elements(message.blocks))
        if there:
            pressed = await self.user.click(message, button["action_id"], button["value"])
        else:
            pressed = await self.user.forge(message, button)
        await pressed.acked()
        return pressed

    async def turns(self, to: Seen | None = None) -> Form:
        """Press the one button."""
        question = to or await self.question()
        (button,) = _buttons(question.source).values()
        shown = await (await self._clicks(question.message, button)).reply()
        assert shown.ephemeral_to is self.user
        return Form(text=self.stage.read(shown), opened=shown)

    async def judges(self, back: Form, word: str, *, round_id: int | None = None, position: int | None = None) -> str:
        """Click below the back."""
        button = _buttons(json.dumps(back.opened.as_json(metadata=True)))[word]
        own_round, own = button["value"].split(":")
        value = f"{own_round if round_id is None else round_id}:{own if position is None else position}"
        return self.stage.read(await (await self._clicks(back.opened, {**button, "value": value})).reply())

    async def forges(self, question: Seen, *, round_id: int | None = None, position: int | None = None) -> str:
        """Press a button that isn't there."""
        honest = _buttons(question.source)["A"]
        own_round, first = honest["value"].split(":")
        forged = f"{round_id or own_round}:{position or first}"
        assert forged != honest["value"]
        return await self._presses(question, {**honest, "value": forged})

    async def reacts(self, letter: str, *, on: bool = True, to: Seen | None = None) -> None:
        """Click on a reaction that the bot has put there."""
        message, name = (to or await self.question()).message, SIGNS[ord(letter) - ord("A")]
        await self.stage.server.until(lambda: name in message.reactions, f"a reaction {letter}")
        await (self.user.react if on else self.user.unreact)(message, name)

    async def sees(self) -> str:
        """Read the channel with its threads, and what they alone see."""
        return "\n".join(self.stage.read(one) for one in self.stage.visible_to(self))


def _value(view: Any, position: int, text: str) -> str:
    """What a client sends for a text, or for a letter that is picked in a menu."""
    named = [element for block, element in elements(view.blocks) if block["block_id"] == f"field{position}"]
    options = named[0].get("options", ()) if named else ()
    return next((str(one["value"]) for one in options if one["text"]["text"].startswith(f"{text}  ")), text)


def _buttons(source: str) -> dict[str, dict[str, Any]]:
    """The buttons of a message by their labels, as actions."""
    return _labelled(json.loads(source)["blocks"])


def _labelled(blocks: Sequence[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Buttons by their labels, as actions."""
    return {
        element["text"]["text"]: {
            "action_id": element["action_id"],
            "block_id": block["block_id"],
            "type": "button",
            "value": element["value"],
        }
        for block in blocks
        for element in block.get("elements", ())
        if element["type"] == "button"
    }


class SlackStage(Stage):
    """A workspace with a study channel."""

    def __init__(self, bot: Bot, server: SlackServer) -> None:
        super().__init__(bot)
        self.server = server
        (self.team,) = server.teams.values()
        self.venue = self.team.add_channel("study")
        self.channel = self.venue.id
        self.watcher = Colleague(self, "Watcher", host=False)

    async def person(self, name: str, *, host: bool = False, locale: str = "en-US") -> Colleague:
        """A member of the workspace."""
        return Colleague(self, name, host=host, locale=locale)

    def visible_to(self, reader: Person) -> list[Message]:
        """All messages that somebody sees, oldest first."""
        assert isinstance(reader, Colleague)
        return sorted([*self.venue.messages, *reader.user.ephemerals], key=lambda one: one.ts)

    def read(self, message: Message) -> str:
        """A message as it is read."""
        return on_slack(self.server.render(message, unfolded=message.ephemeral_to is not None))

    async def look(self, reader: Person, post: Post) -> Seen:
        """A message in the channel, or before their eyes alone."""
        (message,) = [one for one in self.visible_to(reader) if one.ts == post.message_ref]
        source = json.dumps(message.as_json(metadata=True), ensure_ascii=False)
        return Seen(text=self.read(message), source=source, message=message, post=post)

    @asynccontextmanager
    async def unheard(self) -> AsyncIterator[None]:
        """Slack ends the connection, and takes another."""
        opened = self.server.socket.opened
        with self.server.held():
            yield
        self.server.socket.drop()
        await self.server.socket.connected(opened=opened + 1)

    def sent(self) -> str:
        """All that the bot sent to Slack."""
        raw = [one.raw.decode(errors="replace") for one in self.server.traffic]
        return "\n".join([*raw, *(text for one in self.server.traffic for text in strings(one.args))])

    def pings(self) -> list[str]:
        """By messages and replies, in channels and in private."""
        return sorted(self.server.pings())

    def closes_door(self, person: Person) -> None:
        """Their account is closed."""
        assert isinstance(person, Colleague)
        person.user.deleted = True

    async def deletes(self, question: Seen) -> None:
        """A moderator deletes a message; the bot hears nothing of it."""
        question.message.delete()


@asynccontextmanager
async def stage(settings: Callable[..., Settings]) -> AsyncIterator[SlackStage]:
    """A workspace with nobody in it, on a Slack that takes as many calls as come."""
    clock = GoingClock()

    def create(app: Application) -> Adapter:
        # At Slack's pace, a message a second, a test would take half a minute. Pictures aren't late on a busy machine.
        return SlackAdapter(app, Pauses(post=PATIENCE_S, picture=PATIENCE_S), Gate(paces={}))

    async with SlackServer(clock=clock, **GRANTED) as server:
        token = server.add_team("Study group").bot_token
        chosen = settings(slack_bot_token=token, slack_app_token=server.app.app_token, slack_api_base=server.api_base)
        bot = Bot(chosen, clock, create)
        stage = SlackStage(bot, server)
        try:
            await bot.start()
            await bot.settled()
            yield stage
        finally:
            await bot.stop()
