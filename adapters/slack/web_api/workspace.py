"""One Slack workspace: its Web API, through the gate, with errors that the core knows."""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp
from aiohttp import ClientSession
from slack_sdk.errors import SlackApiError, SlackRequestError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from adapters.common.counts import NoMoreEdits
from adapters.slack.web_api.pace import Gate
from bot.i18n import gettext as _
from bot.i18n import later
from bot.ports import Forbidden, Gone, MessengerError, OutcomeUnknown, RateLimited

AT_ONCE = 2.5
"""The longest wait at the gate, in seconds, while somebody waits for a reply."""
IN_TIME = 120.0
"""The longest wait at the gate, in seconds, while nobody waits for a reply."""

_TRIES = 3

Method = Callable[..., Awaitable[AsyncSlackResponse]]


@dataclass(frozen=True, slots=True, eq=False)
class Access:
    """The connection to Slack that all workspaces of a process share."""

    session: ClientSession
    gate: Gate
    base_url: str

    def client(self, token: str) -> AsyncWebClient:
        """Make a client that tries only once, because only its caller knows whether a call may run twice."""
        return AsyncWebClient(token=token, base_url=self.base_url, session=self.session, retry_handlers=[])


@dataclass(frozen=True, slots=True, eq=False)
class Workspace:
    """A workspace that the bot is installed in.

    Attributes:
        bot_user: the bot's own user id there.
        url: the address that links to its messages begin with, such as ``https://study.slack.com/``.
        installer: who installed the bot; empty if unknown.
    """

    team_id: str
    name: str
    bot_user: str
    url: str
    client: AsyncWebClient
    gate: Gate
    installer: str = ""

    async def call(self, method: Method, arguments: dict[str, Any], *, patience: float = AT_ONCE) -> AsyncSlackResponse:
        """Call a method of ``client`` once, as soon as the gate lets it through.

        Raises:
            RateLimited: the gate would hold it for longer than ``patience``, in seconds, or Slack says "too many".
            MessengerError: see `explained`.
        """
        name = method.__name__
        counter = name, self.team_id, str(arguments["channel"]) if name == "chat_postMessage" else ""
        await self.gate.enter(counter, patience)
        try:
            with explained():
                return await method(**arguments)
        except RateLimited as error:
            self.gate.close(counter, error.retry_after)
            raise

    async def ask(self, method: Method, arguments: dict[str, Any]) -> AsyncSlackResponse:
        """Call a method that nobody waits for and that may run twice; retry it if Slack is busy."""
        for _try in range(_TRIES - 1):
            try:
                return await self.call(method, arguments, patience=IN_TIME)
            except RateLimited:
                continue
        return await self.call(method, arguments, patience=IN_TIME)

    def link(self, channel: str, ts: str) -> str:
        """Return the address of a message."""
        return f"{self.url}archives/{channel}/p{ts.replace('.', '')}"


_REVOKED = frozenset(
    {"account_inactive", "token_revoked", "team_not_found", "invalid_auth", "not_authed", "token_expired"}
)
_GONE = frozenset({"message_not_found", "thread_not_found", "user_not_in_channel"})
_AS_IT_IS = frozenset({"cant_update_message", "edit_window_closed"})
"""How Slack refuses to edit a message that is still there: https://docs.slack.dev/reference/methods/chat.update."""
_CLOSED = {
    "not_in_channel": later("I'm not in that channel. Invite me there: `/invite @Quizbot`"),
    "channel_not_found": later(
        "The channel isn't there, or it is private and I'm not in it. Invite me there: `/invite @Quizbot`"
    ),
    "is_archived": later("The channel is archived."),
}
_UNREACHABLE = frozenset(
    {"user_disabled", "user_not_found", "user_not_visible", "cannot_dm_bot", "messages_tab_disabled"}
)
"""How Slack refuses direct messages: https://docs.slack.dev/reference/methods/conversations.open."""
_UNKNOWN = frozenset({"internal_error", "fatal_error", "service_unavailable", "request_timeout", "team_added_to_org"})
_DEFAULT_RETRY_S = 30.0


class Revoked(MessengerError):
    """Slack doesn't accept the token; ``code`` is Slack's name for why, ``for_good`` means that it was revoked."""

    def __init__(self, code: str) -> None:
        super().__init__(_("Slack doesn't accept the bot's token ({code}).").format(code=code))
        self.code = code
        self.for_good = code in {"account_inactive", "token_revoked"}


class Closed(Forbidden):
    """The channel is closed to the bot; ``code`` is Slack's name for the reason."""

    def __init__(self, code: str, words: str) -> None:
        super().__init__(words)
        self.code = code


class Refused(MessengerError):
    """Slack refused a call for another reason; ``code`` is Slack's name for it."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"Slack says {code}{f' ({detail})' if detail else ''}")
        self.code = code


@contextmanager
def explained() -> Iterator[None]:
    """Turn the errors of calls to Slack inside the block into a `MessengerError`."""
    try:
        yield
    except SlackApiError as error:
        raise _meaning(error) from error
    except SlackRequestError as error:
        raise Refused("upload_failed", str(error)) from error
    except aiohttp.ClientConnectorError as error:
        raise MessengerError(_("Slack can't be reached: {reason}").format(reason=error)) from error
    except (TimeoutError, aiohttp.ClientError, OSError) as error:
        raise OutcomeUnknown(f"no answer from Slack: {error!r}") from error


def _meaning(error: SlackApiError) -> MessengerError:
    status, code, response = _status(error.response), error_code(error), error.response
    if status == 429 or code in {"ratelimited", "rate_limited"}:
        return RateLimited(float(response.headers.get("Retry-After", _DEFAULT_RETRY_S)))
    if status >= 500 or code in _UNKNOWN:
        return OutcomeUnknown(f"Slack answered {status} {code}")
    if code in _REVOKED:
        return Revoked(code)
    if code in _GONE:
        return Gone(code)
    if code in _AS_IT_IS:
        return NoMoreEdits(code)
    words = _in_words(code, response)
    return Closed(code, words) if words else Refused(code, str(response.get("response_metadata") or ""))


def error_code(error: SlackApiError) -> str:
    """Return Slack's name for what went wrong; empty if its answer has none."""
    data = getattr(error.response, "data", None)
    return str(data.get("error", "")) if isinstance(data, dict) else ""


def _status(response: Any) -> int:  # noqa: ANN401 - aiohttp's response if slack_sdk can't read it
    return int(getattr(response, "status_code", None) or getattr(response, "status", None) or 200)


_POSTING_FORBIDDEN = frozenset({"no_permission", "ekm_access_denied", "posting_to_channel_denied"})


def _in_words(code: str, response: Any) -> str:  # noqa: ANN401 - as above
    """Say what a host can do about a closed channel; empty if the error means something else."""
    if code == "missing_scope":
        return _("I need the permission `{scope}`. Install me again with the current manifest.").format(
            scope=response.get("needed", "")
        )
    if code in _UNREACHABLE:
        return _("I can't write to that person: their account is closed, or hidden from me.")
    if code in _POSTING_FORBIDDEN or code.startswith("restricted_action"):
        return _("The workspace's settings keep me from posting there. Allow the app to post in the channel.")
    return str(_CLOSED[code]) if code in _CLOSED else ""
