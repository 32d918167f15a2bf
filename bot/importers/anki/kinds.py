"""Makes questions of notes that have cards: what is on the front of each is asked, and its back is the answer."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace

from bot.domain.drafts import FindingCode, QuestionDraft
from bot.domain.errors import BadInput
from bot.i18n import gettext as _
from bot.importers.anki import templates
from bot.importers.anki.collection import Note, NoteType, Template
from bot.importers.anki.listed import with_choices
from bot.importers.anki.making import Making
from bot.importers.anki.package import Media
from bot.importers.anki.texts import Told
from bot.importers.typed import can_be_typed, typed

Made = tuple[Making, QuestionDraft | BadInput]
"""A question with what there is to tell about it, or why there is none."""

_OCCLUSION = "image-occlusion:"
_MASKS = frozenset({"Question Mask", "Answer Mask"})
"""Fields of the add-on that hid parts of pictures before Anki itself did."""
_LONGEST_KEPT = 25_000
_HEADERS, _IMAGES = ("Header", "Title"), ("Image",)


def attempted(making: Making, make: Callable[[Making], QuestionDraft]) -> Made:
    """Return what `make` makes, or its refusal."""
    try:
        return making, make(making)
    except BadInput as refusal:
        return making, refusal


def of_cards(note: Note, media: Media) -> Iterator[Made]:
    """Yield a question for each card of a note; of a note that has lost its cards, for each that it could have."""
    for ordinal in note.cards or note.type.templates:
        template = note.type.templates.get(ordinal)
        if template is not None:
            yield attempted(Making(note, media), lambda making, of=template: _card(making, of))  # type: ignore[misc]  # mypy can't infer a lambda with defaults


def _card(making: Making, template: Template) -> QuestionDraft:
    values = making.note.fields
    asked = templates.front(template, values)
    draft = making.draft(making.texts.told(asked.html))
    told = making.texts.told(templates.back(template, values, asked))
    if asked.hints and not {*asked.hints} <= {*templates.shown_on_back(template, values)}:
        making.tell(FindingCode.SIMPLIFIED, _("Its hint was left out."))
    if not asked.typed:
        card = replace(draft, kind="card", back=making.without(told))
        return with_choices(card) or card
    value = values[asked.typed[0]]
    answer = making.texts.typed(value)
    if answer and can_be_typed(answer):
        more = making.texts.told(templates.beyond(template, values, [*asked.shown, *asked.typed]))
        return replace(typed(draft, [answer], answer), explanation=making.without(more))
    whole = making.texts.told(value)
    return replace(draft, kind="card", back=making.without(Told(whole.text or told.text, whole.pictures)))


def is_occlusion(note: Note) -> bool:
    """Whether a note hides parts of a picture."""
    return (
        "image occlusion" in note.type.name.casefold()
        or {*note.type.fields} >= _MASKS
        or any(_OCCLUSION in value for value in note.fields.values())
    )


def occlusion(note: Note, media: Media) -> Made:
    """Return the question of a note that hides parts of a picture: it is kept, and never asked."""
    return attempted(Making(note, media), _occlusion)


def _occlusion(making: Making) -> QuestionDraft:
    fields = making.note.fields
    header = next((told for name in _HEADERS if (told := making.texts.line(fields.get(name, "")).text)), "")
    images = (making.texts.told(fields[name]) for name in _image_fields(making.note.type))
    pictures = next((told.pictures for told in images if told.pictures), ())
    kept = json.dumps({"anki": {name: value for name, value in fields.items() if value}}, ensure_ascii=False)
    if len(kept) > _LONGEST_KEPT:
        kept = ""
        making.tell(FindingCode.SIMPLIFIED, _("It is too large to be kept in full: its fields were left out."))
    asked = Told(header or _("What is hidden in this picture?"), pictures[:1])
    return making.draft(asked, kind="image-occlusion", kept=kept)


def _image_fields(type_: NoteType) -> list[str]:
    """The fields of a type, those that are named after pictures first."""
    return sorted(type_.fields, key=lambda name: (name not in _IMAGES, "image" not in name.casefold()))
