"""Turns a file that somebody sent in chat into a question bank of their space."""

import re
from pathlib import PurePath

from bot.domain.drafts import ParsedDocument
from bot.domain.identity import Space
from bot.domain.views import MessageView
from bot.i18n import gettext as _
from bot.rendering.replies import imported
from bot.services.banks.storing import import_document
from bot.services.core import Core

PASTED = "pasted.txt"
"""The file name that stands for pasted text."""
LARGEST = 10 * 1024**2
"""The largest file that is accepted from chat, in bytes."""


async def import_upload(core: Core, space: Space, file_name: str, data: bytes, *, bank: str = "") -> MessageView:
    """Read a file, store its questions in a bank of this space, and return the report as a message.

    Raises:
        BadInput: the file can't be read, holds nothing, or its bank can't have this name.
    """
    document = await core.files.read(data, name=file_name, space_id=space.id)
    name = bank.strip() or bank_name(file_name, document)
    return imported(await import_document(core, document, bank=name, space_id=space.id))


def bank_name(file_name: str, document: ParsedDocument) -> str:
    """The name of the bank for a file: the file's own name, reduced to characters that bank names allow."""
    source = PurePath(file_name).stem if file_name != PASTED else document.title or _("Pasted questions")
    name = re.sub(r"[^\w .()+-]+", " ", source)
    return re.sub(r"\s+", " ", name).lstrip(" .()+-").rstrip()[:80] or _("Imported questions")
