"""HTTP mode: signed requests to the bot's address."""

import hashlib
import hmac
import json
import time
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import aiohttp

from tests.platforms.slack.traffic import Sent

if TYPE_CHECKING:
    from tests.platforms.slack.delivery import Attempt, Delivery
    from tests.platforms.slack.server import SlackServer


class Signature(Enum):
    """How requests are signed."""

    VALID = "as Slack does it"
    TAMPERED = "the body was changed after it was signed"
    STALE = "signed six minutes ago"
    MISSING = "not signed at all"


@dataclass(slots=True, eq=False)
class SignedHttp:
    """The transport to a bot that listens at ``url``.

    Timestamps follow the machine's clock, because the code that verifies them reads that clock, too.
    """

    server: "SlackServer"
    url: str
    signature: Signature = Signature.VALID

    async def send(self, delivery: "Delivery", attempt: "Attempt") -> None:
        """Post a delivery's payload, and wait for the answer in the background."""
        payload = delivery.payload
        if delivery.kind == "events_api":
            body, kind = json.dumps(payload), "application/json"
        else:
            form = payload if delivery.kind == "slash_commands" else {"payload": json.dumps(payload)}
            body, kind = urlencode(form), "application/x-www-form-urlencoded"
        headers = self._signed(body) | {"Content-Type": kind}
        if attempt.number:
            headers |= {"X-Slack-Retry-Num": str(attempt.number), "X-Slack-Retry-Reason": attempt.reason}
        self.server.spawn(self._post(delivery, attempt, body, headers))

    async def challenge(self) -> bool:
        """Whether the address passes Slack's check that it belongs to an app."""
        question = {"type": "url_verification", "challenge": "3eZbrw", "token": self.server.app.verification_token}
        body = json.dumps(question)
        headers = self._signed(body) | {"Content-Type": "application/json"}
        async with self.server.session.post(self.url, data=body, headers=headers) as response:
            return response.status == 200 and "3eZbrw" in await response.text()

    def _signed(self, body: str) -> dict[str, str]:
        if self.signature is Signature.MISSING:
            return {}
        stamp = str(int(time.time()) - (6 * 60 if self.signature is Signature.STALE else 0))
        signed = body[:-1] if self.signature is Signature.TAMPERED else body
        secret = self.server.app.signing_secret.encode()
        digest = hmac.new(secret, f"v0:{stamp}:{signed}".encode(), hashlib.sha256).hexdigest()
        return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}"}

    async def _post(self, delivery: "Delivery", attempt: "Attempt", body: str, headers: dict[str, str]) -> None:
        try:
            async with self.server.session.post(self.url, data=body, headers=headers) as response:
                text = await response.text()
        except aiohttp.ClientError:
            attempt.fail("connection_failed")
        else:
            self._take(delivery, attempt, response, text)

    def _take(self, delivery: "Delivery", attempt: "Attempt", response: aiohttp.ClientResponse, text: str) -> None:
        attempt.status = response.status
        sent = Sent("ack", delivery.kind, {"payload": text}, self.server.clock.now(), text.encode())
        self.server.traffic.append(sent)
        if response.ok:
            delivery.take(attempt, _decoded(text, response.content_type))
        else:
            attempt.fail("no_retry" if response.headers.get("X-Slack-No-Retry") == "1" else "http_error")


def _decoded(text: str, kind: str) -> Any:
    return json.loads(text) if text and kind == "application/json" else text
