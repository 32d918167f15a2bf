"""Reads the picture files that a bank names, from the bank's folder or one below it."""

from pathlib import Path

from bot.domain.errors import BadInput
from bot.domain.images import ImageFile, image_file
from bot.i18n import gettext as _

MAX_MB = 5
"""The largest picture that is accepted, in MB."""

MAX_TOTAL_MB = 50
"""The most that the pictures of one bank may have together, in MB: answers wait while they are stored."""

_MB = 1024**2


class PictureFolder:
    """Reads pictures beside one bank; a file that several questions name is read once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._read: dict[str, ImageFile] = {}

    def picture(self, name: str) -> ImageFile:
        """The picture in the file with this name, relative to the folder.

        Raises:
            BadInput: the file is outside the folder, isn't there, is too large, or isn't a picture.
        """
        if name not in self._read:
            self._read[name] = self._load(name)
            if sum(len(file.data) for file in self._read.values()) > MAX_TOTAL_MB * _MB:
                message = _("With “{name}”, the bank's pictures are larger than {limit} MB together. Split the bank.")
                raise BadInput(message.format(name=name, limit=MAX_TOTAL_MB))
        return self._read[name]

    def _load(self, name: str) -> ImageFile:
        missing = _("There is no file “{name}” beside the bank. Put it there, or correct the name.").format(name=name)
        try:
            folder, path = self._folder.resolve(), (self._folder / name).resolve()
            if not path.is_relative_to(folder):  # by "..", by an absolute path or by a link
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
        except (ValueError, RuntimeError) as error:  # a name that no file can have; links that go in a circle
            raise BadInput(missing) from error
        if len(data) > MAX_MB * _MB:
            message = _("“{name}” is larger than {limit} MB. Scale the picture down.")
            raise BadInput(message.format(name=name, limit=MAX_MB))
        picture = image_file(data)
        if picture is None:
            message = _("“{name}” isn't a PNG, JPEG, GIF or WebP picture. Save it as one of these.")
            raise BadInput(message.format(name=name))
        return picture
