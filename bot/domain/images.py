"""Pictures of questions and their choices.

The digest of its bytes names each picture, so that it is stored once, however many use it.
"""

from dataclasses import dataclass, field, replace
from hashlib import sha256

LONGEST_WORDS = 200
"""The most characters of what a choice's picture shows, in words, because menus show them."""

LONGEST_ALT = 1_000
"""The most characters in the description of a question's own picture."""

MOST_OF_A_BANK_MB = 50
"""The most that all pictures of one bank may take together, in MB: answers wait while they are stored."""

_ENDINGS = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/webp": "webp"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """A picture as a question or a choice shows it.

    Attributes:
        digest: the SHA-256 of its bytes in hex, which is its name in storage.
        alt: what the picture shows, as plain text, for people who can't see it.
    """

    digest: str
    media_type: str
    alt: str

    @property
    def file_name(self) -> str:
        """A neutral file name: the name in the source might give the answer away."""
        return _name(self.digest, self.media_type)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageFile:
    """The bytes of a picture, and their digest."""

    digest: str
    media_type: str
    data: bytes = field(repr=False)

    @property
    def name(self) -> str:
        """Its file name, the same as in `Image`."""
        return _name(self.digest, self.media_type)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoicePicture:
    """The picture of a draft's choice.

    Attributes:
        alone: whether the picture is all of the choice, whose text is then the alt text of the picture.
        file: its bytes; None if the draft was made from a stored question.
    """

    image: Image
    alone: bool = False
    file: ImageFile | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureEdit:
    """What a person wants a question, or a choice, to show.

    Attributes:
        file: a picture that replaces the old one; None: that one stays.
        alt: what the picture shows, as plain text.
        removed: whether to remove the old picture; a new ``file`` still replaces it.
    """

    file: ImageFile | None = None
    alt: str = ""
    removed: bool = False

    def of(self, before: Image | None) -> Image | None:
        """Return the picture that replaces ``before``; None if there is none."""
        if self.file is not None:
            return Image(digest=self.file.digest, media_type=self.file.media_type, alt=self.alt)
        return None if before is None or self.removed else replace(before, alt=self.alt)


def choice_picture(file: ImageFile, alt: str, *, alone: bool = False) -> ChoicePicture:
    """Return the picture that a file's choice shows; ``alt`` says in plain text what that is."""
    image = Image(digest=file.digest, media_type=file.media_type, alt=alt)
    return ChoicePicture(image=image, alone=alone, file=file)


def image_file(data: bytes) -> ImageFile | None:
    """Recognise a picture by its first bytes; None if it is no PNG, JPEG, GIF or WebP."""
    media_type = _media_type(data)
    return ImageFile(digest=sha256(data).hexdigest(), media_type=media_type, data=data) if media_type else None


def _name(digest: str, media_type: str) -> str:
    return f"{digest[:16]}.{_ENDINGS[media_type]}"


def _media_type(data: bytes) -> str:
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if data.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if data.startswith((b"GIF87a", b"GIF89a")):
        return "image/gif"
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "image/webp"
    return ""
