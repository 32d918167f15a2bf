"""One question that is made of a note: its texts, its picture, and what there is to tell about it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bot.domain.drafts import Finding, FindingCode, QuestionDraft
from bot.domain.errors import BadInput
from bot.domain.images import LONGEST_ALT, LONGEST_WORDS, ChoicePicture, choice_picture
from bot.domain.shortening import shortened
from bot.i18n import gettext as _
from bot.importers.anki.collection import Note
from bot.importers.anki.package import Media
from bot.importers.anki.texts import Picture, Texts, Told
from bot.importers.bank.pictures import check_together
from bot.importers.reading.html import taken_out

_MOST_NAMES = 3


class Making:
    """A question that is being made.

    Attributes:
        note: the note that it is made of.
        texts: turns the note's HTML into Markdown.
        findings: what there is to tell about the question.
    """

    def __init__(self, note: Note, media: Media, texts: Texts | None = None) -> None:
        self.note = note
        self.texts = texts or Texts()
        self.findings: list[Finding] = []
        self._media = media

    def tell(self, code: FindingCode, message: str) -> None:
        """Tell something about the question."""
        self.findings.append(Finding(line=self.note.number, code=code, message=message))

    def draft(self, asked: Told, **more: Any) -> QuestionDraft:  # noqa: ANN401  # the fields of a draft
        """Begin the question with what is asked; a picture may ask alone.

        Raises:
            BadInput: nothing is asked.
        """
        stem = asked.text
        if not stem and asked.pictures:
            stem = _("What does this picture show?")
            self.tell(FindingCode.SIMPLIFIED, _("In the source, it is asked by a picture alone."))
        elif not stem:
            raise BadInput(_("It is asked by a sound alone.") if self.texts.has_sound else _("Nothing is asked in it."))
        draft = QuestionDraft(line=self.note.number, stem=stem, **{"choices": (), **more})
        return self._illustrated(draft, asked.pictures)

    def without(self, told: Told) -> str:
        """Return a text that can't have pictures here, and tell which were left out."""
        if told.pictures:
            names = ", ".join(f"“{shortened(picture.name, 60)}”" for picture in told.pictures[:_MOST_NAMES])
            message = _("Pictures that can't be shown where they stand were left out: {names}.")
            self.tell(FindingCode.SIMPLIFIED if told.text else FindingCode.NEEDS_FIGURE, message.format(names=names))
        return told.text

    def with_choices(self, draft: QuestionDraft, choices: Sequence[str]) -> QuestionDraft:
        """Add choices, in HTML, with their pictures.

        Raises:
            BadInput: a choice has characters that aren't text.
        """
        told = [self.texts.line(choice) for choice in choices]
        pictures = [self._of_choice(number, one) for number, one in enumerate(told, start=1)]
        names = [
            picture.image.alt if picture and picture.alone else one.text
            for one, picture in zip(told, pictures, strict=True)
        ]
        draft = replace(draft, choices=tuple(names), choice_pictures=tuple(pictures) if any(pictures) else None)
        try:
            check_together([file.data for file in draft.files])
        except BadInput as refusal:
            self.tell(FindingCode.NEEDS_FIGURE, str(refusal))
            draft = replace(draft, choice_pictures=None)
        return draft

    def _of_choice(self, number: int, told: Told) -> ChoicePicture | None:
        if len(told.pictures) > 1:
            self.tell(FindingCode.NEEDS_FIGURE, _("A choice has several pictures, but can only show one."))
        if not told.pictures:
            return None
        try:
            file = self._media.picture(told.pictures[0].name)
        except BadInput as refusal:
            self.tell(FindingCode.NEEDS_FIGURE, str(refusal))
            return None
        alt = told.pictures[0].alt[:LONGEST_WORDS] or _("Picture {number}").format(number=number)
        return choice_picture(file, alt, alone=not told.text)

    def finished(self, draft: QuestionDraft) -> QuestionDraft:
        """Return the question with the codes of what there is to tell about it."""
        if self.texts.has_sound:
            self.tell(FindingCode.SIMPLIFIED, _("Its sound was left out."))
        if self.texts.dropped:
            self.tell(FindingCode.SIMPLIFIED, taken_out(self.texts.dropped))
        codes = dict.fromkeys([*draft.findings, *(finding.code for finding in self.findings)])
        return replace(draft, findings=tuple(codes), tags=(*dict.fromkeys([*draft.tags, *self.note.tags]),))

    def _illustrated(self, draft: QuestionDraft, pictures: Sequence[Picture]) -> QuestionDraft:
        if len(pictures) > 1:
            message = _("It has {count} pictures, but a question can only show one; the others were left out.")
            self.tell(FindingCode.NEEDS_FIGURE, message.format(count=len(pictures)))
        if not pictures:
            return draft
        try:
            file = self._media.picture(pictures[0].name)
        except BadInput as refusal:
            self.tell(FindingCode.NEEDS_FIGURE, str(refusal))
            return draft
        shown = pictures[0].alt
        if not shown:
            self.tell(FindingCode.SIMPLIFIED, _("Its picture has no words for people who can't see it. Add them."))
            shown = _("A picture that nobody has described yet")
        return replace(draft, image=file, image_alt=shortened(shown, LONGEST_ALT))
