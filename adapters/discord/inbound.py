"""Turn what Discord sends into the core's values: pure functions.

They read Discord's raw payloads, because building discord.py's objects costs more than everything else
that a click needs.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from adapters.discord import command_forms, forms
from adapters.discord.controls import Json, answer_in, back_in, command_in, form_in, picked_in
from adapters.discord.outbound import EPHEMERAL
from adapters.discord.spelling import unprefixed
from bot.domain.answers import SubmitAnswer
from bot.domain.commands import Caller, ChatCommand, Option
from bot.domain.errors import BadInput, QuizbotError
from bot.domain.identity import Member, RoundId, Space
from bot.domain.names import shown
from bot.domain.responses import Given, Positions
from bot.i18n import gettext as _
from bot.i18n import known_language
from bot.services.chat.commands import Command
from bot.services.chat.commands.table import COMMANDS
from bot.services.chat.grammar import parse_command

COMMAND, COMPONENT, AUTOCOMPLETE, SUBMITTED_MODAL = 2, 3, 4, 5
"""Types of interactions."""

_GROUP = 1
_MENTIONABLE, _ATTACHMENT = 9, 11
_EPOCH_MS = 1_420_070_400_000
_ADMINISTRATOR, _MANAGE_SERVER = 1 << 3, 1 << 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Who did something, where, and how to reply to it.

    Attributes:
        id: Discord's id of the interaction, which tells its time, too.
        token: what a reply needs; works for 15 minutes.
        guild: id of the server; None in a direct message.
        manages: whether Discord lets them manage the server.
        joined_at: since when they have been in the server; None in a direct message.
        in_private: whether it was done to a message that only they see.
        roles: ids of the roles that they have in the server.
    """

    id: str
    token: str
    guild: str | None
    channel: str
    user: str
    name: str
    manages: bool
    joined_at: datetime | None
    in_private: bool
    roles: tuple[str, ...]

    @property
    def at(self) -> datetime:
        """When the interaction happened, by Discord's clock."""
        return moment(self.id)

    def member(self, space: Space) -> Member:
        """Return the person as a member of the space."""
        return Member(space_id=space.id, external_id=self.user, name=self.name, acted_at=self.at)

    def caller(self, space: Space) -> Caller:
        """Return the person as the caller of a command."""
        return Caller(
            space=space,
            channel=self.channel,
            member=self.member(space),
            is_host=self.manages,
            groups=frozenset(self.roles),
            joined_at=self.joined_at,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file that came with a command, and the address to fetch it from."""

    name: str
    url: str
    size: int


def moment(snowflake: str) -> datetime:
    """Return the time that a Discord id contains."""
    return datetime.fromtimestamp(((int(snowflake) >> 22) + _EPOCH_MS) / 1000, UTC)


def snowflake(at: datetime) -> int:
    """Return the smallest Discord id of a time."""
    return max(0, int(at.timestamp() * 1000) - _EPOCH_MS) << 22


def name_of(user: Json, member: Json | None = None) -> str:
    """Return a visible name: the one in the server, else the display name, else the account's name."""
    for name in ((member or {}).get("nick"), user.get("global_name"), user["username"]):
        if name and (seen := shown(name)):
            return seen
    return str(user["id"])


def origin(interaction: Json) -> Origin:
    """Read from any interaction who did it and where."""
    member = interaction.get("member")
    user = member["user"] if member else interaction["user"]
    may = int(member.get("permissions", 0)) if member else 0
    return Origin(
        id=interaction["id"],
        token=interaction["token"],
        guild=interaction.get("guild_id"),
        channel=interaction.get("channel_id", ""),
        user=user["id"],
        name=name_of(user, member),
        manages=bool(may & (_ADMINISTRATOR | _MANAGE_SERVER)),
        joined_at=joined_at(member) if member else None,
        in_private=bool(interaction.get("message", {}).get("flags", 0) & EPHEMERAL),
        roles=tuple(member.get("roles", ())) if member else (),
    )


def language(interaction: Json) -> str | None:
    """Return the language that somebody has chosen for their Discord; None if Quizbot doesn't speak it.

    https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object says that every
    interaction carries ``locale``, except pings.
    """
    return known_language(str(interaction.get("locale", "")))


def answer(interaction: Json) -> tuple[RoundId, Given] | None:
    """Return the round that an interaction answers, and what was given; None if it isn't an answer."""
    data = interaction["data"]
    if interaction["type"] == SUBMITTED_MODAL:
        return forms.answer_in(data)
    return answer_in(data.get("custom_id", ""), data.get("values", ()))


def form_asked_for(interaction: Json) -> RoundId | None:
    """Return the round whose form a click asks for; None if it is something else."""
    if interaction["type"] != COMPONENT:
        return None
    return form_in(interaction["data"].get("custom_id", ""))


def back_asked_for(interaction: Json) -> RoundId | None:
    """Return the round whose card a click turns over; None if it is something else."""
    return back_in(interaction["data"].get("custom_id", "")) if interaction["type"] == COMPONENT else None


def picked(interaction: Json) -> tuple[RoundId, Positions] | None:
    """Return the round and what was picked but isn't sent yet; None if it is something else."""
    if interaction["type"] != COMPONENT:
        return None
    return picked_in(interaction["data"].get("custom_id", ""), interaction["data"].get("values", ()))


def joined_at(member: Json) -> datetime | None:
    """Return when somebody joined the server; None if Discord doesn't say, as for a guest without a role."""
    since = member.get("joined_at")
    return datetime.fromisoformat(since) if since else None


def submission(who: Origin, space: Space, round_id: RoundId, given: Given) -> SubmitAnswer:
    """Turn an answer into the core's `SubmitAnswer`."""
    return SubmitAnswer(
        round_id=round_id,
        channel=who.channel,
        member=who.member(space),
        given=given,
        at=who.at,
        event_id=who.id,
        account_since=moment(who.user),
        joined_at=who.joined_at,
    )


def runs_command(interaction: Json) -> bool:
    """Whether an interaction is a slash command, a click on a button that runs one, or a modal that does."""
    if interaction["type"] == COMPONENT:
        return command_in(interaction["data"].get("custom_id", "")) is not None
    if interaction["type"] == SUBMITTED_MODAL:
        return command_forms.is_ours(interaction["data"])
    return bool(interaction["type"] == COMMAND)


def may_open_form(interaction: Json) -> bool:
    """Whether an interaction runs a command whose reply may be a form; one that was filled in opens none."""
    if interaction["type"] == SUBMITTED_MODAL:
        return False
    known = _declared(interaction)
    return known is not None and known.opens_form


def replaces(interaction: Json) -> bool:
    """Whether the reply to a command takes the place of the private message whose button or form runs it."""
    if interaction["type"] == COMMAND or not origin(interaction).in_private:
        return False
    known = _declared(interaction)
    return known is not None and known.replaces


def _declared(interaction: Json) -> Command | None:
    """The command that an interaction runs; None if there is no such command."""
    try:
        return COMMANDS.get(command(interaction).name)
    except QuizbotError:
        return None


def command(interaction: Json) -> ChatCommand:
    """Read a slash command with its options, or the one that a button or modal runs; a file is named by its id.

    Raises:
        BadInput: the button or modal isn't one of ours, or the role is that of everybody.
    """
    if interaction["type"] == COMPONENT:
        return parse_command(command_in(interaction["data"]["custom_id"]) or "")
    if interaction["type"] == SUBMITTED_MODAL:
        return command_forms.command_in(interaction["data"])
    name, options = _named(interaction["data"])
    return ChatCommand(name=name, options={option["name"]: _value(option, interaction) for option in options})


def _named(data: Json) -> tuple[str, list[Json]]:
    name, options = unprefixed(data["name"]), data.get("options", [])
    if options and options[0]["type"] == _GROUP:
        return f"{name} {options[0]['name']}", options[0].get("options", [])
    return name, options


def _value(option: Json, interaction: Json) -> str:
    value = option["value"]
    if option["type"] == _MENTIONABLE:
        return _mention(str(value), interaction)
    return str(value).lower() if isinstance(value, bool) else str(value).strip()


def _mention(chosen: str, interaction: Json) -> str:
    """Write the person or role that was chosen as the core reads it."""
    if chosen == interaction.get("guild_id"):
        raise BadInput(_("Choose a member or a role: @everyone can't be chosen here."))
    roles = interaction["data"].get("resolved", {}).get("roles", {})
    return f"&{chosen}" if chosen in roles else f"@{chosen}"


def uploads(interaction: Json) -> Iterator[Upload]:
    """Return the files that came with a command; none come with a button that runs one."""
    if interaction["type"] != COMMAND:
        return
    _name, options = _named(interaction["data"])
    files = interaction["data"].get("resolved", {}).get("attachments", {})
    for option in options:
        if option["type"] == _ATTACHMENT and (file := files.get(option["value"])):
            yield Upload(name=file["filename"], url=file["url"], size=file["size"])


def completion(interaction: Json) -> tuple[Option, str] | None:
    """Return the option being typed and its text so far; None if it isn't one that offers values."""
    name, options = _named(interaction["data"])
    known = {option.name: option for option in COMMANDS[name].options} if name in COMMANDS else {}
    for option in options:
        if option.get("focused") and option["name"] in known:
            return known[option["name"]], str(option["value"])
    return None
