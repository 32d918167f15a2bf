"""What a process that dies leaves of its connections to PostgreSQL: nothing."""

import contextlib
from collections.abc import Iterator
from unittest import mock

import asyncpg

from tests.simulation.loop import Killed, Machine, Trouble, running_on


class PostgresMachine(Machine):
    """A machine whose connections are to a server."""

    def __init__(self, name: str, trouble: Trouble) -> None:
        super().__init__(name, trouble)
        self.links: list[asyncpg.Connection] = []

    def kill(self) -> None:
        """The server sees connections that break off, and takes back what was not committed."""
        for link in self.links:
            link.terminate()
        super().kill()


@contextlib.contextmanager
def kept_connections() -> Iterator[None]:
    """Let machines know the connections that are made meanwhile."""
    connect = asyncpg.connect

    async def known(*args, **options) -> asyncpg.Connection:
        connection = await connect(*args, **options)
        machine = running_on.get()
        if isinstance(machine, PostgresMachine):
            machine.links.append(connection)
            if machine.dead:
                connection.terminate()
                raise Killed(machine.name)
        return connection

    with mock.patch.object(asyncpg, "connect", known):
        yield
