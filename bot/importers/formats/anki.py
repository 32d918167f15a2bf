"""Reads packages of Anki, the flashcard program, of every layout: ``.apkg`` with decks, ``.colpkg`` with everything.

Cards have no lines, so the numbers of their notes stand for these.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.domain.drafts import Finding, FindingCode, ParsedDocument, QuestionDraft
from bot.domain.errors import BadFile, BadInput
from bot.i18n import gettext as _
from bot.importers.anki import choices, own, templates
from bot.importers.anki.collection import Note, NoteType, notes
from bot.importers.anki.hiding import of_cloze
from bot.importers.anki.kinds import Made, is_occlusion, occlusion, of_cards
from bot.importers.anki.making import Making
from bot.importers.anki.package import Media, database, is_package
from bot.importers.format import CERTAIN, Format, Packing, Progress
from bot.importers.reading.hypertext import without_markup
from bot.importers.reading.leaving import left_out
from bot.importers.source import Source
from bot.importers.writing.anki import to_anki

_BETWEEN_DECKS = "::"
_ID_BEGINS = "anki:"
"""What the ids of notes begin with, so that none is taken for the id of a question."""
_LONGEST_ID = 60
_REPORT_EVERY = 200
_MOST_REPEATED = 10
"""How often the questions may repeat the text of all notes: a small file must not become a huge bank."""
_ALWAYS_ALLOWED = 1_000_000
"""How much text the questions may have in any case, in characters."""
_ONLY_ADVICE = "Please update to the latest Anki version"
"""How the only note of an older database begins that Anki writes beside a newer one."""


def likelihood(source: Source) -> float:
    """Certain if the source is a package with a collection of Anki's."""
    return CERTAIN if is_package(source.files) else 0


def parse(source: Source, progress: Progress) -> ParsedDocument:
    """Read a package.

    Raises:
        BadFile: it isn't a package of Anki, is damaged, is made to exhaust whoever reads it, or holds no notes.
    """
    if not is_package(source.files):
        raise BadFile(_("This isn't an Anki package: it has no collection."))
    found = notes(database(source.files))
    if not found:
        raise BadFile(_("There are no notes in this package."))
    if len(found) == 1 and any(_ONLY_ADVICE in value for value in found[0].fields.values()):
        message = _(
            "This package holds only a note that asks to update Anki. Export it again, and upload the whole file."
        )
        raise BadFile(message)
    progress(0.2)
    reader = _Reader(source, found)
    for number, note in enumerate(found):
        if number % _REPORT_EVERY == 0:
            progress(0.2 + 0.8 * number / len(found))
        reader.take(note)
    return reader.document()


class _Reader:
    """Collects what the notes of a package hold."""

    def __init__(self, source: Source, all_notes: Sequence[Note]) -> None:
        self._media = Media(source.files)
        self._bank_pictures = own.BankPictures(source.files)
        self._questions: list[QuestionDraft] = []
        self._findings: list[Finding] = []
        self._ids: set[str] = set()
        self._told: set[str] = set()
        text = sum(len(value) for note in all_notes for value in note.fields.values())
        self._room = _MOST_REPEATED * text + _ALWAYS_ALLOWED
        self._title, self._sections = _decks({note.deck for note in all_notes})
        self._tables = _tables(all_notes)

    def take(self, note: Note) -> None:
        """Take the questions of a note; notes that are read as a table are taken together with their first one."""
        if (listed := self._tables.get(note.type.name)) is not None:
            if listed and listed[0] is note:
                self._take_table(listed)
            return
        made = list(self._made(note))
        if not made:
            self._leave_out(note, _("It has no cards."))
        several = sum(isinstance(draft, QuestionDraft) for _making, draft in made) > 1
        for number, (making, draft) in enumerate(made, start=1):
            if isinstance(draft, BadInput):
                self._leave_out(note, str(draft))
            else:
                self._add(making, draft, number if several else 0)

    def document(self) -> ParsedDocument:
        """Return all of it."""
        ids = {draft.source_id for draft in self._questions}
        ordered = sorted(self._questions, key=lambda draft: draft.line)
        return ParsedDocument(
            format=FORMAT.name,
            questions=tuple(draft if draft.after in ids else replace(draft, after=None) for draft in ordered),
            findings=tuple(self._findings),
            title=self._title or None,
        )

    def _made(self, note: Note) -> Iterator[Made]:
        if own.is_own(note):
            yield from own.of_own(note, self._bank_pictures)
        elif is_occlusion(note):
            yield occlusion(note, self._media)
        elif note.type.is_cloze:
            yield from of_cloze(note, self._media)
        elif choices.is_of_add_on(note.type):
            yield choices.of_add_on(note, self._media)
        else:
            self._warn_of_programs(note)
            yield from of_cards(note, self._media)

    def _take_table(self, listed: Sequence[Note]) -> None:
        found = choices.columns(listed[0].type)
        assert found is not None  # noqa: S101  # `_tables` asked
        try:
            made, findings = choices.of_table(listed, found, self._media)
        except BadInput as refusal:
            self._leave_out(listed[0], str(refusal))
            return
        self._findings += findings
        for making, draft in made:
            self._add(making, draft, 0)

    def _add(self, making: Making, draft: QuestionDraft, card: int) -> None:
        self._room -= len(draft.stem) + len(draft.back) + len(draft.explanation)
        if self._room < 0:
            raise BadFile(
                _("The cards in this package repeat its text too often. Export its decks from Anki one by one.")
            )
        draft = making.finished(draft)
        self._findings += making.findings
        note = making.note
        id_ = draft.source_id or f"{_ID_BEGINS}{note.guid}{f'/{card}' if card else ''}"
        usable = id_ not in self._ids and len(id_) <= _LONGEST_ID
        self._ids.add(id_)
        section = draft.section or self._sections.get(note.deck)
        self._questions.append(replace(draft, section=section, source_id=id_ if usable else None))

    def _leave_out(self, note: Note, reason: str) -> None:
        text = " ".join(without_markup(" ".join(filter(None, note.fields.values()))[:500]).split())
        self._findings.append(left_out(note.number, text, reason))

    def _warn_of_programs(self, note: Note) -> None:
        """Say once of each type of note that a program shows its cards, and may change what they say."""
        name = note.type.name
        if name not in self._told and any(map(templates.is_scripted, note.type.templates.values())):
            message = _(
                "In Anki, a script shows the cards of “{name}” and may change them. It doesn't run here, so check "
                "some of them."
            )
            finding = Finding(line=note.number, code=FindingCode.SIMPLIFIED, message=message.format(name=name[:60]))
            self._findings.append(finding)
        self._told.add(name)


def _decks(names: set[str]) -> tuple[str, dict[str, str]]:
    """Return the name of the deck that all others are in, or an empty one, and of each deck the path below it."""
    paths = {name: name.split(_BETWEEN_DECKS) for name in names if name}
    roots = {path[0] for path in paths.values()}
    title = roots.pop() if len(roots) == 1 else ""
    below = {name: path[1:] if title else path for name, path in paths.items()}
    sections = {name: " / ".join(" ".join(part.split()) for part in path) for name, path in below.items() if path}
    return " ".join(title.split()), sections


def _tables(all_notes: Sequence[Note]) -> dict[str, list[Note]]:
    """The notes of each type, by its name, whose fields hold choices."""
    known: dict[str, NoteType] = {}
    found: dict[str, list[Note]] = {}
    for note in all_notes:
        name = note.type.name
        if name not in known:
            known[name] = note.type
            special = own.is_own(note) or note.type.is_cloze or choices.is_of_add_on(note.type)
            if not special and choices.columns(note.type):
                found[name] = []
        if name in found and note.type.fields == known[name].fields:
            found[name].append(note)
    return found


FORMAT = Format(
    name="anki",
    about="Anki's packages: decks of cards, cloze notes and multiple choice (.apkg, .colpkg)",
    likelihood=likelihood,
    parse=parse,
    writings=(
        Packing(name="anki", about="a package for Anki, with the pictures in it", extension="apkg", pack=to_anki),
    ),
)
