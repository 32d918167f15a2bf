"""The entrance: Bolt handles everything from Slack, over HTTP or a socket, and finishes before the adapter stops."""

import asyncio
import json
import re
from collections.abc import Callable, Mapping
from typing import Any

import structlog
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.authorization.authorize_result import AuthorizeResult
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.signature import SignatureVerifier
from typing_extensions import override
from yarl import query_to_pairs

from adapters.common.languages import asked_for
from adapters.slack.inbound import whose
from adapters.slack.payloads import misfit
from adapters.slack.web_api import oauth
from adapters.slack.web_api.workspace import Revoked
from adapters.slack.web_api.workspaces import NotInstalled, Workspaces
from bot.i18n import use_language
from bot.metrics import malformed

EVENTS = "/slack/events"
MALFORMED = (ValueError, AttributeError, TypeError, LookupError, RecursionError)
"""The errors that Bolt raises when it parses a payload that Slack would never send."""

_STAMP = re.compile("[0-9]{1,11}")
"""The time of a request, in seconds since 1970."""

_log = structlog.get_logger(__name__)


def note_malformed(where: str) -> None:
    """Log and count a payload that was refused; ``where`` says what is wrong, and quotes nobody."""
    _log.warning("payload_malformed", where=where)
    malformed.labels("slack").inc()


class Intake:
    """Hands requests to Bolt."""

    def __init__(self, bolt: AsyncApp, language_of: Callable[[str, str], str]) -> None:
        self._bolt = bolt
        self._language_of = language_of
        self._running = 0
        self._is_open = True
        self._idle = asyncio.Event()
        self._idle.set()

    async def take(self, request: AsyncBoltRequest) -> BoltResponse:
        """Let Bolt's listeners handle a request; return its acknowledgement.

        A payload that isn't in Slack's form is refused. After `finish` there is no acknowledgement, because nobody
        would be left to do the work.
        """
        if not self._is_open:
            return BoltResponse(status=503)
        if where := misfit(request.body):
            note_malformed(where)
            return BoltResponse(status=400)
        if request.body.get("view", {}) is None:  # Bolt stumbles over it if nobody listens to the payload
            del request.body["view"]
        self._running += 1
        self._idle.clear()
        try:
            with use_language(self._language_of(*whose(request.body))):
                return await self._bolt.async_dispatch(request)
        finally:
            self._running -= 1
            if not self._running:
                self._idle.set()

    async def finish(self, within: float) -> None:
        """Take no more requests, and wait for running ones, but no longer than the given number of seconds."""
        self._is_open = False
        try:
            async with asyncio.timeout(within):
                await self._idle.wait()
        except TimeoutError:
            return


class InWorkspaces(AsyncAuthorize):
    """Accepts events from workspaces with the bot in them, and ignores all others.

    If the database or Slack can't be asked, Bolt's own check for many workspaces concludes that the bot isn't
    installed, and acknowledges the event. Here that is an error, so that Slack sends the event again.
    """

    def __init__(self, workspaces: Workspaces) -> None:
        self._workspaces = workspaces

    @override
    async def __call__(
        self,
        *,
        context: AsyncBoltContext,
        enterprise_id: str | None,
        team_id: str | None,
        user_id: str | None,
        actor_enterprise_id: str | None = None,
        actor_team_id: str | None = None,
        actor_user_id: str | None = None,
    ) -> AuthorizeResult | None:
        """Return the bot's authorisation in a workspace; None if it isn't installed.

        Raises:
            MessengerError: Slack can't be asked, or the token can't be read.
        """
        try:
            workspace = await self._workspaces.of(team_id or "")
        except (NotInstalled, Revoked):
            return None
        return AuthorizeResult(
            enterprise_id=enterprise_id,
            team_id=workspace.team_id,
            bot_user_id=workspace.bot_user,
            bot_token=workspace.client.token,
        )


def add_events_route(site: web.Application, intake: Intake, signing_secret: str) -> None:
    """Serve the address that Slack posts to."""
    verifier = SignatureVerifier(signing_secret)

    async def take(request: web.Request) -> web.StreamResponse:
        return await to_aiohttp_response(await take_post(intake, verifier, await request.read(), request.headers))

    site.router.add_post(EVENTS, take)


async def take_post(
    intake: Intake, verifier: SignatureVerifier, body: bytes, headers: Mapping[str, str]
) -> BoltResponse:
    """Handle what was posted; refuse what Slack hasn't signed, before anything in it is read."""
    if not _is_signed(verifier, body, headers):
        return BoltResponse(status=401)
    try:
        # Bolt would decode the body in Python, ten times as slowly, and take "/quiz payload" for an interaction.
        taken = AsyncBoltRequest(mode="socket_mode", body=_payload(body.decode(), headers.get("Content-Type", "")))
    except MALFORMED as error:
        note_malformed(type(error).__name__)
        return BoltResponse(status=400)
    return await intake.take(taken)


def _is_signed(verifier: SignatureVerifier, body: bytes, headers: Mapping[str, str]) -> bool:
    stamp, signature = headers.get("X-Slack-Request-Timestamp", ""), headers.get("X-Slack-Signature", "")
    if not (_STAMP.fullmatch(stamp) and signature.isascii()):  # slack_sdk stumbles over anything else
        return False
    try:
        return verifier.is_valid(body, stamp, signature)
    except UnicodeDecodeError:
        return False


def _payload(body: str, kind: str) -> dict[str, Any]:
    """Decode a body: an event is JSON, an interaction is JSON in a field of a form, and a command is a form.

    Raises:
        ValueError: it is something else.
        RecursionError: the JSON is nested too deeply.
    """
    fields = {"payload": body} if kind.startswith("application/json") else dict(query_to_pairs(body))
    payload = json.loads(fields["payload"]) if "payload" in fields else fields
    if not isinstance(payload, dict):
        raise ValueError("not an object")  # noqa: TRY004 - as for all that isn't Slack's
    return payload


def add_install_routes(site: web.Application, flow: AsyncOAuthFlow, otherwise: str) -> None:
    """Serve the addresses that lead to Slack's consent page and that it returns people to.

    ``otherwise`` is the language for visitors whose browser asks for none that Quizbot speaks.
    """

    async def install(request: web.Request) -> web.StreamResponse:
        return await to_aiohttp_response(await flow.handle_installation(_without_body(request)))

    async def come_back(request: web.Request) -> web.StreamResponse:
        with use_language(asked_for(request) or otherwise):
            return await to_aiohttp_response(await flow.handle_callback(_without_body(request)))

    site.router.add_get(oauth.INSTALL, install)
    site.router.add_get(oauth.REDIRECT, come_back)


def _without_body(request: web.Request) -> AsyncBoltRequest:
    """Read a request that nobody signed, but not its body, which is nobody's business and may break Bolt."""
    return AsyncBoltRequest(body="", query=request.query_string, headers=dict(request.headers))
