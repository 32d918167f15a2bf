"""Reads the notes that `bot.importers.writing.anki` wrote: each holds its question in the project's own format.

If somebody edited such a note in Anki, its card no longer shows what that field holds. Then the card counts.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from typing import Any
from unicodedata import normalize

from typing_extensions import override

from bot.domain.drafts import FindingCode, QuestionDraft
from bot.domain.errors import BadFile
from bot.domain.identity import BankId, QuestionId
from bot.domain.images import ImageFile
from bot.domain.revisions import first_revision
from bot.i18n import gettext as _
from bot.importers.anki.collection import Note
from bot.importers.anki.kinds import Made, of_cards
from bot.importers.anki.making import Making
from bot.importers.anki.package import Media
from bot.importers.source import Source
from bot.importers.writing.anki import NOTE_TYPE, SHOWN, SOURCE, shown
from bot.importers.writing.bank import PICTURES

_TAG = re.compile(r"<[^<>]*>")
_PICTURE = re.compile(r"\bsrc\s{0,3}=\s{0,3}[\"']?([^\s\"'<>]{1,200})")


class BankPictures(Media):
    """The pictures of a package, by the paths that banks give them."""

    @override
    def _load(self, name: str) -> ImageFile:
        return super()._load(name.removeprefix(f"{PICTURES}/"))


def is_own(note: Note) -> bool:
    """Whether a note is of the type that the project writes."""
    return note.type.name.startswith(NOTE_TYPE) and {*note.type.fields} >= {*SHOWN, SOURCE}


def of_own(note: Note, pictures: BankPictures) -> Iterator[Made]:
    """Yield the question of a note."""
    draft = _held(note, pictures)
    if draft is not None and _is_as_written(note, draft):
        same = {*draft.tags} == {*note.tags}
        # The tags and the deck may be changed in Anki without a change to the note's fields.
        yield Making(note, pictures), draft if same else replace(draft, tags=tuple(note.tags))
        return
    for making, made in of_cards(note, pictures):
        message = _("This note was edited in Anki, so it is read as the card that it shows there.")
        making.tell(FindingCode.SIMPLIFIED, message)
        yield making, made


def _held(note: Note, pictures: BankPictures) -> QuestionDraft | None:
    """The question that a note holds; None if it can't be read."""
    from bot.importers.bank.reader import read_bank  # noqa: PLC0415  # loads jsonschema, slower than all importers together

    try:
        bank: Any = json.loads(unescape(_TAG.sub("", note.fields[SOURCE])))
        after = bank["questions"][0].pop("after", None)  # a question of another note
        source = Source(json.dumps(bank).encode())
        (draft,) = read_bank(source, lambda _done: None, pictures).questions
    except (BadFile, ValueError, TypeError, LookupError, AttributeError, RecursionError):
        return None
    return replace(draft, line=note.number, after=after if isinstance(after, str) else None)


def _is_as_written(note: Note, draft: QuestionDraft) -> bool:
    written = shown(first_revision(draft, question_id=QuestionId(0), bank_id=BankId(0)))
    return all(_told(note.fields[name]) == _told(html) for name, html in written.items())


def _told(html: str) -> tuple[str, list[str]]:
    """What a field says, without how it is laid out, and the pictures in it."""
    text = normalize("NFC", unescape(_TAG.sub(" ", html)))
    return " ".join(text.split()), _PICTURE.findall(html)
