"""HTTP mode on the process's site: what Slack posts, and the way through an installation."""

from urllib.parse import parse_qsl

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.request.async_request import AsyncBoltRequest

from adapters.slack.incoming.entrance import Intake
from adapters.slack.web_api import oauth

EVENTS = "/slack/events"


def add_events_route(site: web.Application, intake: Intake) -> None:
    """Take what Slack posts; Bolt checks its signature before anything else."""

    async def take(request: web.Request) -> web.StreamResponse:
        return await to_aiohttp_response(await intake.take(await _bolt_request(request)))

    site.router.add_post(EVENTS, take)


def add_install_routes(site: web.Application, flow: AsyncOAuthFlow) -> None:
    """Lead to Slack's page of consent, and take who comes back from it."""

    async def install(request: web.Request) -> web.StreamResponse:
        return await to_aiohttp_response(await flow.handle_installation(await to_bolt_request(request)))

    async def come_back(request: web.Request) -> web.StreamResponse:
        return await to_aiohttp_response(await flow.handle_callback(await to_bolt_request(request)))

    site.router.add_get(oauth.INSTALL, install)
    site.router.add_get(oauth.REDIRECT, come_back)


async def _bolt_request(request: web.Request) -> AsyncBoltRequest:
    taken = await to_bolt_request(request)
    if taken.body or "payload" not in taken.raw_body:
        return taken
    # A command with that word in it, as in "/quiz payload": Bolt looks for an interaction in it and finds nothing.
    whole = AsyncBoltRequest(
        body=dict(parse_qsl(taken.raw_body, keep_blank_values=True)),
        headers=dict(request.headers),
        mode="socket_mode",  # the one that takes a decoded body; the signature is checked in the other
    )
    whole.mode, whole.raw_body = taken.mode, taken.raw_body
    return whole
