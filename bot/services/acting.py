"""Who did something, and what, as the audit keeps it."""

from bot.domain.identity import Member
from bot.ports import AuditEntry, Unit
from bot.services.core import Core


async def actor(unit: Unit, member: Member) -> str:
    """A member as the audit knows one: by a number, which says nothing once the person is forgotten."""
    return f"player {await unit.people.ensure_player(member)}"


async def note(core: Core, unit: Unit, action: str, subject: str, details: str = "", *, actor: str = "bot") -> None:
    """Keep in the audit what is done now, in the caller's transaction.

    Args:
        core: the clock.
        unit: the caller's transaction.
        action: what was done, in a few words.
        subject: to what, as ``league 7``.
        details: what a reader of the audit wants to know besides.
        actor: who did it, as `actor` names a member.
    """
    at = core.clock.now()
    await unit.audit.add(AuditEntry(at=at, actor=actor, action=action, subject=subject, details=details))
