"""Answers that are filled in: a button opens a form of fields or menus; what is sent becomes a `SubmitAnswer`."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any

from cachetools import FIFOCache
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.response import BoltResponse

from adapters.common.long_texts import beside_the_loop
from adapters.slack import inbound
from adapters.slack.answering import meet, space_of
from adapters.slack.inbound import Click, From
from adapters.slack.modals import open_modal
from adapters.slack.outbound import FILL_IN, label
from adapters.slack.replying import Parts, said, tell, tell_outcome
from adapters.slack.text import blocks as kit
from adapters.slack.text import mrkdwn
from adapters.slack.text.blocks import Block
from adapters.slack.web_api.workspaces import ADAPTER
from bot.domain.errors import QuizbotError
from bot.domain.limits import Limit
from bot.domain.responses import Given, Row, Typed
from bot.domain.views import MOST_FIELDS, MessageView
from bot.i18n import gettext as _
from bot.services.limiting import typist
from bot.services.rounds.answering import submit_answer
from bot.services.rounds.forms import AnswerForm, answer_form

CALLBACK = "typed_answer"

_REMEMBERED = 10_000


class Forms:
    """Handles the button and the form that it opens."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._came: FIFOCache[str, datetime] = FIFOCache(_REMEMBERED)

    def register(self, bolt: AsyncApp) -> None:
        """Register the listeners."""
        bolt.action(FILL_IN)(self.asked)
        bolt.view(CALLBACK)(self.filled_in)

    async def asked(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """Acknowledge the click, then open the form: Slack allows that for three seconds after the click."""
        await ack()
        source = inbound.source(body)
        self._parts.background.start(tell_outcome(self._parts, source, self._open(source, body)), "form")

    async def _open(self, source: From, body: dict[str, Any]) -> MessageView | None:
        form = await self._form(source, body)
        return await self._show(form, source, body) if isinstance(form, AnswerForm) else form

    async def _show(self, form: AnswerForm, source: From, body: dict[str, Any]) -> MessageView | None:
        """Open a form; return what to say if it is too late for that."""
        workspace = await self._parts.workspaces.of(source.team_id)
        shown = await beside_the_loop(form.question, partial(modal, form, source))
        return await open_modal(workspace, str(body["trigger_id"]), shown)

    async def _form(self, source: From, body: dict[str, Any]) -> AnswerForm | MessageView:
        self._parts.app.limiter.take(Limit.FORMS, typist(ADAPTER, source.team_id, source.user_id))
        space = await space_of(self._parts, source)
        member = await self._parts.people.member(space, source.user_id, source.user_name)
        round_id = inbound.round_id(str(body["actions"][0].get("value")))
        return await answer_form(self._parts.app, member, source.channel, round_id)

    async def filled_in(self, ack: AsyncAck, body: dict[str, Any], view: dict[str, Any]) -> BoltResponse:
        """Store a submitted answer and tell the player; if the answer is refused, the form stays open and says why."""
        round_id, _separator, asked = str(view["private_metadata"]).partition(" ")
        source = _source(body, asked)
        try:
            space = await space_of(self._parts, source)
            member = await self._parts.people.member(space, source.user_id, source.user_name)
            submitted = Click(
                source=source,
                round_id=inbound.round_id(round_id),
                given=given_in(kit.filled_in(view)),
                at=self._came_at(str(body["trigger_id"])),
                event_id=str(body["trigger_id"]),
            ).by(member)
            told = await submit_answer(self._parts.app, submitted)
        except QuizbotError as error:
            return await ack(response_action="errors", errors=_beside_first_field(said(error)))
        if told.refuses:
            return await ack(response_action="errors", errors=_beside_first_field(told.text))
        self._parts.background.start(tell(self._parts, source, told), "receipt")
        meet(self._parts, space, source.user_id)
        return await ack()

    def _came_at(self, trigger_id: str) -> datetime:
        """Return when a submission first came: Slack doesn't say when it was made, and may send it again.

        Only this process remembers that time.
        """
        return self._came.setdefault(trigger_id, self._parts.app.clock.now())


def modal(form: AnswerForm, asked: From) -> Block:
    """Build the form; its metadata names the round and where somebody clicked, so it still works after a restart."""
    fields = [
        kit.text_field(_name(position), field.label, typed, field.longest, optional=form.may_be_empty)
        for position, (field, typed) in enumerate(zip(form.fields, form.typed, strict=True))
    ]
    question = kit.sections(mrkdwn.pieces(form.question), gap="\n\n", whole=True)
    metadata = f"{form.round_id} {asked.channel} {asked.response_url}"  # a submitted form has no address to reply to
    return kit.modal(CALLBACK, metadata, form.title, _("Submit"), [*question, *fields, *_menus(form)])


def _menus(form: AnswerForm) -> list[Block]:
    return [
        kit.menu(
            _name(position),
            mrkdwn.visible(menu.label),
            [label(option) for option in menu.options],
            picked,
            optional=form.may_be_empty,
        )
        for position, (menu, picked) in enumerate(zip(form.menus, form.row.picks, strict=True))
    ]


def given_in(values: Mapping[str, Any]) -> Given:
    """Read what was typed into a form's fields, or picked in its menus, unchecked.

    Raises:
        BadInput: what was picked is no option of a menu.
    """
    picked = (kit.pick_in(values, _name(position)) for position in range(MOST_FIELDS))
    picks = tuple(inbound.pick(value) for value in picked if value is not None)
    return Row(picks) if picks else texts_in(values)


def texts_in(values: Mapping[str, Any]) -> Typed:
    """Read what was typed into a form's fields, unchecked."""
    typed = (kit.text_in(values, _name(position)) for position in range(MOST_FIELDS))
    return tuple(text for text in typed if text is not None)


def _source(body: dict[str, Any], asked: str) -> From:
    channel, _separator, response_url = asked.partition(" ")
    return inbound.source({**body, "channel": {"id": channel}, "response_url": response_url})


def _name(position: int) -> str:
    return f"field{position}"


def _beside_first_field(markdown: str) -> dict[str, str]:
    return {_name(0): mrkdwn.visible(markdown)}
