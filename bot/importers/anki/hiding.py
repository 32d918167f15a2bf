"""Makes questions of cloze notes: one for each card, with a blank for each text that it hides.

What is too long to be typed, or stands in a formula, makes the question a card.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import replace

from bot.domain.accepted import InBlank
from bot.domain.drafts import QuestionDraft
from bot.domain.errors import BadInput
from bot.domain.gaps import GAP, count_gaps
from bot.domain.views import MOST_FIELDS
from bot.i18n import gettext as _
from bot.importers.anki import templates
from bot.importers.anki.cloze import Hidden, Parts, all_hidden, joined, taken_apart
from bot.importers.anki.collection import Note
from bot.importers.anki.kinds import Made, attempted
from bot.importers.anki.making import Making
from bot.importers.anki.package import Media
from bot.importers.anki.texts import Told
from bot.importers.typed import is_short

_BEGIN, _NUMBERED, _END, _UNDERSCORE = "\ue000", "\ue001", "\ue002", "\ue003"
"""What stands for the ends of a hidden text, and for underscores, while HTML becomes Markdown: nobody writes these."""
_RESERVED = str.maketrans("", "", _BEGIN + _NUMBERED + _END + _UNDERSCORE)
_SIGN = re.compile(f"{_BEGIN}(?P<at>[0-9]{{1,6}}){_NUMBERED}|{_END}")
_GAPS = re.compile("_{3,}+")
_JOINED = re.compile("_{5,}+")
_ELLIPSIS = "[…]"
_MOST_CARDS = 100
"""The most cards of one note."""


def of_cloze(note: Note, media: Media) -> Iterator[Made]:
    """Yield a question for each card of a cloze note."""
    making = Making(note, media)
    try:
        text = _Text(making)
    except BadInput as refusal:
        yield making, refusal
        return
    for number in text.numbers:
        yield attempted(Making(note, media, making.texts), lambda one, of=number: text.question(one, of))  # type: ignore[misc]  # mypy can't infer a lambda with defaults


class _Text:
    """The text of a cloze note, as Markdown.

    Raises:
        BadInput: it hides nothing, or too much, or what it hides can't be told from the rest.
    """

    def __init__(self, making: Making) -> None:
        template = next(iter(making.note.type.templates.values()), None)
        if template is None:
            raise BadInput(_("Its note type has no cards."))
        values = {name: value.translate(_RESERVED) for name, value in making.note.fields.items()}
        hiding = templates.cloze_fields(template) & values.keys() or {*values}
        self._hidden: list[Hidden] = []
        marked = {name: self._marked(taken_apart(values[name])) for name in hiding}
        self.numbers = sorted({one.number for one in self._hidden} - {0})
        if not self.numbers:
            raise BadInput(_("It hides nothing: there is no {example} in it.").format(example="{{c1::…}}"))
        if len(self.numbers) > _MOST_CARDS:
            message = _("It has {count} cards, but a note can have at most {most}. Split it.")
            raise BadInput(message.format(count=len(self.numbers), most=_MOST_CARDS))
        asked = templates.front(template, values | marked)
        self._told = making.texts.told(_held(asked.html))
        self._parts = self._divided(self._told.text)
        more = templates.beyond(template, values, {*hiding, *asked.shown})
        self._explanation = making.without(making.texts.told(more))
        self._told_before = making.findings

    def question(self, making: Making, number: int) -> QuestionDraft:
        """Return the question of the card with this number."""
        making.findings += self._told_before
        hidden = [one for one in all_hidden(self._parts) if one.number == number]
        own = [self._hidden[int(one.hint)] for one in hidden]
        answers = [making.texts.typed(one.text) for one in own]
        inside = [making.texts.told(one.text) for one in own]
        gone = {picture for told in inside for picture in told.pictures}
        shown = tuple(picture for picture in self._told.pictures if picture not in gone)
        hints = {id(one): making.texts.line(of.hint).text for one, of in zip(hidden, own, strict=True)}
        if not gone and "$" not in self._told.text.replace(r"\$", "") and _can_be_typed(answers):
            stem = _released(_with_gaps(self._parts, hints))
            if count_gaps(stem) == len(answers):
                draft = making.draft(Told(stem, shown), kind="blanks", explanation=self._explanation)
                return replace(draft, accepted=tuple(InBlank(at, text) for at, text in enumerate(answers)))
        stem = _released(joined(self._parts, lambda one: _revealed(one, hints)))
        draft = making.draft(Told(stem, shown), kind="card", explanation=self._explanation)
        backs = [making.without(told) for told in inside]
        return replace(draft, back="\n\n".join(filter(None, backs)))

    def _marked(self, parts: Parts) -> str:
        """A text with signs around what is hidden in it."""

        def signed(one: Hidden) -> str:
            self._hidden.append(one)
            sign = f"{_BEGIN}{len(self._hidden) - 1}{_NUMBERED}"
            return f"{sign}{joined(one.parts, signed)}{_END}"

        return joined(parts, signed)

    def _divided(self, text: str) -> Parts:
        """Divide a text at the signs; what is hidden has its position among all that is in place of a hint."""
        opened: list[Hidden] = []
        whole: Parts = []
        at, seen = 0, set[str]()
        for found in _SIGN.finditer(text):
            (opened[-1].parts if opened else whole).append(text[at : found.start()])
            at = found.end()
            if found["at"] is None:
                if not opened:
                    raise _unclear()
                closed = opened.pop()
                (opened[-1].parts if opened else whole).append(closed)
                continue
            if found["at"] in seen or int(found["at"]) >= len(self._hidden):
                raise _unclear()
            seen.add(found["at"])
            opened.append(Hidden(self._hidden[int(found["at"])].number, hint=found["at"]))
        if opened or len(seen) != len(self._hidden):
            raise _unclear()
        return [*whole, text[at:]]


def _unclear() -> BadInput:
    return BadInput(_("What it hides can't be told apart from the rest of its text."))


def _can_be_typed(answers: Collection[str]) -> bool:
    return len(answers) <= MOST_FIELDS and all(answer and is_short(answer) for answer in answers)


def _with_gaps(parts: Parts, hints: dict[int, str]) -> str:
    def gap(one: Hidden) -> str:
        if id(one) not in hints:
            return joined(one.parts, gap)
        return f"{GAP} {_in_brackets(hint)}" if (hint := hints[id(one)]) else GAP

    return joined(parts, gap)


def _in_brackets(hint: str) -> str:
    return hint if hint.startswith("(") and hint.endswith(")") else f"({hint})"


def _revealed(one: Hidden, hints: dict[int, str]) -> str:
    if id(one) not in hints:
        return joined(one.parts, lambda inner: _revealed(inner, hints))
    return f"[{hint}]" if (hint := hints[id(one)]) else _ELLIPSIS


def _held(html: str) -> str:
    return _GAPS.sub(lambda found: _UNDERSCORE * len(found[0]), html)


def _released(text: str) -> str:
    """A text with its own underscores, and with spaces between gaps that would be one."""
    apart = _JOINED.sub(lambda found: " ".join([GAP] * (len(found[0]) // len(GAP))), text)
    return apart.replace(_UNDERSCORE, r"\_").strip()
