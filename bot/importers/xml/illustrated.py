"""Questions that show pictures, in their stem or in their choices."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.domain.drafts import FindingCode, QuestionDraft
from bot.domain.errors import BadInput
from bot.domain.images import LONGEST_ALT, LONGEST_WORDS, ChoicePicture, choice_picture
from bot.i18n import gettext as _
from bot.importers.bank.pictures import check_together
from bot.importers.moodle.building import Building
from bot.importers.xml.album import Album, Picture


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a text says, as Markdown.

    Attributes:
        text: the text without its pictures.
        pictures: those in it, each once.
    """

    text: str
    pictures: tuple[Picture, ...] = ()


class Illustrated(Building):
    """The draft of a question that may show pictures out of an album."""

    def __init__(self, draft: QuestionDraft, album: Album) -> None:
        super().__init__(draft)
        self._album = album

    def show(self, pictures: Sequence[Picture]) -> None:
        """Show the picture of a stem, or say why there is none."""
        for at, picture in enumerate(pictures):
            if at:
                message = _("It has {count} pictures, but a question can only show one; the others were left out.")
                self.note(FindingCode.NEEDS_FIGURE, message.format(count=len(pictures)))
                return
            try:
                file = self._album.take(picture)
            except BadInput as refusal:
                self.note(FindingCode.NEEDS_FIGURE, str(refusal))
                continue
            alt = picture.alt[:LONGEST_ALT] or _("The picture of this question")
            self.draft = replace(self.draft, image=file, image_alt=alt)

    def show_choices(self, shown: Sequence[Told]) -> None:
        """Show the pictures of the choices, which the draft has in the same order."""
        pictures = [self._of_choice(at, told) for at, told in enumerate(shown)]
        if not any(pictures):
            return
        texts = zip(self.draft.choices, pictures, strict=True)
        choices = tuple(picture.image.alt if picture and picture.alone else text for text, picture in texts)
        self.draft = replace(self.draft, choices=choices, choice_pictures=tuple(pictures))
        try:
            check_together([file.data for file in self.draft.files])
        except BadInput as refusal:
            self.draft = replace(self.draft, choice_pictures=None)
            self.note(FindingCode.NEEDS_FIGURE, str(refusal))

    def _of_choice(self, at: int, told: Told) -> ChoicePicture | None:
        if not told.pictures:
            return None
        if len(told.pictures) > 1:
            self.note(FindingCode.NEEDS_FIGURE, _("A choice has several pictures, but can only show one."))
        picture = told.pictures[0]
        try:
            file = self._album.take(picture)
        except BadInput as refusal:
            self.note(FindingCode.NEEDS_FIGURE, str(refusal))
            if not told.text:
                self.draft = _with_choice(self.draft, at, picture.alt or picture.name)
            return None
        alt = picture.alt[:LONGEST_WORDS] or _("Picture {number}").format(number=at + 1)
        return choice_picture(file, alt, alone=not told.text)


def _with_choice(draft: QuestionDraft, at: int, text: str) -> QuestionDraft:
    return replace(draft, choices=(*draft.choices[:at], text, *draft.choices[at + 1 :]))
