"""The page on which people write a question: it runs a command with what they fill in, as other platforms' forms do."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from aiohttp import web

from adapters.web.door import Visit
from adapters.web.failures import status_of
from adapters.web.previewing import Previewed, nothing_yet, previewed
from adapters.web.transcript import whisper
from bot.domain.commands import ChatCommand
from bot.domain.errors import NotFound, QuizbotError
from bot.domain.identity import BankId, QuestionId
from bot.domain.limits import Limit
from bot.domain.questions import Question
from bot.domain.revisions import first_revision, rewritten
from bot.domain.typed import Typed, plainly, typed
from bot.domain.views import Form, MessageView
from bot.domain.writing import Miswritten, Written, drafted, edited
from bot.services.banks.storing import summaries
from bot.services.banks.writing import BANK, to_edit
from bot.services.chat import dispatch
from bot.services.limiting import person

ADD, EDIT, SUGGEST = "question add", "question edit", "question suggest"
ADDRESSES = {ADD: "/questions/add", EDIT: "/questions/edit", SUGGEST: "/questions/suggest"}
"""Where each command's form is."""
_BEFORE = ("id", "suggestion", "again", "bank", "kind")
"""The options that an address may have; what is stored comes from the form alone, never from an address."""
PICTURES = "/questions/pictures"


def pictures_address(number: str) -> str:
    """Return the address of the page about the pictures of the question with this number."""
    return f"{PICTURES}?id={number}"


def address(command: Typed) -> str:
    """Return the address of the form that a command opens."""
    options = {option.name: option.value for option in command.options}
    return ADDRESSES[command.command] + (f"?{urlencode(options)}" if options else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filling:
    """One visitor's form, with what is in its fields.

    Attributes:
        command: the name of the command that it runs.
        options: the command's other options.
    """

    command: str
    form: Form
    options: Mapping[str, str]

    @property
    def fields(self) -> dict[str, str]:
        """What each field says."""
        return {field.name: field.value for field in self.form.fields}


async def show(visit: Visit, command: str) -> web.StreamResponse:
    """Show the form of a command, with what is known already."""
    return await _page(visit, await _opened(visit, command, _options(visit)), nothing_yet())


async def take(visit: Visit, command: str) -> web.StreamResponse:
    """Take a form that was filled in: show what comes of it, or run its command."""
    try:
        filling = _filled_in(visit, await _opened(visit, command, _options(visit)))
    except NotFound as error:
        return await _without_origin(visit, command, _options(visit), error)
    try:
        is_preview = visit.text("do") == "preview"
        limit = Limit.PREVIEWS if is_preview else Limit.MESSAGES
        visit.room.app.limiter.take(limit, person(visit.caller))
        question = await _question(visit, filling)
        if is_preview:
            return await _page(visit, filling, await previewed(visit, question))
        view = await _run(visit, command, {**filling.options, **filling.fields})
    except Miswritten as mistakes:
        return await _page(visit, filling, nothing_yet(mistakes.mistakes[0].message), status=400, mistakes=mistakes)
    except QuizbotError as error:
        if visit.wants_fragment:
            raise
        return await _page(visit, filling, nothing_yet(), status=status_of(error), problem=str(error))
    if view.refuses:
        return await _page(
            visit, filling, nothing_yet(), status=400, problem="\n".join(text for _part, text in view.mistakes)
        )
    whisper(visit.room, visit.member, view)
    raise web.HTTPSeeOther("/#latest")


async def _without_origin(visit: Visit, command: str, options: dict[str, str], error: NotFound) -> web.Response:
    """Return the form with what was made of a kept form, or of a suggestion, that is gone meanwhile."""
    gone = next((name for name in ("again", "suggestion") if name in options), None)
    if gone is None or visit.wants_fragment:
        raise error
    rest = {name: value for name, value in options.items() if name != gone}
    try:
        filling = _filled_in(visit, await _opened(visit, command, rest))
    except NotFound as other:
        return await _without_origin(visit, command, rest, other)
    return await _page(visit, filling, nothing_yet(), status=status_of(error), problem=str(error))


def _options(visit: Visit) -> dict[str, str]:
    query = visit.request.query
    return {name: query[name] for name in _BEFORE if name in query}


async def _opened(visit: Visit, command: str, options: Mapping[str, str]) -> Filling:
    """Return a command's form as the core opens it.

    Raises:
        QuizbotError: the core says why it can't be opened.
    """
    view = await _run(visit, command, options)
    if view.form is None:
        raise LookupError(f"{command} opens no form")
    return Filling(command=command, form=view.form, options=options)


def _filled_in(visit: Visit, opened: Filling) -> Filling:
    fields = tuple(replace(field, value=visit.text(field.name)) for field in opened.form.fields)
    bank = {"bank": visit.text("bank").strip()} if opened.command == ADD else {}
    return replace(opened, form=replace(opened.form, fields=fields), options={**opened.options, **bank})


async def _run(visit: Visit, command: str, options: Mapping[str, str]) -> MessageView:
    done = await dispatch.run(visit.room.app, visit.caller, ChatCommand(name=command, options=dict(options)))
    return done or MessageView()


async def _question(visit: Visit, filling: Filling) -> Question:
    """Return the question that a form describes, as it would be stored.

    Raises:
        Miswritten: something in it is wrong or missing.
    """
    written = Written(**filling.fields)
    if filling.command == EDIT:
        known = await to_edit(visit.room.app, visit.caller, QuestionId(int(filling.options["id"])))
        return rewritten(edited(known, written), known) or known
    return first_revision(drafted(written), question_id=QuestionId(0), bank_id=BankId(0))


async def _page(
    visit: Visit,
    filling: Filling,
    preview: Previewed,
    *,
    status: int = 200,
    mistakes: Miswritten | None = None,
    problem: str = "",
) -> web.Response:
    """Return the page or, to its script, only the preview or the reason why there is none.

    It is made on a thread: long texts may take a while.
    """
    if visit.wants_fragment:
        return await asyncio.to_thread(visit.page, "previews.html", preview=preview)
    return await asyncio.to_thread(
        visit.page,
        "writing.html",
        status=status,
        form=filling.form,
        action=address(filling.form.command),
        bank=(filling.options.get("bank") or BANK) if filling.command == ADD else "",
        banks=await _own_banks(visit) if filling.command == ADD else (),
        wrong={mistake.part.value: mistakes.of(mistake.part) for mistake in mistakes.mistakes} if mistakes else {},
        problem=plainly(problem),
        preview=preview,
        pictures=pictures_address(filling.options["id"]) if filling.command == EDIT else "",
        suggestions=typed("question suggestions").plain if filling.command == ADD else "",
    )


async def _own_banks(visit: Visit) -> list[str]:
    space_id = visit.room.space.id
    return [one.bank.name for one in await summaries(visit.room.app, space_id) if one.bank.space_id == space_id]
