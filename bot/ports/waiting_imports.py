"""Storage of files that wait to be imported; see `bot.ports.storage` for what all storage ports share."""

from datetime import datetime
from typing import Protocol

from bot.domain.identity import ImportId, Member
from bot.domain.waiting_imports import WaitingImport


class WaitingImports(Protocol):
    """Files that were read, and wait until whoever brought them decides."""

    async def add(self, waiting: WaitingImport, packed: bytes, *, most_of_one: int, most: int) -> None:
        """Keep a file; of the account's files the ``most_of_one`` newest stay, of the space's the ``most`` newest.

        The bytes are stored as they are: pack them before the transaction, because other writers wait for it.
        """

    async def of(self, member: Member) -> list[WaitingImport]:
        """Return the files of an account that wait, newest first."""

    async def packed(self, import_id: ImportId) -> bytes | None:
        """Return the packed bytes of a file, as they were added; None if it isn't waiting any more."""

    async def renew(self, waiting: WaitingImport, *, seen: int) -> bool:
        """Keep what was made of a file's questions; return whether it was still there, in the version that was seen."""

    async def drop(self, import_id: ImportId) -> None:
        """Delete a file, if it is there."""

    async def forget(self, before: datetime) -> None:
        """Delete everybody's files that are older."""
