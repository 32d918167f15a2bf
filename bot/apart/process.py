"""Start a process that looks at what strangers sent."""

import asyncio
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process


async def started(module: str, *, memory: int, processor_s: int) -> Process:
    """Start one of our modules as a process that sets itself these limits, and talks over its pipes."""
    # -P: a file in the current folder that is called like one of the program's modules isn't run in its place.
    arguments = (sys.executable, "-P", "-m", module, str(memory), str(processor_s))
    # A session of its own: Ctrl+C at the terminal is for the bot, which ends it when it has stopped.
    return await asyncio.create_subprocess_exec(
        *arguments, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, start_new_session=True
    )
