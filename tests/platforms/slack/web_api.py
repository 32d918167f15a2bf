"""Takes every Web API call through its steps: reads, records, checks, performs and answers it."""

import base64
import json
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from aiohttp import web

from tests.platforms.slack.api import METHODS, ApiError, Call, Method
from tests.platforms.slack.identity import Grant
from tests.platforms.slack.surfaces import Json
from tests.platforms.slack.traffic import Sent

if TYPE_CHECKING:
    from tests.platforms.slack.server import SlackServer

_JSON_ARGS = {"attachments", "blocks", "files", "metadata", "view"}


@dataclass(slots=True, eq=False)
class WebApi:
    """Everything below ``/api/``."""

    server: "SlackServer"

    async def handle(self, request: web.Request) -> web.Response:
        """Answer one call."""
        sent = await _read(request, self.server.clock.now())
        self.server.traffic.append(sent)
        await self.server.faults.delay(sent)
        fault = self.server.faults.take(sent)
        if fault and not fault.after_doing:
            return await fault.answer(request, sent)
        method = METHODS.get(sent.method)
        if wait := self._wait(method, sent):
            return self.server.too_many(sent, wait)
        sent.status, sent.answer = 200, self._perform(method, sent)
        if fault:
            return await fault.answer(request, sent)
        return web.json_response(sent.answer, headers=self._scope_headers(method, sent))

    def _wait(self, method: Method | None, sent: Sent) -> int:
        if method is None:
            return 0
        grant = self.server.grants.get(sent.token or "")
        team = grant.team.id if grant else ""
        return self.server.limits.wait_for(method.name, method.tier, team, sent.args.get("channel"))

    def _perform(self, method: Method | None, sent: Sent) -> Json:
        if method is None:
            return {"ok": False, "error": "unknown_method", "req_method": sent.method}
        try:
            call = Call(self.server, method, sent.args, self._grant(method, sent.token))
            return {"ok": True, **method.run(call)}
        except ApiError as error:
            return error.answer

    def _grant(self, method: Method, token: str | None) -> Grant | None:
        if method.by == "nobody":
            return None
        if not token:
            raise ApiError("not_authed")
        if token == self.server.app.app_token and method.by == "app":
            if not set(method.scopes) <= self.server.app.app_scopes:
                raise ApiError("missing_scope", needed=",".join(method.scopes), provided="")
            return None
        grant = self.server.grants.get(token)
        if grant is None:
            raise ApiError("invalid_auth")
        if grant.refusal:
            raise ApiError(grant.refusal)
        if method.by == "app":
            raise ApiError("not_allowed_token_type")
        if not grant.allows(method.scopes):
            raise ApiError("missing_scope", needed=",".join(method.scopes), provided=str(grant))
        if len(method.scopes) == 1:  # if it depends on the channel's kind, the method itself checks more closely
            self.server.scopes_used.add(method.scopes[0])
        return grant

    def _scope_headers(self, method: Method | None, sent: Sent) -> dict[str, str]:
        grant = self.server.grants.get(sent.token or "")
        if grant is None or method is None:
            return {}
        return {"X-OAuth-Scopes": str(grant), "X-Accepted-OAuth-Scopes": ",".join(method.scopes)}


async def _read(request: web.Request, now: datetime) -> Sent:
    """Return what was sent, with its arguments from query, form or JSON."""
    raw = await request.read()
    args: dict[str, Any] = dict(request.query)
    if request.content_type == "application/json":
        args |= json.loads(raw) if raw else {}
    else:
        args |= parse_qsl(raw.decode(), keep_blank_values=True)
    for name in _JSON_ARGS & args.keys():
        if isinstance(args[name], str):
            args[name] = _decoded(args[name])
    kind, _, credentials = request.headers.get("Authorization", "").partition(" ")
    token = args.pop("token", None)
    if kind == "Bearer":
        token = credentials
    elif kind == "Basic":
        client_id, _, secret = base64.b64decode(credentials).decode().partition(":")
        args |= {"client_id": client_id, "client_secret": secret}
    return Sent("api", request.match_info["method"], args, now, raw, token)


def _decoded(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text
