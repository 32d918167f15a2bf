"""Gives questions the pictures that their Markdown names, if the file or its folder brings them."""

import re
from collections.abc import Callable
from dataclasses import replace

from bot.domain.drafts import Finding, FindingCode, ParsedDocument, QuestionDraft
from bot.domain.errors import BadInput
from bot.domain.images import LONGEST_ALT, LONGEST_WORDS, MOST_OF_A_BANK_MB, ChoicePicture, ImageFile, choice_picture
from bot.domain.shortening import shortened
from bot.i18n import gettext as _
from bot.importers.bank.pictures import check_together, checked
from bot.importers.reading.compose import collapse

_PICTURE = re.compile(
    r"!\[(?P<alt>[^\[\]\n]{0,1000})\]\((?P<path>[^()\s]{1,400})\)"
    r"|!\[\[(?P<linked>[^\[\]|\n]{1,300})(?:\|[^\[\]\n]{0,100})?\]\]"
)
_BRACKETS = re.compile(r"[\[\]\s]+")
_MB = 1024**2

Find = Callable[[str], bytes | None]
"""Returns the bytes of the picture with a name; None if it didn't come along."""


def named_picture(alt: str, name: str) -> str:
    """A picture in Markdown."""
    return f"![{collapse(_BRACKETS.sub(' ', alt))[:LONGEST_ALT]}]({name})"


def illustrated(document: ParsedDocument, find: Find) -> ParsedDocument:
    """The document whose questions show the pictures that came along; others stay named where they stand."""
    album = _Album(find)
    questions = tuple(album.illustrated(draft) for draft in document.questions)
    return replace(document, questions=questions, findings=(*document.findings, *album.findings))


class _Album:
    """The pictures of one document, each read once, and what there is to tell about them."""

    def __init__(self, find: Find) -> None:
        self.findings: list[Finding] = []
        self._find = find
        self._read: dict[str, ImageFile | None] = {}
        self._room = MOST_OF_A_BANK_MB * _MB

    def illustrated(self, draft: QuestionDraft) -> QuestionDraft:
        texts = (draft.stem, draft.explanation, *draft.choices)
        if not any("![" in text for text in texts):
            return draft
        told = len(self.findings)
        shown = self._with_stem(draft)
        shown = self._with_choices(shown)
        shown = replace(shown, explanation=self._without(draft, shown.explanation))
        try:
            check_together([file.data for file in shown.files])
        except BadInput as refusal:
            del self.findings[told:]
            self._tell(draft, FindingCode.NEEDS_FIGURE, str(refusal))
            return draft
        codes = dict.fromkeys((*shown.findings, *(finding.code for finding in self.findings[told:])))
        return replace(shown, findings=tuple(codes))

    def _with_stem(self, draft: QuestionDraft) -> QuestionDraft:
        """The question with the first picture in its stem; further ones can't be shown."""
        stem, file, alt = self._taken(draft, draft.stem)
        if file is None or draft.image:
            return draft
        if not alt:
            message = _("Its picture has no words for people who can't see it. Add them.")
            self._tell(draft, FindingCode.SIMPLIFIED, message)
            alt = _("A picture that nobody has described yet")
        return replace(draft, stem=stem or alt, image=file, image_alt=shortened(alt, LONGEST_ALT))

    def _with_choices(self, draft: QuestionDraft) -> QuestionDraft:
        texts, pictures = [], list[ChoicePicture | None]()
        for number, choice in enumerate(draft.choices, start=1):
            text, file, alt = self._taken(draft, choice)
            if file is None:
                texts.append(choice)
                pictures.append(None)
                continue
            words = shortened(alt or _("Picture {number}").format(number=number), LONGEST_WORDS)
            texts.append(text or words)
            pictures.append(choice_picture(file, words, alone=not text))
        if draft.choice_pictures or not any(pictures):
            return draft
        return replace(draft, choices=tuple(texts), choice_pictures=tuple(pictures))

    def _taken(self, draft: QuestionDraft, text: str) -> tuple[str, ImageFile | None, str]:
        """A text without its first picture that came along, that picture, and what it shows; the rest stays."""
        for found in _PICTURE.finditer(text) if "![" in text else ():
            if file := self._file(draft, found["path"] or found["linked"]):
                left = f"{text[: found.start()].rstrip()}\n\n{text[found.end() :].lstrip()}".strip()
                inside = "\n" not in text
                return collapse(left) if inside else left, file, collapse(found["alt"] or "")
        return text, None, ""

    def _without(self, draft: QuestionDraft, text: str) -> str:
        """An explanation without pictures that came along, which it can't show."""
        if "![" not in text:
            return text
        left = _PICTURE.sub(lambda found: "" if self._file(draft, found["path"] or found["linked"]) else found[0], text)
        if left != text:
            message = _("The pictures in its explanation can't be shown and were left out.")
            self._tell(draft, FindingCode.SIMPLIFIED, message)
        return left.strip()

    def _file(self, draft: QuestionDraft, name: str) -> ImageFile | None:
        if name not in self._read:
            self._read[name] = None
            try:
                data = self._find(name)
                self._read[name] = self._checked(data, name) if data is not None else None
            except BadInput as refusal:
                self._tell(draft, FindingCode.NEEDS_FIGURE, str(refusal))
        return self._read[name]

    def _checked(self, data: bytes, name: str) -> ImageFile:
        file = checked(data, name.rpartition("/")[2])
        self._room -= len(data)
        if self._room < 0:
            message = _("With “{name}”, the pictures are larger than {limit} MB together.")
            raise BadInput(message.format(name=name, limit=MOST_OF_A_BANK_MB))
        return file

    def _tell(self, draft: QuestionDraft, code: FindingCode, message: str) -> None:
        self.findings.append(Finding(line=draft.line, code=code, message=message))
