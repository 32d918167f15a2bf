"""Works out whom a message pings."""

import re
from dataclasses import dataclass

from tests.platforms.discord.errors import Form
from tests.platforms.discord.model import Channel, Json, Message, User
from tests.platforms.discord.permissions import May

_PARSED = ("everyone", "roles", "users")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pings:
    """Everybody whom a message notifies."""

    everybody: bool = False
    roles: tuple[int, ...] = ()
    users: tuple[User, ...] = ()

    def __bool__(self) -> bool:
        return self.everybody or bool(self.roles) or bool(self.users)


def check_allowed_mentions(allowed: Json | None, form: Form) -> None:
    """Note in ``form`` what Discord refuses: unknown kinds, and a list beside the kind that already covers it."""
    if allowed is None:
        return
    parse = allowed.get("parse") or []
    for index, kind in enumerate(parse):
        if kind not in _PARSED:
            message = f"Value must be one of {', '.join(_PARSED)}."
            form.refuse(("allowed_mentions", "parse", index), "BASE_TYPE_CHOICES", message)
    for kind in ("roles", "users"):
        form.count(("allowed_mentions", kind), allowed.get(kind) or [], 100)
        if kind in parse and allowed.get(kind):
            form.refuse(
                ("allowed_mentions",),
                "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
                f'parse:["{kind}"] and {kind}: [ids...] are mutually exclusive.',
            )


def pings(content: str, allowed: Json | None, channel: Channel, reply_to: Message | None, users: list[User]) -> Pings:
    """Return whom a new message with this content notifies.

    Only the content counts, as on Discord: embeds never ping. To be on the safe side, mentions inside code count, too.
    Without ``allowed``, every mention pings.
    """
    parse = set(_PARSED) if allowed is None else set(allowed.get("parse") or [])
    listed = {int(each) for kind in ("users", "roles") for each in (allowed or {}).get(kind) or []}
    known = {user.id: user for user in users}
    named = {int(each) for each in re.findall(r"<@!?(\d+)>", content)}
    pinged = {each for each in named if each in known and ("users" in parse or each in listed)}
    if reply_to is not None and (allowed is None or allowed.get("replied_user")):
        pinged.add(reply_to.author.id)
    return Pings(
        everybody=bool(re.search(r"@(everyone|here)\b", content))
        and "everyone" in parse
        and May.MENTION_EVERYONE in channel.bot_may,
        roles=tuple(int(each) for each in re.findall(r"<@&(\d+)>", content) if "roles" in parse or int(each) in listed),
        users=tuple(known[each] for each in sorted(pinged)),
    )
