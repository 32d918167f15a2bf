"""A listening socket that never leaves the process stuck when no more files can be opened."""

import errno
import os
import socket
from collections.abc import Callable

from typing_extensions import override

_NO_FILE = frozenset({errno.EMFILE, errno.ENFILE})


class Listening(socket.socket):
    """A socket that closes new connections when the process can't open more files.

    Without this, asyncio would try to accept them, and log the failure, over and over.

    Attributes:
        on_no_file: called for each connection that was turned away.
    """

    on_no_file: Callable[[], None]
    _spare: int | None = None

    def keep_spare(self, on_no_file: Callable[[], None]) -> None:
        """Hold one open file in reserve, to accept and close a connection when no more files can be opened."""
        self.on_no_file = on_no_file
        self._spare = os.open(os.devnull, os.O_RDONLY)

    @override
    def accept(self) -> tuple[socket.socket, object]:
        """Return the next connection.

        Raises:
            BlockingIOError: there is none, or there was no file for it and it was closed.
            OSError: accepting failed for another reason.
        """
        try:
            return super().accept()
        except OSError as error:
            if error.errno not in _NO_FILE or self._spare is None:
                raise
        self.on_no_file()
        os.close(self._spare)
        self._spare = None
        try:
            super().accept()[0].close()
        finally:
            self._spare = os.open(os.devnull, os.O_RDONLY)
        raise BlockingIOError(errno.EAGAIN, "no file for it")

    @override
    def close(self) -> None:
        """Stop listening, and close the reserved file."""
        if self._spare is not None:
            os.close(self._spare)
            self._spare = None
        super().close()
