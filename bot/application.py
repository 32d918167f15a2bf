"""The running product as adapters see it: what `bot.bootstrap` puts together, and what an adapter is."""

from dataclasses import dataclass, field
from random import Random
from typing import Protocol

from bot.ports import AnswerWriter, Clock, Ids, Messenger, NextFire, Storage
from bot.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """Everything that use cases ask for, made once per process."""

    settings: Settings
    clock: Clock
    ids: Ids
    random: Random
    storage: Storage
    answers: AnswerWriter
    next_fire: NextFire
    worker: str
    adapters: "dict[str, Adapter]" = field(default_factory=dict)

    def wake(self) -> None:
        """Deliver what waits in the outbox now, instead of at the next tick."""


class Adapter(Protocol):
    """One platform: takes clicks and commands in, posts messages out."""

    name: str
    messenger: Messenger

    async def start(self) -> None:
        """Open for business; returns once it is.

        Raises:
            QuizbotError: it can't be, with what to do about it.
        """

    async def stop(self) -> None:
        """Close in order: nothing that was acknowledged is left undone."""
