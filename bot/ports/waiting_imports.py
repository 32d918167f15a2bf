"""Storage of files that wait to be imported; see `bot.ports.storage` for what all storage ports share."""

from datetime import datetime
from typing import Protocol

from bot.domain.identity import ImportId, Member
from bot.domain.waiting_imports import WaitingImport


class WaitingImports(Protocol):
    """Files that were read, and wait until whoever brought them decides."""

    async def add(self, waiting: WaitingImport, data: bytes, *, most_of_one: int, most: int) -> None:
        """Keep a file; of the account's files the ``most_of_one`` newest stay, of the space's the ``most`` newest."""

    async def of(self, member: Member) -> list[WaitingImport]:
        """Return the files of an account that wait, newest first."""

    async def data(self, import_id: ImportId) -> bytes:
        """Return the bytes of a file that waits."""

    async def renew(self, waiting: WaitingImport, *, seen: int) -> bool:
        """Keep what was made of a file's questions; return whether it was still there, in the version that was seen."""

    async def drop(self, import_id: ImportId) -> None:
        """Delete a file, if it is there."""

    async def forget(self, before: datetime) -> None:
        """Delete everybody's files that are older."""
