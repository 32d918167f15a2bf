"""Let people choose whether they are reminded before they lose a streak."""

from collections.abc import Sequence

from bot.domain.identity import Member
from bot.domain.subscriptions import Subject, Subscription
from bot.i18n import language
from bot.ports import Unit
from bot.services.core import Core
from bot.services.rounds.reminding import plan_reminders


async def reminders_of(core: Core, members: Sequence[Member]) -> Subscription | None:
    """Return a subscription to reminders of one of a person's accounts, if possible one that isn't given up."""

    async def read(unit: Unit) -> Subscription | None:
        of_all = [one for member in members for one in await unit.subscriptions.of(member)]
        theirs = [one for one in of_all if one.subject is Subject.REMINDERS]
        return min(theirs, key=lambda one: one.refused, default=None)

    return await core.storage.read(read)


async def want_reminders(core: Core, members: Sequence[Member], *, wanted: bool) -> None:
    """Store whether a person's accounts get reminders, from the next one on, in the language that is spoken now."""
    now, spoken = core.clock.now(), language()

    async def work(unit: Unit) -> None:
        for member in members:
            if not wanted:
                await unit.subscriptions.remove(member, Subject.REMINDERS)
                continue
            await unit.subscriptions.add(
                Subscription(
                    space_id=member.space_id, account=member.external_id, subject=Subject.REMINDERS, language=spoken
                )
            )
            await plan_reminders(unit, member.space_id, now)

    await core.storage.write(work)
