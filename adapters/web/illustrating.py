"""The page where hosts add pictures to a question and its choices."""

import asyncio
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from aiohttp import web

from adapters.web.door import Visit
from adapters.web.transcript import whisper
from adapters.web.writing import pictures_address
from bot.domain.errors import BadInput
from bot.domain.identity import ChoiceId
from bot.domain.images import LONGEST_ALT, LONGEST_WORDS, Image, ImageFile, PictureEdit
from bot.domain.limits import Limit
from bot.domain.lines import one_line
from bot.domain.questions import LETTERS, Question
from bot.domain.shortening import shortened
from bot.i18n import gettext as _
from bot.importers.bank.pictures import MAX_MB, MAX_QUESTION_MB, check_together, checked
from bot.services.banks.storing import pictures
from bot.services.banks.writing import illustrate, to_edit
from bot.services.chat.commands.forms import as_stored, question_id
from bot.services.limiting import person

_ROOM = 4
"""How many times its longest text a field's text is looked at: white space that is too much is forgiven."""
_LONGEST_FILE_NAME = 255
_SHOWN_OF_A_NAME = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where a picture may be.

    Attributes:
        choice: the choice that it belongs to; None: the question itself.
        letter: the choice's letter in the source; empty for the question itself.
        text: what the choice or the question says, as Markdown.
        longest: the most characters that its picture's description may have.
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


@dataclass(frozen=True, slots=True)
class Filled:
    """What the fields of a spot say.

    Attributes:
        alt: the description in its field.
        removed: whether the box to remove its picture is ticked.
        wrong: what is wrong in it; empty: nothing.
    """

    spot: Spot
    alt: str
    removed: bool = False
    wrong: str = ""


Edits = Mapping[ChoiceId | None, PictureEdit]


async def show(visit: Visit) -> web.StreamResponse:
    """Show the pictures that a question and its choices have, and the fields to change them."""
    question = await _question(visit)
    filled = [Filled(spot, spot.image.alt if spot.image else "") for spot in _spots(question)]
    return await _page(visit, question, filled)


async def take(visit: Visit) -> web.StreamResponse:
    """Store the pictures that were chosen, and show the host what the question looks like now."""
    visit.room.app.limiter.take(Limit.MESSAGES, person(visit.caller))
    question = await _question(visit)
    edits: dict[ChoiceId | None, PictureEdit] = {}
    filled: list[Filled] = []
    for spot in _spots(question):
        wrong = ""
        try:
            edits[spot.choice] = await asyncio.to_thread(_edit, visit, spot)
        except BadInput as error:
            wrong = str(error)
        filled.append(_filled(visit, spot, wrong))
    if any(one.wrong for one in filled):
        return await _page(visit, question, filled, status=400)
    try:
        await _check_together(visit, question, edits)
        stored = await illustrate(visit.room.app, visit.caller, question.id, edits, seen=_seen(visit))
    except BadInput as error:
        return await _page(visit, question, filled, status=400, problem=str(error))
    whisper(visit.room, visit.member, as_stored(stored, _("Nothing has changed:")))
    raise web.HTTPSeeOther("/#latest")


async def _question(visit: Visit) -> Question:
    return await to_edit(visit.room.app, visit.caller, question_id(visit.request.query.get("id", "")))


def _seen(visit: Visit) -> int:
    """Return the revision that the page showed; 0 if somebody has tampered with it."""
    text = visit.text("revision")
    return int(text) if re.fullmatch("[0-9]{1,9}", text) else 0


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


def _filled(visit: Visit, spot: Spot, wrong: str) -> Filled:
    alt = visit.text(f"alt-{spot.name}")[: _ROOM * spot.longest]
    return Filled(spot, alt, removed=bool(visit.text(f"remove-{spot.name}")), wrong=wrong)


def _edit(visit: Visit, spot: Spot) -> PictureEdit:
    """Read what was filled in for one spot.

    Raises:
        BadInput: the picture can't be used, or it and its words don't go together.
    """
    file, alt = _file(visit, f"picture-{spot.name}"), visit.text(f"alt-{spot.name}")
    if len(alt) <= _ROOM * spot.longest:
        alt = one_line(alt)
    if len(alt) > spot.longest:
        message = _("The description has {number} characters; the limit is {most}.")
        raise BadInput(message.format(number=len(alt), most=spot.longest))
    edit = PictureEdit(file=file, alt=alt, removed=bool(visit.text(f"remove-{spot.name}")))
    is_shown = edit.of(spot.image) is not None
    if is_shown and not alt:
        raise BadInput(_("Describe the picture for people who can't see it."))
    if alt and not is_shown and not edit.removed:
        raise BadInput(_("There is no picture to describe. Choose one, or clear the description."))
    return edit


def _file(visit: Visit, field: str) -> ImageFile | None:
    sent = visit.file(field)
    if sent is None:
        return None
    name = shortened(one_line(PurePath(sent.name[:_LONGEST_FILE_NAME]).name), _SHOWN_OF_A_NAME)
    return checked(sent.data, name)


async def _check_together(visit: Visit, question: Question, edits: Edits) -> None:
    """Check the pictures that the question would have.

    Raises:
        BadInput: they are too large together.
    """
    if not any(edit.file for edit in edits.values()):
        return
    known = await pictures(visit.room.app, [question])
    files = []
    for spot in _spots(question):
        edit = edits[spot.choice]
        if edit.file is not None:
            files.append(edit.file.data)
        elif (kept := edit.of(spot.image)) is not None:
            files.append(known.get(kept.file_name, b""))
    await asyncio.to_thread(check_together, files)


async def _page(
    visit: Visit,
    question: Question,
    filled: Sequence[Filled],
    *,
    problem: str = "",
    status: int = 200,
) -> web.Response:
    """Return the page; it is made on a thread, because long texts may take a while."""
    return await asyncio.to_thread(
        visit.page,
        "illustrating.html",
        status=status,
        question=question,
        action=pictures_address(str(question.id)),
        filled=filled,
        problem=problem,
        most=MAX_MB,
        most_together=MAX_QUESTION_MB,
    )
