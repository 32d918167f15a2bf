"""Takes the pictures that a file brings along, within limits for each picture, question and file."""

from dataclasses import dataclass

from bot.domain.errors import BadInput
from bot.domain.images import MOST_OF_A_BANK_MB, ImageFile
from bot.i18n import gettext as _
from bot.importers.bank.pictures import checked

_MB = 1024**2


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture in a text.

    Attributes:
        name: what the file calls it.
        alt: what it shows, as plain text; empty if the file doesn't say.
        data: its bytes; None if the file doesn't bring it.
    """

    name: str
    alt: str
    data: bytes | None


class Album:
    """The pictures of one file; one that several questions show counts once."""

    def __init__(self) -> None:
        self._files: dict[str, ImageFile] = {}
        self._checked: dict[bytes, ImageFile | BadInput] = {}
        self._size = 0

    def take(self, picture: Picture) -> ImageFile:
        """Return the file of a picture.

        Raises:
            BadInput: it isn't there, isn't a picture that can be shown, or is too large.
        """
        if picture.data is None:
            raise BadInput(_("Its picture “{name}” isn't in the file.").format(name=picture.name))
        file = self._check(picture.data, picture.name)
        known = self._files.setdefault(file.digest, file)
        if known is file:
            self._size += len(file.data)
            if self._size > MOST_OF_A_BANK_MB * _MB:
                self._size -= len(self._files.pop(file.digest).data)
                message = _("With “{name}”, the file's pictures are larger than {limit} MB together. Split the file.")
                raise BadInput(message.format(name=picture.name, limit=MOST_OF_A_BANK_MB))
        return known

    def _check(self, data: bytes, name: str) -> ImageFile:
        """Return the picture in these bytes, which are checked once however many questions show them."""
        if data not in self._checked:
            try:
                self._checked[data] = checked(data, name)
            except BadInput as refusal:
                self._checked[data] = refusal
        found = self._checked[data]
        if isinstance(found, BadInput):
            raise found
        return found
