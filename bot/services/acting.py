"""Who did something, as the audit keeps it."""

from bot.domain.identity import Member
from bot.ports import Unit


async def actor(unit: Unit, member: Member) -> str:
    """A member as the audit knows one: by a number, which says nothing once the person is forgotten."""
    return f"player {await unit.people.ensure_player(member)}"
