"""Turn what Slack sends into the core's values: pure functions."""

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from adapters.slack.outbound import CHOOSE, GROUP
from adapters.slack.text.blocks import position
from bot.domain.answers import SubmitAnswer
from bot.domain.commands import ChatCommand, ValueKind
from bot.domain.errors import BadInput
from bot.domain.identity import Member, RoundId
from bot.domain.names import shown
from bot.domain.responses import Given
from bot.domain.series import HERE
from bot.domain.series_options import parse_mention
from bot.i18n import gettext as _
from bot.services.chat.commands.table import COMMANDS

Body = Mapping[str, Any]
"""A payload of Slack's, decoded."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_QUOTES = str.maketrans("“”„«»‘’", '"""""\'\'')
_MENTION = re.compile(r"<(@|!subteam\^)([A-Z0-9]+)(?:\|[^<>]*)?>")
"""A mention of a person or user group."""
_ID = re.compile(r"[A-Z0-9]{1,64}")
_PICKED = re.compile(r"@[UW][A-Z0-9]{7,63}|&S[A-Z0-9]{7,63}")
_SLACKBOT = "USLACKBOT"
"""Slack's own account: it writes reminders, and isn't marked as a bot."""
_HELP = frozenset({"help", "quiz help"})


@dataclass(frozen=True, slots=True)
class From:
    """Who did something, and where: everything that Slack says and the core must check.

    Attributes:
        user_name: the account's name, used if nothing better is known.
        response_url: accepts a few private replies for a while; empty if there is none.
    """

    team_id: str
    channel: str
    user_id: str
    user_name: str
    response_url: str = ""


@dataclass(frozen=True, slots=True)
class Click:
    """An answer, by a button or a form."""

    source: From
    round_id: RoundId
    given: Given
    at: datetime
    event_id: str

    def by(self, member: Member) -> SubmitAnswer:
        """Turn it into the core's `SubmitAnswer`."""
        return SubmitAnswer(
            round_id=self.round_id,
            channel=self.source.channel,
            member=member,
            given=self.given,
            at=self.at,
            event_id=self.event_id,
        )


@dataclass(frozen=True, slots=True)
class Reaction:
    """A reaction added to or removed from a message, if it can stand for a choice."""

    channel: str
    message_ref: str
    user_id: str
    position: int
    on: bool
    at: datetime
    event_id: str


@dataclass(frozen=True, slots=True)
class Said:
    """A message to the bot, from a person.

    Attributes:
        thread: the ``ts`` of the message that it replies to; empty if it isn't in a thread.
    """

    channel: str
    user_id: str
    ts: str
    thread: str
    asks_for_help: bool


def whose(body: Body) -> tuple[str, str]:
    """Return the ids of the team and of the person that a payload comes from; empty if it doesn't say."""
    user, team = body.get("user"), body.get("team")
    if isinstance(user, dict):  # an interaction
        team_id = team.get("id") if isinstance(team, dict) else team
        return str(team_id or user.get("team_id") or ""), str(user.get("id") or "")
    person = (body.get("event") or body).get("user") or body.get("user_id")
    return str(body.get("team_id", "")), person if isinstance(person, str) else ""


def source(body: Body) -> From:
    """Read who sent an interaction or a command, and where."""
    team, channel, user = body.get("team") or {}, body.get("channel") or {}, body.get("user") or {}
    if not user:  # commands have no nested fields
        team, channel = {"id": body.get("team_id")}, {"id": body.get("channel_id")}
        user = {"id": body.get("user_id"), "username": body.get("user_name")}
    return From(
        team_id=str(team.get("id") or user.get("team_id") or ""),
        channel=str(channel.get("id") or (body.get("container") or {}).get("channel_id") or ""),
        user_id=str(user["id"]),
        user_name=seen(user.get("username"), user.get("name"), user["id"]),
        response_url=str(body.get("response_url") or ""),
    )


def seen(*names: str | None) -> str:
    """Return the first visible one of somebody's names; the last is their id, which is always visible."""
    for name in names:
        if name and (clean := shown(name)):
            return clean
    return str(names[-1])


def click(body: Body, source_: From) -> Click:
    """Read a click on a letter's button, or on the button below checkboxes.

    Raises:
        BadInput: the button isn't one of ours.
    """
    action = body["actions"][0]
    asked, _colon, pick = str(action.get("value", "")).partition(":")
    chosen = [pick] if pick else [option["value"] for option in _chosen(body, asked)]
    stamp = str(action["action_ts"])
    return Click(
        source=source_,
        round_id=round_id(asked),
        given=frozenset(_number(value, below=1_000) for value in chosen),
        at=moment(stamp),
        event_id=stamp,
    )


def round_id(text: str) -> RoundId:
    """Read the id of a round, unchecked against any round.

    Raises:
        BadInput: it is none of ours.
    """
    return RoundId(_number(text, below=2**63))


def pick(value: str) -> int | None:
    """Read what was picked in a form's menu, unchecked against any round; None if nothing was.

    Raises:
        BadInput: it isn't a value of our menus.
    """
    return _number(value, below=1_000) if value else None


def _chosen(body: Body, asked: str) -> list[Any]:
    """Return the ticked options, from the message state that Slack sends."""
    values = (body.get("state") or {}).get("values") or {}
    chosen = (values.get(f"round:{asked}:{CHOOSE}") or {}).get(CHOOSE) or {}
    return list(chosen.get("selected_options") or ())


def _number(text: str, below: int) -> int:
    if not re.fullmatch(r"[0-9]{1,19}", str(text)) or int(text) >= below:
        raise BadInput(_("This button doesn't work any more. Answer in a newer message."))
    return int(text)


def reaction(event: Body) -> Reaction | None:
    """Read a reaction whose sign stands for a choice; None for any other."""
    item, at = event["item"], position(str(event["reaction"]))
    if item.get("type") != "message" or at is None:
        return None
    stamp = str(event["event_ts"])
    return Reaction(
        channel=str(item.get("channel", "")),
        message_ref=str(item.get("ts", "")),
        user_id=str(event["user"]),
        position=at,
        on=event["type"] == "reaction_added",
        at=moment(stamp),
        event_id=stamp,
    )


def said(event: Body) -> Said | None:
    """Read a direct message, or one that mentions the bot; None if no person has just written it to the bot.

    Edits, deletions and what other apps write come as events of the same type.
    """
    channel, user, ts = (str(event.get(name) or "") for name in ("channel", "user", "ts"))
    is_to_the_bot = event["type"] == "app_mention" or event.get("channel_type") == "im"
    is_new = event.get("subtype") in {None, "file_share"} and not event.get("hidden")
    is_persons = not event.get("bot_id") and user != _SLACKBOT
    if not (is_to_the_bot and is_new and is_persons and _ID.fullmatch(channel) and _ID.fullmatch(user) and ts):
        return None
    words = _MENTION.sub("", str(event.get("text") or "")).casefold()
    return Said(
        channel=channel,
        user_id=user,
        ts=ts,
        thread=str(event.get("thread_ts") or ""),
        asks_for_help=words.strip(" \n/!?.") in _HELP,
    )


def moved(event: Body) -> tuple[str, str] | None:
    """Read the old and the new id of a channel; None if they aren't ids."""
    old, new = (str(event.get(name) or "") for name in ("old_channel_id", "new_channel_id"))
    return (old, new) if _ID.fullmatch(old) and _ID.fullmatch(new) else None


def moment(stamp: str) -> datetime:
    """Return the time in a Slack ``ts``, to the microsecond.

    Raises:
        BadInput: it isn't a time.
    """
    seconds, _dot, fraction = stamp.partition(".")
    if not (seconds.isdecimal() and len(seconds) < 12 and (fraction or "0").isdecimal()):
        raise BadInput(_("Slack sent an invalid time."))
    return _EPOCH + timedelta(seconds=int(seconds), microseconds=int(fraction.ljust(6, "0")[:6]))


def command_text(body: Body) -> str:
    """Return what was typed after ``/quiz``, as the core spells commands."""
    text = html.unescape(_MENTION.sub(_mention, str(body.get("text") or "")))
    return f"/quiz {text.translate(_QUOTES)}"


def _mention(found: re.Match[str]) -> str:
    """Write a mention as the core reads it."""
    return f"{'@' if found[1] == '@' else '&'}{found[2]}"


def check_mentions(command: ChatCommand) -> None:
    """Check that whoever a command mentions was picked from Slack's list, and isn't just a name after an @.

    Raises:
        BadInput: it is only a name, which anybody may give themselves.
    """
    for option in COMMANDS[command.name].options:
        given = command.options.get(option.name)
        if given and option.kind is ValueKind.MENTION and not _PICKED.fullmatch(given):
            raise BadInput(_("Mention the person or group you mean: type @ and pick them from Slack's list."))


def check_call(command: ChatCommand) -> None:
    """Check that a group that questions are to mention is one of Slack's.

    Raises:
        BadInput: it isn't.
    """
    mention = parse_mention(command.options.get("mention", ""))
    if mention not in {"", HERE} and not GROUP.fullmatch(mention):
        raise BadInput(_("Mention the person or group you mean: type @ and pick them from Slack's list."))


def is_direct(channel: str) -> bool:
    """Whether a channel is a direct message with the bot."""
    return channel.startswith("D")
