"""Answers: clicks, selections and modals become the core's, and their owners get a private reply."""

from collections.abc import Callable, Coroutine, Mapping
from dataclasses import replace
from functools import lru_cache, partial

import discord
import structlog

from adapters.common.long_texts import beside_the_loop
from adapters.discord import forms, inbound, outbound
from adapters.discord.controls import Json, submit_row
from adapters.discord.deadlines import Deadlines
from adapters.discord.inbound import Origin
from adapters.discord.outbound import Outgoing
from adapters.discord.replies import ALREADY_ACKNOWLEDGED, UNKNOWN_INTERACTION, Replies
from adapters.discord.roles import Roles
from adapters.discord.spaces import Spaces
from adapters.discord.tokens import Tokens
from bot.application import Application
from bot.domain.errors import NotFound, QuizbotError
from bot.domain.identity import RoundId, Space
from bot.domain.views import MessageView
from bot.i18n import gettext as _
from bot.rendering.words import literal
from bot.services.rounds.answering import submit_answer, unsent_answer
from bot.services.rounds.cards import show_back
from bot.services.rounds.forms import AnswerForm, answer_form

_REMEMBERED = 512
"""How many finished receipts of clicks to keep: most people get one of a few."""

_log = structlog.get_logger(__name__)


class Answers:
    """Handles everything that answers a question, except reactions."""

    def __init__(
        self,
        app: Application,
        spaces: Spaces,
        roles: Roles,
        replies: Replies,
        tokens: Tokens,
        ids: Mapping[str, str],
        *,
        defer_after: float,
    ) -> None:
        self._app = app
        self._spaces = spaces
        self._roles = roles
        self._replies = replies
        self._tokens = tokens
        self._deadlines = Deadlines(replies, defer_after)
        self._ids = ids
        self._new_message = partial(outbound.message, ids=ids)
        # Caching is safe: this process replies in one language, and the ids are known before the first interaction.
        self._message = lru_cache(_REMEMBERED)(self._new_message)

    def take(self, who: Origin, interaction: Json) -> Coroutine[None, None, None]:
        """Return what handles a click, a selection or a submitted modal."""
        if who.in_private:
            self._tokens.remember(who)
        round_id = inbound.form_asked_for(interaction)
        return self._answer(who, interaction) if round_id is None else self._open(who, round_id)

    async def _answer(self, who: Origin, interaction: Json) -> None:
        reply = self._deadlines.begin(who)
        try:
            outgoing = await self._outgoing(who, interaction)
        except QuizbotError as error:
            outgoing = outbound.error(error, self._ids)
        except Exception:  # noqa: BLE001 - it is logged whole, and the person gets a word
            outgoing = broken(who)
        await reply.send(outgoing)

    async def _outgoing(self, who: Origin, interaction: Json) -> Outgoing:
        answer = inbound.answer(interaction)
        space = await self._spaces.of(who.guild) if who.guild else None
        if space is None:
            raise _not_here()
        if answer is None:
            return await self._before_answering(who, space, interaction)
        if who.roles:
            await self._roles.follow(who.member(space), who.roles)
        told = await submit_answer(self._app, inbound.submission(who, space, *answer))
        # A receipt that repeats what somebody typed is nobody else's: it would only push out the common ones.
        is_own = interaction["type"] == inbound.SUBMITTED_MODAL
        return await _made(self._new_message if is_own else self._message, told)

    async def _before_answering(self, who: Origin, space: Space, interaction: Json) -> Outgoing:
        """Show the back of a card, or what was picked in a menu and isn't sent yet."""
        if (card := inbound.back_asked_for(interaction)) is not None:
            return await _made(self._message, await show_back(self._app, who.member(space), who.channel, card))
        if (picked := inbound.picked(interaction)) is None:
            raise _not_here()
        unsent = await unsent_answer(self._app, inbound.submission(who, space, *picked))
        if isinstance(unsent, MessageView):
            return await _made(self._message, unsent)
        return replace(await _made(self._message, unsent.told), components=[submit_row(unsent.round_id, unsent.given)])

    async def _open(self, who: Origin, round_id: RoundId) -> None:
        """Open the modal, or say why not; Discord takes no modal once the click has been acknowledged."""
        try:
            form = await self._form(who, round_id)
        except QuizbotError as error:
            outgoing = outbound.error(error, self._ids)
        except Exception:  # noqa: BLE001 - it is logged whole, and the person gets a word
            outgoing = broken(who)
        else:
            if isinstance(form, AnswerForm):
                await self._show(who, form)
                return
            outgoing = await _made(self._message, form)
        await self._replies.reply(who, outgoing)

    async def _show(self, who: Origin, form: AnswerForm) -> None:
        """Open the modal; if Discord doesn't take it, at least the fields."""
        try:
            await self._replies.show(who, await beside_the_loop(form.question, partial(forms.modal, form)))
        except discord.HTTPException as error:
            if error.status >= 500 or error.code in {ALREADY_ACKNOWLEDGED, UNKNOWN_INTERACTION}:
                raise
            _log.error("modal_refused", event_id=who.id, round_id=form.round_id, reason=str(error))
            await self._replies.show(who, forms.modal(replace(form, question="")))

    async def _form(self, who: Origin, round_id: RoundId) -> AnswerForm | MessageView:
        space = await self._spaces.of(who.guild) if who.guild else None
        if space is None:
            raise _not_here()
        return await answer_form(self._app, who.member(space), who.channel, round_id)


async def _made(make: Callable[[MessageView], Outgoing], view: MessageView) -> Outgoing:
    return await beside_the_loop(view, partial(make, view))


def _not_here() -> NotFound:
    return NotFound(_("This question isn't here any more."))


def broken(who: Origin) -> Outgoing:
    """Log the error being handled; return what to tell the person who met it."""
    _log.exception("interaction_failed", event_id=who.id)
    text = _("Something broke here. It isn't your fault; the log says more, under {id}.").format(id=who.id)
    return outbound.message(MessageView(text=literal(text)))
