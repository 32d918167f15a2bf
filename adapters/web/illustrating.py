"""The page on which hosts give a question and its choices their pictures."""

import asyncio
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePath

from aiohttp import web

from adapters.web.door import Visit
from adapters.web.room import CHANNEL
from adapters.web.transcript import whisper
from bot.domain.commands import Caller
from bot.domain.errors import BadInput
from bot.domain.identity import ChoiceId
from bot.domain.images import LONGEST_ALT, LONGEST_WORDS, Image, ImageFile, PictureEdit
from bot.domain.limits import Limit
from bot.domain.lines import one_line
from bot.domain.questions import LETTERS, Question
from bot.i18n import gettext as _
from bot.importers.bank.pictures import MAX_MB, check_together, checked
from bot.services.banks.storing import pictures
from bot.services.banks.writing import illustrate, to_edit
from bot.services.chat.commands.forms import as_stored, question_id
from bot.services.limiting import person

ADDRESS = "/questions/pictures"


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where a picture may be.

    Attributes:
        choice: the choice that it belongs to; None: the question itself.
        letter: the choice's letter in the source; empty for the question itself.
        text: what the choice or the question says, as Markdown.
        longest: the most characters of what its picture shows, in words.
    """

    choice: ChoiceId | None
    letter: str
    text: str
    image: Image | None
    longest: int

    @property
    def name(self) -> str:
        """What its fields' names end in."""
        return "question" if self.choice is None else f"choice-{self.choice}"


Edits = Mapping[ChoiceId | None, PictureEdit]


def address(number: str) -> str:
    """Return the address of the page for the question with this number."""
    return f"{ADDRESS}?id={number}"


async def show(visit: Visit) -> web.StreamResponse:
    """Show the pictures that a question and its choices have, and the fields to change them."""
    question = await _question(visit)
    return await _page(visit, question, {spot.name: spot.image.alt for spot in _spots(question) if spot.image})


async def take(visit: Visit) -> web.StreamResponse:
    """Store the pictures that were chosen, and show the host what the question looks like now."""
    question = await _question(visit)
    visit.room.app.limiter.take(Limit.MESSAGES, person(_caller(visit)))
    edits: dict[ChoiceId | None, PictureEdit] = {}
    wrong: dict[str, str] = {}
    for spot in _spots(question):
        try:
            edits[spot.choice] = await asyncio.to_thread(_edit, visit, spot)
        except BadInput as error:
            wrong[spot.name] = str(error)
    problem = "" if wrong else await _problem(visit, question, edits)
    if wrong or problem:
        words = {spot.name: visit.text(f"alt-{spot.name}") for spot in _spots(question)}
        return await _page(visit, question, words, wrong=wrong, problem=problem, status=400)
    stored = await illustrate(visit.room.app, _caller(visit), question.id, edits)
    whisper(visit.room, visit.member, as_stored(stored, _("Nothing has changed:")))
    raise web.HTTPSeeOther("/#latest")


async def _question(visit: Visit) -> Question:
    return await to_edit(visit.room.app, _caller(visit), question_id(visit.request.query.get("id", "")))


def _caller(visit: Visit) -> Caller:
    return visit.member.calls(visit.room.space, CHANNEL, visit.counted_as)


def _spots(question: Question) -> Iterator[Spot]:
    yield Spot(choice=None, letter="", text=question.stem, image=question.image, longest=LONGEST_ALT)
    if question.kind == "choice":  # the choices of other kinds are words to be read, or items to be moved
        for position, choice in enumerate(question.choices):
            yield Spot(
                choice=choice.id,
                letter=LETTERS[position],
                text=choice.text,
                image=choice.image,
                longest=LONGEST_WORDS,
            )


def _edit(visit: Visit, spot: Spot) -> PictureEdit:
    """Read what was filled in for one spot.

    Raises:
        BadInput: the picture can't be used, or it and its words don't go together.
    """
    file, alt = _file(visit, f"picture-{spot.name}"), one_line(visit.text(f"alt-{spot.name}"))
    edit = PictureEdit(file=file, alt=alt, removed=bool(visit.text(f"remove-{spot.name}")))
    is_shown = edit.of(spot.image) is not None
    if is_shown and not alt:
        raise BadInput(_("Say in words what the picture shows, for everybody who can't see it."))
    if alt and not is_shown and not edit.removed:
        raise BadInput(_("Choose the picture that shows this, or empty the field."))
    if len(alt) > spot.longest:
        message = _("These words have {number} characters; {most} are the most.")
        raise BadInput(message.format(number=len(alt), most=spot.longest))
    return edit


def _file(visit: Visit, field: str) -> ImageFile | None:
    sent = visit.form.get(field)
    if not isinstance(sent, web.FileField):
        return None
    with sent.file:
        data = sent.file.read()
    return checked(data, PurePath(sent.filename).name) if data else None


async def _problem(visit: Visit, question: Question, edits: Edits) -> str:
    """Return why the pictures can't be used together; empty: they can."""
    if not any(edit.file for edit in edits.values()):
        return ""
    known = await pictures(visit.room.app, [question])
    files = []
    for spot in _spots(question):
        edit = edits[spot.choice]
        if edit.file is not None:
            files.append(edit.file.data)
        elif (kept := edit.of(spot.image)) is not None:
            files.append(known[kept.file_name])
    try:
        await asyncio.to_thread(check_together, files)
    except BadInput as error:
        return str(error)
    return ""


async def _page(
    visit: Visit,
    question: Question,
    words: Mapping[str, str],
    *,
    wrong: Mapping[str, str] | None = None,
    problem: str = "",
    status: int = 200,
) -> web.Response:
    """Return the page; it is made on a thread, because long texts may take a while."""
    return await asyncio.to_thread(
        visit.page,
        "illustrating.html",
        status=status,
        number=question.id,
        action=address(str(question.id)),
        spots=list(_spots(question)),
        words=words,
        wrong=wrong or {},
        problem=problem,
        most=MAX_MB,
    )
