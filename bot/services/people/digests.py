"""Let people choose whether they are told about their own week."""

from collections.abc import Sequence

from bot.domain.identity import Member
from bot.domain.subscriptions import Subject, Subscription
from bot.i18n import language
from bot.ports import Unit
from bot.services.core import Core


async def digest_of(core: Core, members: Sequence[Member]) -> Subscription | None:
    """Return a subscription to digests of one of a person's accounts, if possible one that isn't given up."""

    async def read(unit: Unit) -> Subscription | None:
        found = [one for member in members for one in await unit.subscriptions.of(member)]
        return min((one for one in found if one.subject is Subject.DIGEST), key=lambda one: one.refused, default=None)

    return await core.storage.read(read)


async def want_digest(core: Core, members: Sequence[Member], *, wanted: bool) -> None:
    """Store whether a person's accounts get digests, from the next post on, in the language that is spoken now."""
    spoken = language()

    async def work(unit: Unit) -> None:
        for member in members:
            if wanted:
                account, space_id = member.external_id, member.space_id
                one = Subscription(space_id=space_id, account=account, subject=Subject.DIGEST, language=spoken)
                await unit.subscriptions.add(one)
                if week := await unit.spaces.digest_week(space_id):  # people are being told: it begins a week later
                    await unit.subscriptions.handled(one, week)
            else:
                await unit.subscriptions.remove(member, Subject.DIGEST)

    await core.storage.write(work)
