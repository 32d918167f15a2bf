"""One person, several accounts: with a code, and a yes from both, they become one player, and each may part again."""

from datetime import timedelta

from bot.domain.codes import Purpose
from bot.domain.commands import Caller
from bot.domain.errors import BadInput, NotFound
from bot.domain.identity import Member, PlayerId, RoundId
from bot.domain.linking import LinkWish
from bot.domain.typed import typed
from bot.domain.views import MessageView
from bot.i18n import gettext as _
from bot.ports import AuditEntry, Unit
from bot.rendering import linking as rendering
from bot.services import codes
from bot.services.core import Core
from bot.services.limiting import person
from bot.services.rounds.closing import post_result

CODE_GROUPS = 3
CODE_LASTS = timedelta(minutes=10)


async def give_code(core: Core, caller: Caller) -> MessageView:
    """A code that the caller types in with another account; where a wish waits for the caller, what it is about."""
    now = core.clock.now()

    async def work(unit: Unit) -> MessageView:
        player = await unit.people.ensure_player(caller.member)
        if wish := await unit.wishes.of(player, now):
            return await _asked(unit, wish, player)
        code = await codes.give_out(core, unit, Purpose.ACCOUNT, player, groups=CODE_GROUPS, lasts=CODE_LASTS)
        return rendering.code(code)

    return await core.storage.write(work)


async def wish(core: Core, caller: Caller, typed: str) -> MessageView:
    """Ask the caller and whoever was given a code whether they are to be one player.

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
    """Agree to a wish. Once both sides do, they are one player: the one that is known for longer.

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

    view = await core.storage.write(work)
    core.wake()
    return view


async def decline(core: Core, caller: Caller) -> MessageView:
    """Let nothing come of a wish, from either side.

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
    """What a side of a wish is asked, or told once it agrees."""
    other = await _named(unit, await unit.people.accounts_of(wish.other(player)))
    return rendering.waits_for_other(other) if wish.agrees(player) else rendering.asked(other)


async def _merge(core: Core, unit: Unit, wish: LinkWish) -> MessageView:
    older, newer = sorted((wish.asking, wish.asked))  # ids tell when they were made
    await unit.wishes.drop(older)
    dropped = await unit.people.merge(newer, into=older)
    if dropped is None:
        raise _nothing_waits()
    await unit.boards.rebuild(players=[older])
    await _note(core, unit, newer, "accounts linked", str(older))
    for round_id in dropped:
        await _tell_anew(core, unit, round_id, older)
    return rendering.linked(await _named(unit, await unit.people.accounts_of(older)), len(dropped))


def _nothing_waits() -> NotFound:
    return NotFound(_("Nothing waits for your yes. To link an account: {command}").format(command=typed("link")))


async def unlink(core: Core, caller: Caller) -> MessageView:
    """Let the caller's account be a player of its own again.

    Raises:
        NotFound: it is linked with no other.
    """

    async def work(unit: Unit) -> MessageView:
        before = await unit.people.player(caller.member)
        if before is None or await part(core, unit, caller.member) is None:
            raise NotFound(
                _("This account isn't linked to another one. To link it: {command}").format(command=typed("link"))
            )
        unclaimed = await unit.answers.unclaimed(before, caller.space.id)
        return rendering.unlinked(await _named(unit, await unit.people.accounts_of(before)), unclaimed)

    return await core.storage.write(work)


async def part(core: Core, unit: Unit, member: Member) -> PlayerId | None:
    """Let an account that is one of several be a player of its own, in the caller's transaction; None: it is alone."""
    parted = await unit.people.separate(member)
    if parted is None:
        return None
    player, new = parted
    for purpose in (Purpose.ACCOUNT, Purpose.RETURN):  # whoever got them may be another player now
        await unit.codes.expire(purpose, player, core.clock.now())
    await unit.wishes.drop(player)
    await unit.boards.rebuild(players=[player, new])
    await _note(core, unit, player, "account separated", str(new))
    return new


async def _named(unit: Unit, accounts: list[Member]) -> list[tuple[str, str]]:
    """Accounts by their names and those of their spaces."""
    spaces = [await unit.spaces.find(account.space_id) for account in accounts]
    return [(account.name, space.name) for account, space in zip(accounts, spaces, strict=True) if space is not None]


async def _tell_anew(core: Core, unit: Unit, round_id: RoundId, player: PlayerId) -> None:
    """An answer was dropped: say so in the log, and in the result where there is one."""
    await _note(core, unit, player, "answer dropped", f"round {round_id}: the earlier of two accounts' answers counts")
    round_ = await unit.rounds.find(round_id)
    if round_ is not None and round_.closed_at is not None:
        await post_result(unit, round_, core.clock.now())


async def _note(core: Core, unit: Unit, player: PlayerId, action: str, details: str) -> None:
    now, subject = core.clock.now(), f"player {player}"
    await unit.audit.add(AuditEntry(at=now, actor="bot", action=action, subject=subject, details=details))
