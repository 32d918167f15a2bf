"""Temporary files that are kept in memory, where the machine has a file system for that.

Most tests write a database, and wait until its pages are on the disk: that took a tenth of all processor time.
"""

import os
import shutil
import tempfile
from pathlib import Path

_MEMORY = Path("/dev/shm")  # noqa: S108 - pytest makes a folder of its own in it, as in any other place for temporary files
_ROOM = 4 * 1024**3
"""Bytes that must be free: all tests together need a tenth of them; in many containers there are but 64 MiB."""


def pytest_configure() -> None:
    """Keep what is temporary in memory, in this process and those it starts, unless told where to keep it."""
    if "TMPDIR" not in os.environ and _is_usable():
        os.environ["TMPDIR"] = str(_MEMORY)
        tempfile.tempdir = None  # look again


def _is_usable() -> bool:
    """Whether there is room in memory for files that may be run: tests install the program, and start it."""
    if not (_MEMORY.is_dir() and os.access(_MEMORY, os.W_OK)):
        return False
    return not os.statvfs(_MEMORY).f_flag & os.ST_NOEXEC and shutil.disk_usage(_MEMORY).free >= _ROOM
