"""The study channel: its page, the message box, and answers."""

from dataclasses import replace
from urllib.parse import quote

import structlog
from aiohttp import web

from adapters.web import desk, inbound, markdown, writing
from adapters.web.door import PAGE_HEADER, SINCE_HEADER, Visit
from adapters.web.hub import Changed
from adapters.web.joining import join_page
from adapters.web.outbound import Refused, Seen, element_id
from adapters.web.room import CHANNEL
from adapters.web.transcript import all_seen, one_seen, whisper
from adapters.web.visitors import recognise
from bot.application import Application
from bot.domain.commands import Caller, ChatCommand, ValueKind
from bot.domain.errors import BadInput, NotFound, QuizbotError
from bot.domain.identity import RoundId
from bot.domain.kinds import kind_of
from bot.domain.limits import Limit
from bot.domain.reactions import after_reaction
from bot.domain.responses import Given, Positions, Row, positions
from bot.domain.rounds import Round
from bot.domain.typed import typed
from bot.domain.views import MessageView
from bot.i18n import gettext as _
from bot.ports import Unit
from bot.rendering.words import literal
from bot.services.chat import dispatch
from bot.services.chat.commands.table import COMMANDS
from bot.services.chat.grammar import is_command, parse_command
from bot.services.limiting import person
from bot.services.rounds.answering import submit_answer
from bot.services.rounds.asking import question_key
from bot.services.rounds.cards import show_back


async def show_room(visit: Visit) -> web.StreamResponse:
    """Show the channel, or the page that asks for a name if the visitor hasn't joined."""
    if visit.visitor is None:
        return await join_page(visit)
    since, stamp = visit.room.hub.moment, visit.room.app.ids.next()  # the moment before the reading: nothing is missed
    transcript = await all_seen(visit.room, visit.visitor)
    page = await markdown.beside_the_loop(
        lambda: visit.page("room.html", channel=CHANNEL, transcript=transcript, stamp=stamp, since=since)
    )
    page.enable_compression()  # nothing in it comes from the request, so its size betrays nothing
    return page


async def show_transcript(visit: Visit) -> web.StreamResponse:
    """Return all messages without the page around them, for the page's script."""
    since = visit.room.hub.moment
    fragment = await _fragment(visit, await all_seen(visit.room, visit.member))
    fragment.headers[SINCE_HEADER] = since
    fragment.enable_compression()
    return fragment


async def say(visit: Visit) -> web.StreamResponse:
    """Run the command typed into the message box, or that of a button in a private message."""
    pressed = visit.text("press")
    text = inbound.clean_message(pressed or visit.text("text"))
    reply = await _reply_to(visit, text) if text else None
    await _let_go(visit)
    if reply is None:
        return await _back(visit, "latest", [])
    if reply.form is not None:
        page = writing if reply.form.command.command in writing.ADDRESSES else desk
        return _to_page(visit, page.address(reply.form.command))
    return await _back(visit, "latest", [whisper(visit.room, visit.member, reply, said="" if pressed else text)])


async def _reply_to(visit: Visit, text: str) -> MessageView | None:
    caller = visit.caller
    try:
        visit.room.app.limiter.take(Limit.MESSAGES, person(caller))
        return await _done(visit.room.app, caller, text)
    except QuizbotError as error:
        return MessageView(text=literal(str(error)))


async def _done(app: Application, caller: Caller, text: str) -> MessageView | None:
    if not is_command(text):
        return MessageView(
            text=_(
                "This box takes commands, and only you see what you type. "
                "Try `{quiz}` for a question or `{help}` for more."
            ).format(quiz=typed("quiz"), help=typed("help"))
        )
    return await dispatch.run(app, caller, await _with_account(app, caller, parse_command(text)))


async def _with_account(app: Application, caller: Caller, command: ChatCommand) -> ChatCommand:
    """Replace the name of a member by their account, as the core reads a mention, and no channel but the room's own.

    Raises:
        NotAllowed: the command is for hosts, who alone learn who is in the room.
        BadInput: nobody in the room has that name.
    """
    named = [one.name for one in COMMANDS[command.name].options if one.kind is ValueKind.MENTION]
    if not any(command.options.get(name) for name in named):
        return command
    await dispatch.require_right(app, caller, command)
    options = {name: value for name, value in command.options.items() if name != "where"}
    here = await app.storage.read(lambda unit: unit.admissions.all(caller.space.id))
    for name in named:
        wanted = inbound.fold_name(options[name].removeprefix("@"))
        found = [one.member for one in here if one.removed_at is None and inbound.fold_name(one.member.name) == wanted]
        if not found:
            raise BadInput(
                _("Nobody in the room is called “{name}”. The page People lists everybody.").format(name=options[name])
            )
        options[name] = f"@{found[0].external_id}"
    return replace(command, options=options)


async def dismiss(visit: Visit) -> web.StreamResponse:
    """Drop a private reply from the member's page."""
    visit.room.whispers.dismiss(visit.member.member.external_id, visit.text("key"))
    return await _back(visit, "latest", [])


async def _let_go(visit: Visit) -> None:
    """Drop the private messages of a member deleted by a command, so that nobody who takes the name gets them."""
    room, member_id = visit.room, visit.member.member.external_id
    if await recognise(room.app, room.space, visit.session) is None:
        room.whispers.forget_member(member_id)
        room.hub.dismiss(member_id)


async def answer(visit: Visit) -> web.StreamResponse:
    """Take a click on a letter or a word, a choice of several, or what was typed into fields or picked in menus."""
    round_id = inbound.round_id(visit.request.match_info["round_id"])
    if rows := visit.texts("row"):
        return await _submit(visit, round_id, inbound.row(rows))
    typed = inbound.typed(visit.texts("typed"))
    return await _submit(visit, round_id, typed or inbound.picks(visit.texts("pick")))


async def turn(visit: Visit) -> web.StreamResponse:
    """Show the back of a card to the member alone."""
    room, member = visit.room, visit.member.member
    round_id = inbound.round_id(visit.request.match_info["round_id"])
    room.whispers.turn(member.external_id, round_id, await show_back(room.app, member, CHANNEL, round_id))
    return await _renewed(visit, round_id)


async def react(visit: Visit) -> web.StreamResponse:
    """Add or remove one reaction."""
    round_id = inbound.round_id(visit.request.match_info["round_id"])
    (position,) = inbound.picks([visit.text("sign")])
    member = visit.member.member

    async def read(unit: Unit) -> tuple[Round | None, Positions]:
        round_ = await unit.rounds.find(round_id)
        current = (await unit.answers.of_member(member, [round_id])).get(round_id)
        return round_, positions(current.response.given(round_.order)) if round_ and current else frozenset()

    round_, current = await visit.room.app.storage.read(read)
    if round_ is None:
        raise NotFound(_("This question isn't here any more."))
    on, most = position not in current, kind_of(round_).controls(round_).most
    return await _submit(visit, round_id, after_reaction(current, position, on=on, most=most))


async def _submit(visit: Visit, round_id: RoundId, given: Given) -> web.StreamResponse:
    room, member = visit.room, visit.member.member
    event_id = str(room.app.ids.next())
    with structlog.contextvars.bound_contextvars(event_id=event_id):
        submitted = inbound.submission(
            member, channel=CHANNEL, round_id=round_id, given=given, at=room.app.clock.now(), event_id=event_id
        )
        told = await submit_answer(room.app, submitted)
    if told.refuses and isinstance(given, tuple | Row):
        room.whispers.refuse(member.external_id, round_id, Refused(given=given, why=told.text))
    else:
        room.whispers.receipt(member.external_id, round_id, told)
    return await _renewed(visit, round_id)


async def _renewed(visit: Visit, round_id: RoundId) -> web.StreamResponse:
    """Return a question that changed for the member alone, and tell their other pages."""
    room, key = visit.room, question_key(round_id)
    room.hub.publish(Changed(key), only=visit.member.member.external_id)
    seen = await one_seen(room, visit.member, key)
    if seen is None:
        raise NotFound(_("This question isn't here any more."))
    return await _back(visit, element_id(key), [seen])


def _to_page(visit: Visit, address: str) -> web.StreamResponse:
    """Send the visitor to another page; the page's script goes there by itself."""
    if visit.wants_fragment:
        return web.Response(headers={PAGE_HEADER: address})
    raise web.HTTPSeeOther(address)


async def _back(visit: Visit, element: str, changed: list[Seen]) -> web.StreamResponse:
    """Return the changed messages to the page's script; without a script, redirect to the right spot on the page."""
    if visit.wants_fragment:
        return await _fragment(visit, changed)
    raise web.HTTPSeeOther(f"/#{quote(element)}")


async def _fragment(visit: Visit, transcript: list[Seen]) -> web.Response:
    return await markdown.beside_the_loop(lambda: visit.page("messages.html", transcript=transcript))
