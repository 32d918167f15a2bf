"""Write to the audit who did what."""

from bot.domain.identity import Member
from bot.ports import AuditEntry, Unit
from bot.services.core import Core


async def actor(unit: Unit, member: Member) -> str:
    """Return a member's name in the audit: a number, which means nothing once the person is forgotten."""
    return f"player {await unit.people.ensure_player(member)}"


async def note(core: Core, unit: Unit, action: str, subject: str, details: str = "", *, actor: str = "bot") -> None:
    """Write to the audit what is done now, in the caller's transaction.

    Args:
        core: the clock.
        unit: the caller's transaction.
        action: what was done, in a few words.
        subject: what it was done to, such as ``league 7``.
        details: what else a reader of the audit wants to know.
        actor: who did it, as `actor` names members.
    """
    at = core.clock.now()
    await unit.audit.add(AuditEntry(at=at, actor=actor, action=action, subject=subject, details=details))
