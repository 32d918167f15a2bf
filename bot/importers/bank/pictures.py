"""Checks pictures of questions, and reads those that a bank names from the bank's folder or one below it."""

import sys
import warnings
from abc import ABC, abstractmethod
from collections.abc import Collection
from io import BytesIO
from pathlib import Path

from typing_extensions import override

from bot.domain.errors import BadInput
from bot.domain.images import MOST_OF_A_BANK_MB, ImageFile, image_file
from bot.i18n import gettext as _

MAX_MB = 5
"""The largest picture that is accepted, in MB."""

MOST_MEGAPIXELS = 40
"""The most pixels that a picture may have, in millions: a small file can unpack to more than a device can show."""

MAX_QUESTION_MB = 10
"""The most that all pictures of one question may take together, in MB; `MOST_MEGAPIXELS` is for them together, too."""

_MB = 1024**2
_KINDS = ("PNG", "JPEG", "GIF", "WEBP")


class Pictures(ABC):
    """The pictures of one bank; a file that several questions name is read once."""

    def __init__(self) -> None:
        self._read: dict[str, ImageFile] = {}
        self._size = 0

    def picture(self, name: str) -> ImageFile:
        """Return the picture in the file with this name.

        Raises:
            BadInput: the file isn't there, is too large, or isn't a picture.
        """
        if name not in self._read:
            found = self._load(name)
            if self._size + len(found.data) > MOST_OF_A_BANK_MB * _MB:
                message = _("With “{name}”, the bank's pictures are larger than {limit} MB together. Split the bank.")
                raise BadInput(message.format(name=name, limit=MOST_OF_A_BANK_MB))
            self._size += len(found.data)
            self._read[name] = found
        return self._read[name]

    def of_one_question(self, names: Collection[str]) -> None:
        """Check the size of a question's pictures together, for some messages show them all in one.

        Raises:
            BadInput: they are larger than `MAX_QUESTION_MB`, or have more pixels than `MOST_MEGAPIXELS`.
        """
        check_together([self.picture(name).data for name in names])

    @abstractmethod
    def _load(self, name: str) -> ImageFile:
        """Read the file with this name; it raises BadInput as `picture` does."""


class PictureFolder(Pictures):
    """Reads the pictures of one bank from its folder, to which their names are relative; it refuses all others."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder

    @override
    def _load(self, name: str) -> ImageFile:
        missing = _("There is no file “{name}” next to the bank. Put it there, or correct the name.").format(name=name)
        try:
            folder, path = self._folder.resolve(), (self._folder / name).resolve()
            if not path.is_relative_to(folder):  # through "..", an absolute path or a link
                message = _(
                    "“{name}” is outside the bank's folder. Move the picture there, and give its path from that folder."
                )
                raise BadInput(message.format(name=name))
            if not path.is_file():
                raise BadInput(missing)
            with path.open("rb") as file:
                data = file.read(MAX_MB * _MB + 1)
        except OSError as error:
            raise BadInput(_("“{name}” can't be read: {reason}").format(name=name, reason=error.strerror)) from error
        except (ValueError, RuntimeError) as error:  # a name that no file can have, or links that go in a circle
            raise BadInput(missing) from error
        return checked(data, name)


def checked(data: bytes, name: str) -> ImageFile:
    """Return the picture in these bytes; ``name`` is the file's name, for messages.

    Raises:
        BadInput: it is too large or damaged, or isn't a picture.
    """
    if len(data) > MAX_MB * _MB:
        message = _("“{name}” is larger than {limit} MB. Scale the picture down.")
        raise BadInput(message.format(name=name, limit=MAX_MB))
    picture = image_file(data)
    if picture is None:
        message = _("“{name}” isn't a PNG, JPEG, GIF or WebP picture. Save it as one of these.")
        raise BadInput(message.format(name=name))
    pixels = _pixels(data)
    if not pixels:
        raise BadInput(_("“{name}” is damaged. Save it again, as a PNG or JPEG picture.").format(name=name))
    if pixels > MOST_MEGAPIXELS * 1_000_000:
        message = _("“{name}” has more than {limit} million pixels. Scale the picture down.")
        raise BadInput(message.format(name=name, limit=MOST_MEGAPIXELS))
    return picture


def check_together(files: Collection[bytes]) -> None:
    """Check the size of a question's pictures together.

    Raises:
        BadInput: they are larger than `MAX_QUESTION_MB`, or have more pixels than `MOST_MEGAPIXELS`.
    """
    if sum(map(len, files)) > MAX_QUESTION_MB * _MB or sum(map(_pixels, files)) > MOST_MEGAPIXELS * 1_000_000:
        message = _(
            "The pictures of this question have more than {size} MB or {pixels} million pixels together. "
            "Scale them down."
        )
        raise BadInput(message.format(size=MAX_QUESTION_MB, pixels=MOST_MEGAPIXELS))


def _pixels(data: bytes) -> int:
    """How many pixels a picture has according to its header, without unpacking it; 0 if its beginning is damaged."""
    from PIL import Image  # noqa: PLC0415 - 10 MiB, and few banks have pictures

    # Our own limit is lower. The filter is for good, because one that ends isn't safe among threads.
    warnings.filterwarnings("ignore", category=Image.DecompressionBombWarning)
    try:
        with Image.open(BytesIO(data), formats=_KINDS) as picture:
            return picture.width * picture.height
    except Image.DecompressionBombError:
        return sys.maxsize
    except (OSError, ValueError, SyntaxError):
        return 0
