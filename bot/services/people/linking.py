"""Let several accounts of one person be one player: a code and a yes from both links them; each can part again."""

from collections.abc import Iterable
from datetime import timedelta

from bot.domain.codes import Purpose
from bot.domain.commands import Caller
from bot.domain.errors import BadInput, NotFound
from bot.domain.identity import Member, PlayerId, RoundId
from bot.domain.linking import LinkWish
from bot.domain.typed import typed
from bot.domain.views import MessageView
from bot.i18n import gettext as _
from bot.ports import Unit
from bot.rendering import linking as rendering
from bot.services import codes
from bot.services.acting import note
from bot.services.core import Core
from bot.services.limiting import person
from bot.services.rounds.closing import post_result

CODE_GROUPS = 3
CODE_LASTS = timedelta(minutes=10)


async def give_code(core: Core, caller: Caller) -> MessageView:
    """Give the caller a code to type with another account; if a wish waits for their yes, ask about that instead."""
    now = core.clock.now()

    async def work(unit: Unit) -> MessageView:
        player = await unit.people.ensure_player(caller.member)
        if wish := await unit.wishes.of(player, now):
            return await _asked(unit, wish, player)
        code = await codes.give_out(core, unit, Purpose.ACCOUNT, player, groups=CODE_GROUPS, lasts=CODE_LASTS)
        return rendering.code(code)

    return await core.storage.write(work)


async def wish(core: Core, caller: Caller, typed: str) -> MessageView:
    """Ask the caller, and the person who was given the typed code, whether they are to become one player.

    Raises:
        BadInput: the code is wrong, used, expired, or of the caller's own player, or its player is being asked about
            another account.
        Limited: the caller typed too many wrong codes.
    """
    now = core.clock.now()

    async def work(unit: Unit) -> MessageView:
        code = await codes.found(unit, typed, Purpose.ACCOUNT, now)
        own, other = await unit.people.ensure_player(caller.member), PlayerId(code.subject)
        if own == other:
            raise BadInput(_("You are that player already. Type the code with your other account."))
        await unit.codes.use(code.digest)
        if not await unit.people.accounts_of(other):
            raise BadInput(_("That code has expired. Please ask for a new one."))
        await unit.wishes.forget(now)
        waiting = await unit.wishes.of(other, now)
        if waiting is not None and waiting.other(other) != own:  # else a yes meant for that one would be taken for this
            raise BadInput(_("Another wish waits there: say yes or no to it, then type the code again."))
        wish = LinkWish(asking=own, asked=other, expires_at=now + CODE_LASTS)
        await unit.wishes.put(wish)
        return await _asked(unit, wish, own)

    with codes.counting_wrong(core, person(caller)):
        return await core.storage.write(work)


async def confirm(core: Core, caller: Caller) -> MessageView:
    """Agree to a wish. Once both sides agree, they become one player: the older one.

    Raises:
        NotFound: no wish waits for the caller.
    """
    now = core.clock.now()

    async def work(unit: Unit) -> MessageView:
        own = await unit.people.player(caller.member)
        wish = await unit.wishes.of(own, now) if own else None
        if own is None or wish is None:
            raise _nothing_waits()
        agreed = wish.agreed_by(own)
        if agreed.is_agreed:
            return await _merge(core, unit, agreed)
        await unit.wishes.put(agreed)
        return await _asked(unit, agreed, own)

    return await core.write_and_deliver(work)


async def decline(core: Core, caller: Caller) -> MessageView:
    """Decline a wish; either side may.

    Raises:
        NotFound: no wish waits for the caller.
    """

    async def work(unit: Unit) -> MessageView:
        own = await unit.people.player(caller.member)
        if own is None or await unit.wishes.of(own, core.clock.now()) is None:
            raise _nothing_waits()
        await unit.wishes.drop(own)
        return rendering.declined()

    return await core.storage.write(work)


async def _asked(unit: Unit, wish: LinkWish, player: PlayerId) -> MessageView:
    """Ask one side of a wish or, if it has agreed, tell it that the other side is still to answer."""
    other = await named(unit, await unit.people.accounts_of(wish.other(player)))
    return rendering.waits_for_other(other) if wish.agrees(player) else rendering.asked(other)


async def _merge(core: Core, unit: Unit, wish: LinkWish) -> MessageView:
    older, newer = sorted((wish.asking, wish.asked))  # ids grow with time
    await unit.wishes.drop(older)
    dropped = await unit.people.merge(newer, into=older)
    if dropped is None:
        raise _nothing_waits()
    await unit.boards.rebuild(players=[older])
    await note(core, unit, "accounts linked", f"player {newer}", str(older))
    for round_id in dropped:
        await _tell_anew(core, unit, round_id, older)
    return rendering.linked(await named(unit, await unit.people.accounts_of(older)), len(dropped))


def _nothing_waits() -> NotFound:
    return NotFound(_("Nothing waits for your yes. To link an account: {command}").format(command=typed("link")))


async def unlink(core: Core, caller: Caller) -> MessageView:
    """Make the caller's account a player of its own again.

    Raises:
        NotFound: the account isn't linked with another one.
    """

    async def work(unit: Unit) -> MessageView:
        before = await unit.people.player(caller.member)
        if before is None or await part(core, unit, caller.member) is None:
            raise NotFound(
                _("This account isn't linked to another one. To link it: {command}").format(command=typed("link"))
            )
        unclaimed = await unit.answers.unclaimed(before, caller.space.id)
        return rendering.unlinked(await named(unit, await unit.people.accounts_of(before)), unclaimed)

    return await core.storage.write(work)


async def part(core: Core, unit: Unit, member: Member) -> PlayerId | None:
    """Separate an account from those linked with it, in the caller's transaction; its new player, or None if alone."""
    parted = await unit.people.separate(member)
    if parted is None:
        return None
    player, new = parted
    for purpose in (Purpose.ACCOUNT, Purpose.RETURN):  # whoever got them may be another player now
        await unit.codes.expire(purpose, player, core.clock.now())
    await unit.wishes.drop(player)
    await unit.boards.rebuild(players=[player, new])
    await note(core, unit, "account separated", f"player {player}", str(new))
    return new


async def linked_with(unit: Unit, member: Member) -> list[Member]:
    """Return the accounts that are linked with a member's."""
    player = await unit.people.player(member)
    accounts = await unit.people.accounts_of(player) if player else []
    return [one for one in accounts if one.account != member.account]


async def named(unit: Unit, accounts: Iterable[Member]) -> list[tuple[str, str]]:
    """Return the names of accounts, each with the name of its space."""
    return [(account.name, (await unit.spaces.get(account.space_id)).name) for account in accounts]


async def _tell_anew(core: Core, unit: Unit, round_id: RoundId, player: PlayerId) -> None:
    """Note in the audit that an answer was dropped, and renew the round's result if there is one."""
    why = f"round {round_id}: the earlier of two accounts' answers counts"
    await note(core, unit, "answer dropped", f"player {player}", why)
    round_ = await unit.rounds.find(round_id)
    if round_ is not None and round_.closed_at is not None:
        await post_result(unit, round_, core.clock.now())
