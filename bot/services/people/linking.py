"""One person, several accounts: linked with a code they become one player, and each may be separated again."""

from datetime import timedelta

from bot.domain.codes import Purpose
from bot.domain.commands import Caller
from bot.domain.errors import BadInput, NotFound
from bot.domain.identity import Member, PlayerId, RoundId
from bot.domain.typed import typed
from bot.domain.views import MessageView
from bot.i18n import gettext as _
from bot.ports import AuditEntry, Unit
from bot.rendering import linking as rendering
from bot.services import codes
from bot.services.core import Core
from bot.services.rounds.closing import post_result

CODE_GROUPS = 3
CODE_LASTS = timedelta(minutes=10)


async def give_code(core: Core, caller: Caller) -> str:
    """A code that the caller types in with another account."""

    async def work(unit: Unit) -> str:
        player = await unit.people.ensure_player(caller.member)
        return await codes.give_out(core, unit, Purpose.ACCOUNT, player, groups=CODE_GROUPS, lasts=CODE_LASTS)

    return await core.storage.write(work)


async def link(core: Core, caller: Caller, typed: str) -> MessageView:
    """Make the caller and whoever was given a code one player: the one that is known for longer.

    Raises:
        BadInput: the code is wrong, used, expired, or of the caller's own player.
    """
    now = core.clock.now()

    async def work(unit: Unit) -> MessageView:
        code = await codes.found(unit, typed, Purpose.ACCOUNT, now)
        own, other = await unit.people.ensure_player(caller.member), PlayerId(code.subject)
        if own == other:
            raise BadInput(_("You are that player already. Type the code with your other account."))
        await unit.codes.use(code.digest)
        older, newer = sorted((own, other))  # ids tell when they were made
        dropped = await unit.people.merge(newer, into=older)
        if dropped is None:
            raise BadInput(_("That code has expired. Please ask for a new one."))
        await unit.boards.rebuild(players=[older])
        await _note(core, unit, newer, "accounts linked", str(older))
        for round_id in dropped:
            await _tell_anew(core, unit, round_id, older)
        return rendering.linked(await _named(unit, await unit.people.accounts_of(older)), len(dropped))

    view = await core.storage.write(work)
    core.wake()
    return view


async def unlink(core: Core, caller: Caller) -> MessageView:
    """Let the caller's account be a player of its own again.

    Raises:
        NotFound: it is linked with no other.
    """

    async def work(unit: Unit) -> MessageView:
        before = await unit.people.player(caller.member)
        if before is None or await part(core, unit, caller.member) is None:
            raise NotFound(
                _("This account is linked with no other. To link it with one: {command}").format(command=typed("link"))
            )
        return rendering.unlinked(await _named(unit, await unit.people.accounts_of(before)))

    return await core.storage.write(work)


async def part(core: Core, unit: Unit, member: Member) -> PlayerId | None:
    """Let an account that is one of several be a player of its own, in the caller's transaction; None: it is alone."""
    parted = await unit.people.separate(member)
    if parted is None:
        return None
    player, new = parted
    await unit.codes.expire(Purpose.ACCOUNT, player, core.clock.now())  # whoever got them may be another player now
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
