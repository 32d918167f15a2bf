"""Makes multiple-choice questions of notes whose fields hold choices.

Anki has no such notes of its own. Those of the add-on "Multiple Choice for Anki" are known; those of others are read as
rows of a table, whose columns are the fields.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.domain.drafts import Finding, FindingCode, QuestionDraft
from bot.domain.errors import BadInput
from bot.domain.questions import MAX_CHOICES
from bot.domain.selection import asked
from bot.i18n import gettext as _
from bot.importers.anki.collection import Note, NoteType
from bot.importers.anki.kinds import Made, attempted
from bot.importers.anki.making import Making
from bot.importers.anki.package import Media
from bot.importers.anki.texts import Told
from bot.importers.table.columns import Columns, headed
from bot.importers.table.records import Record
from bot.importers.table.rows import Table
from bot.importers.table.words import Role

_STATEMENTS, _SINGLE = "0", "2"
"""What the add-on writes for statements that are true or false each, and for one right choice; 1 stands for several."""
_CHOICE = re.compile(r"Q_([0-9]{1,2})")
_TYPE, _KEY = "QType", "Answers"
_EXPLAINING = ("Extra 1", "Sources")
_FLAGS = frozenset({"0", "1"})


def is_of_add_on(type_: NoteType) -> bool:
    """Whether notes of a type are those of the add-on "Multiple Choice for Anki"."""
    names = type_.fields
    return _KEY in names and any(name.startswith(_TYPE) for name in names) and any(map(_CHOICE.fullmatch, names))


def of_add_on(note: Note, media: Media) -> Made:
    """Return the question of a note of the add-on."""
    return attempted(Making(note, media), _of_add_on)


def _of_add_on(making: Making) -> QuestionDraft:
    fields = making.note.fields
    type_ = next(making.texts.typed(value) for name, value in fields.items() if name.startswith(_TYPE))
    question, title = (making.texts.told(fields.get(name, "")) for name in ("Question", "Title"))
    stem = "\n\n".join(filter(None, [title.text, question.text]))
    draft = making.draft(Told(stem, (*title.pictures, *question.pictures)))
    numbered = sorted((int(found[1]), name) for name in fields if (found := _CHOICE.fullmatch(name)))
    choices = [fields[name] for _number, name in numbered]
    while choices and not choices[-1].strip():
        choices.pop()
    if len(choices) > MAX_CHOICES:
        message = _("It has {count} choices, but at most {limit} can be shown.")
        raise BadInput(message.format(count=len(choices), limit=MAX_CHOICES))
    key = _key(making, choices)
    told = (making.without(making.texts.told(fields.get(name, ""))) for name in _EXPLAINING)
    draft = replace(making.with_choices(draft, choices), key=key, explanation="\n\n".join(filter(None, told)))
    if type_ == _SINGLE:
        if len(key) > 1:
            message = _("In the source, one choice is right, but {count} are marked as right.")
            making.tell(FindingCode.SELECT_MISMATCH, message.format(count=len(key)))
        return draft
    if type_ == _STATEMENTS:
        message = _("In the source, each statement is judged true or false; here the true ones are chosen.")
        making.tell(FindingCode.SIMPLIFIED, message)
    return replace(draft, select=asked(draft.stem) or "all")


def _key(making: Making, choices: Sequence[str]) -> tuple[int, ...]:
    """The right choices; none, with a finding, if that can't be told."""
    flags = making.texts.typed(making.note.fields[_KEY]).split()
    if len(flags) == len(choices) and {*flags} <= _FLAGS and all(choice.strip() for choice in choices):
        return tuple(at for at, flag in enumerate(flags) if flag == "1")
    if flags:
        message = _("Its answers “{answers}” don't say of each of its {count} choices whether it is right.")
        told = message.format(answers=" ".join(flags)[:60], count=len(choices))
        making.tell(FindingCode.KEY_NOT_A_CHOICE, told)
    return ()


def columns(type_: NoteType) -> Columns | None:
    """Return what the fields of a type hold, if they are a question, choices, and what is right; otherwise None."""
    found = headed([Record(1, [*type_.fields])])
    if found is None or Role.QUESTION not in found.roles:
        return None
    keyed = found.answers or found.all(Role.WRONG)
    offered = len(found.all(Role.CHOICE)) > 1 or found.all(Role.LISTED) or found.all(Role.WRONG)
    return found if keyed and offered else None


def of_table(
    notes: Sequence[Note], found: Columns, media: Media
) -> tuple[list[tuple[Making, QuestionDraft]], list[Finding]]:
    """Return the questions of notes whose fields hold choices, and what there is to tell about them together.

    Raises:
        BadInput: there is a character that isn't text.
    """
    makings = {note.number: Making(note, media) for note in notes}
    asked_in = found.first(Role.QUESTION)
    pictures: dict[int, Told] = {}
    records = []
    for note in notes:
        texts = makings[note.number].texts
        cells = []
        for at, name in enumerate(note.type.fields):
            told = texts.told(note.fields[name])
            cells.append(told.text)
            if at == asked_in:
                pictures[note.number] = told
            elif told.pictures:
                makings[note.number].tell(FindingCode.NEEDS_FIGURE, _("It has pictures that can't be shown here."))
        records.append(Record(note.number, cells))
    table = Table(replace(found, line=notes[0].number), records, "", lambda _done: None)
    return [(makings[one.line], _illustrated(makings[one.line], one, pictures[one.line])) for one in table.drafts], (
        table.findings
    )


def _illustrated(making: Making, draft: QuestionDraft, asked_with: Told) -> QuestionDraft:
    if not asked_with.pictures:
        return draft
    shown = making.draft(Told(draft.stem, asked_with.pictures))
    return replace(draft, image=shown.image, image_alt=shown.image_alt)
