"""One task of H5P while it is read: its members, its texts, its pictures, and what there is to tell about it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.domain.drafts import Finding, FindingCode, QuestionDraft
from bot.domain.errors import BadInput
from bot.domain.images import LONGEST_ALT, MOST_OF_A_BANK_MB, ImageFile
from bot.domain.shortening import shortened
from bot.i18n import gettext as _
from bot.importers.bank.pictures import checked
from bot.importers.reading.hypertext import Hypertext

_CONTENT = "content/"
_IMAGE = "H5P.Image"
_MB = 1024**2


class PackedPictures:
    """The pictures in a package; a file that is named several times is checked once."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._files = files
        self._read: dict[str, ImageFile] = {}
        self._room = MOST_OF_A_BANK_MB * _MB

    def picture(self, path: str) -> ImageFile:
        """Return the picture with this path, as content names it.

        Raises:
            BadInput: it isn't in the package, can't be unpacked, is too large, or isn't a picture.
        """
        name = path.partition("#")[0]
        if name not in self._read:
            if _CONTENT + name not in self._files:
                raise BadInput(_("The picture “{name}” isn't in the package.").format(name=shortened(name, 100)))
            found = checked(self._files[_CONTENT + name], name)
            if len(found.data) > self._room:
                message = _("With “{name}”, the pictures are larger than {limit} MB together.")
                raise BadInput(message.format(name=name, limit=MOST_OF_A_BANK_MB))
            self._room -= len(found.data)
            self._read[name] = found
        return self._read[name]


class Task:
    """A task, from which one question or several are made.

    Attributes:
        name: the name of its library without what all have in common, such as ``MultiChoice``.
        title: what its author calls it.
        words: turns its texts into Markdown.
        findings: what there is to tell about the question that is being made.
    """

    def __init__(self, name: str, params: Mapping[str, Any], pictures: PackedPictures, title: str = "") -> None:
        self.name = name
        self.title = title
        self.words = Hypertext()
        self.findings: list[Finding] = []
        self.number = 0
        self._params = params
        self._pictures = pictures

    def told(self, *path: str) -> Any:  # noqa: ANN401  # JSON
        """The member at a path of names; None if there is none."""
        value: Any = self._params
        for name in path:
            value = value.get(name) if isinstance(value, dict) else None
        return value

    def string(self, *path: str) -> str:
        """The member at a path as it stands in the file; empty if it isn't a string."""
        return string(self.told(*path))

    def text(self, *path: str) -> str:
        """The text at a path, with its paragraphs."""
        return self.words.text(self.string(*path))

    def records(self, *path: str) -> list[dict[str, Any]]:
        """The objects in the list at a path."""
        found = self.told(*path)
        return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []

    def draft(self, stem: str, **more: Any) -> QuestionDraft:  # noqa: ANN401  # the fields of a draft
        """Begin the next question of this task."""
        return QuestionDraft(line=self.number, stem=stem, **{"choices": (), **more})

    def note(self, code: FindingCode, message: str) -> None:
        """Tell something about the question that is being made."""
        self.findings.append(Finding(line=self.number, code=code, message=message))

    def illustrated(self, draft: QuestionDraft, media: Any, alt: str = "") -> QuestionDraft:  # noqa: ANN401  # JSON
        """Add the picture in a member to a question, or say what is missing.

        Args:
            draft: the question.
            media: a file with its path, or a library with its parameters.
            alt: what the picture shows, if the member doesn't say it.
        """
        if not isinstance(media, dict):
            return draft
        library, params = string(media.get("library")), media.get("params")
        if library and not library.startswith(_IMAGE):
            if isinstance(params, dict) and (params.get("sources") or params.get("files")):
                message = _("Its {kind} can't be shown here.").format(kind=library.partition(" ")[0][:40])
                self.note(FindingCode.NEEDS_FIGURE, message)
            return draft
        found = self.picture(media)
        if found is None:
            return draft
        shown = self.words.typed((string(params.get("alt")) if isinstance(params, dict) else "") or alt)
        if not shown:
            self.note(FindingCode.SIMPLIFIED, _("Its picture has no description for people who can't see it. Add one."))
        shown = shown or _("A picture that has no description yet")
        return replace(draft, image=found, image_alt=shortened(shown, LONGEST_ALT))

    def picture(self, media: Mapping[str, Any]) -> ImageFile | None:
        """The picture that a member names; None if it names none, or one that can't be used, which is told."""
        params = media.get("params")
        file = params.get("file") if isinstance(params, dict) else media
        path = string(file.get("path")) if isinstance(file, dict) else ""
        try:
            return self._pictures.picture(path) if path else None
        except BadInput as refusal:
            self.note(FindingCode.NEEDS_FIGURE, str(refusal))
            return None


def string(value: Any) -> str:  # noqa: ANN401  # JSON
    """Return a value if it is a string, and otherwise an empty one."""
    return value if isinstance(value, str) else ""
