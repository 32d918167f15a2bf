"""“Make a quiz question”: a host turns a message into a question and reviews it before it is stored."""

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.response import BoltResponse

from adapters.slack import inbound
from adapters.slack.inbound import From
from adapters.slack.modals import open_modal
from adapters.slack.replying import Parts, said, speak_to, tell
from adapters.slack.text import blocks as kit
from adapters.slack.text.blocks import Block
from adapters.slack.text.mrkdwn import visible
from adapters.slack.web_api.workspaces import ADAPTER
from bot.domain.drafts import ParsedDocument, QuestionDraft
from bot.domain.errors import BadFile, NotAllowed, QuizbotError
from bot.domain.identity import Space, SpaceId
from bot.domain.limits import Limit
from bot.domain.questions import LETTERS, MAX_CHOICES
from bot.domain.views import MessageView
from bot.i18n import gettext as _
from bot.rendering.replies import imported
from bot.services.banks.storing import import_document
from bot.services.limiting import typist
from bot.services.people.hosting import is_host

SHORTCUT = "make_question"
CALLBACK = "question_draft"

_STEM, _CHOICES, _RIGHT, _WHY = "stem", "choices", "right", "why"
_LONGEST = 3_000


class Drafting:
    """Handles the shortcut and the form that it opens."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def register(self, bolt: AsyncApp) -> None:
        """Register the listeners."""
        bolt.message_shortcut(SHORTCUT)(self.asked)
        bolt.view(CALLBACK)(self.filled_in)

    async def asked(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """Open the form, filled with what the message gives."""
        await ack()
        self._parts.background.start(self._open(inbound.source(body), body), "draft")

    async def _open(self, source: From, body: dict[str, Any]) -> None:
        try:
            space = await self._space_for_host(source)
            text = message_text(str(body["message"].get("text") or ""))
            draft = draft_of(text, await self._parsed(text, space.id))
            workspace = await self._parts.workspaces.of(source.team_id)
            asked = f"{source.channel} {source.response_url}"  # a submitted form has no address to reply to
            if late := await open_modal(workspace, body["trigger_id"], modal(draft, asked)):
                await tell(self._parts, source, late)
        except QuizbotError as error:
            await tell(self._parts, source, MessageView(text=said(error)))

    async def filled_in(self, ack: AsyncAck, body: dict[str, Any], view: dict[str, Any]) -> BoltResponse:
        """Store the question; if it isn't complete, the form says so."""
        channel, _space, response_url = view["private_metadata"].partition(" ")
        source = inbound.source({**body, "channel": {"id": channel}, "response_url": response_url})
        try:
            space = await self._space_for_host(source)
            question = filled_in(kit.filled_in(view))
            document = ParsedDocument(format="chat", questions=(question,), title=_("From the chat"))
            bank = f"chat-{source.team_id}"
            report = await import_document(self._parts.app, document, bank=bank, space_id=space.id)
        except Unusable as unusable:
            return await ack(response_action="errors", errors=unusable.errors)
        except QuizbotError as error:
            return await ack(response_action="errors", errors={"stem": visible(said(error))})
        self._parts.background.start(tell(self._parts, source, imported(report)), "stored question")
        return await ack()

    async def _parsed(self, text: str, space_id: SpaceId) -> ParsedDocument:
        try:
            return await self._parts.app.files.read(text.encode(), name="message.txt", space_id=space_id)
        except BadFile:
            return ParsedDocument(format="prose")

    async def _space_for_host(self, source: From) -> Space:
        self._parts.app.limiter.take(Limit.MESSAGES, typist(ADAPTER, source.team_id, source.user_id))
        space = await self._parts.workspaces.meet(source.team_id)
        workspace = await self._parts.workspaces.of(source.team_id)
        caller = await self._parts.people.caller(workspace, space, source.user_id, source.channel)
        speak_to(self._parts, source.team_id, source.user_id)
        if not await is_host(self._parts.app, caller):
            raise NotAllowed(_("Only a host can do that."))
        await self._parts.people.meet_host(space, caller.member)
        return space


class Unusable(Exception):
    """The form isn't a valid question; ``errors`` say why, by block."""

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__(str(errors))
        self.errors = errors


@dataclass(frozen=True, slots=True)
class Draft:
    """The fields of the modal: choices one a line, the right ones by letter."""

    stem: str = ""
    choices: str = ""
    right: str = ""
    why: str = ""


def message_text(text: str) -> str:
    """Return a Slack message's text as people read it."""
    return html.unescape(re.sub(r"<(?:[^<>|]*\|)?([^<>|]*)>", r"\1", text)).strip()


def draft_of(text: str, document: ParsedDocument) -> Draft:
    """Draft a question from a message: the question in it, or else the message as the explanation."""
    if not document.questions:
        return Draft(stem=text) if text.endswith("?") else Draft(why=text)
    question = document.questions[0]
    return Draft(
        stem=question.stem,
        choices="\n".join(" ".join(choice.split()) for choice in question.choices),
        right=", ".join(LETTERS[at] for at in question.key),
        why=question.explanation,
    )


def modal(draft: Draft, asked: str) -> Block:
    """Build the form; ``asked`` is returned with it, and says where the form was requested."""
    fields = [
        kit.text_field(_STEM, _("Question"), draft.stem, _LONGEST, lines=True),
        kit.text_field(_CHOICES, _("Choices, one on each line"), draft.choices, _LONGEST, lines=True),
        kit.text_field(_RIGHT, _("Letters of the right choices, such as B or A, C"), draft.right, _LONGEST),
        kit.text_field(_WHY, _("Why is that right?"), draft.why, _LONGEST, lines=True, optional=True),
    ]
    return kit.modal(CALLBACK, asked, _("A quiz question"), _("Store"), fields)


def filled_in(values: Mapping[str, Any]) -> QuestionDraft:
    """Read the reviewed question from the form.

    Raises:
        Unusable: it isn't a valid question yet.
    """
    texts = {name: (kit.text_in(values, name) or "").strip() for name in _FIELDS}
    choices = [line.strip() for line in texts[_CHOICES].splitlines() if line.strip()]
    letters = re.findall(r"\w", texts[_RIGHT].upper())
    errors = {}
    if not texts[_STEM]:
        errors[_STEM] = _("What is the question?")
    if not 2 <= len(choices) <= MAX_CHOICES:
        errors[_CHOICES] = _("Write 2 to {most} choices, each on its line.").format(most=MAX_CHOICES)
    elif not letters or not set(letters) <= set(LETTERS[: len(choices)]):
        errors[_RIGHT] = _("Write letters from A to {last}.").format(last=LETTERS[len(choices) - 1])
    if errors:
        raise Unusable(errors)
    key = tuple(sorted({LETTERS.index(letter) for letter in letters}))
    return QuestionDraft(
        line=1, stem=texts[_STEM], choices=tuple(choices), key=key, select=len(key), explanation=texts[_WHY]
    )


_FIELDS = (_STEM, _CHOICES, _RIGHT, _WHY)
