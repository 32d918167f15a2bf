"""Let people choose what they are told in direct messages, without asking each time."""

from collections.abc import Sequence

from bot.domain.identity import Member
from bot.domain.subscriptions import Subject, Subscription
from bot.i18n import language
from bot.ports import Unit
from bot.services.core import Core
from bot.services.rounds.reminding import plan_reminders


async def subscription_of(core: Core, members: Sequence[Member], subject: Subject) -> Subscription | None:
    """Return the subscription to a subject of one of a person's accounts, preferably one that isn't given up."""

    async def read(unit: Unit) -> Subscription | None:
        of_all = [one for member in members for one in await unit.subscriptions.of(member)]
        return min((one for one in of_all if one.subject is subject), key=lambda one: one.refused, default=None)

    return await core.storage.read(read)


async def subscribe(core: Core, members: Sequence[Member], subject: Subject) -> None:
    """Subscribe a person's accounts to a subject, in the language that is spoken now."""
    now, spoken = core.clock.now(), language()

    async def work(unit: Unit) -> None:
        for member in sorted(members, key=lambda one: one.space_id):  # in the same order, whoever locks several
            space_id, account = member.space_id, member.external_id
            await unit.forgetting.refuse_outdated(member)
            await unit.spaces.lock(space_id)  # a question that opens, or a week that is told, sees this or is seen
            wish = Subscription(space_id=space_id, account=account, subject=subject, language=spoken)
            await unit.subscriptions.add(wish)
            if subject is Subject.REMINDERS:
                await plan_reminders(unit, space_id, now)
            elif week := await unit.spaces.digest_week(space_id):  # others are being told of it; this begins later
                await unit.subscriptions.handled(wish, week)

    await core.storage.write(work)


async def unsubscribe(core: Core, members: Sequence[Member], subject: Subject) -> None:
    """End the subscriptions of a person's accounts to a subject."""

    async def work(unit: Unit) -> None:
        for member in members:
            await unit.subscriptions.remove(member, subject)

    await core.storage.write(work)
