"""A Slack on loopback, for tests: the real slack-bolt and slack_sdk talk to it once their ``base_url`` points to it.

It serves the Web API, Socket Mode, signed HTTP requests, interactivity and response_url, and refuses what Slack
refuses, with Slack's error codes. A test builds workspaces, lets people act, and checks what they see::

    async with SlackServer(clock=clock, scopes=manifest_scopes) as slack:
        team = slack.add_team()
        channel = team.add_channel("study")
        ada = team.add_user("Ada", admin=True)
        ...                                              # start the bot: slack.api_base, team.bot_token, slack.app
        await slack.socket.connected()

        asked = await ada.slash("/quiz", "leaderboard week", channel)
        await asked.acked()                              # AssertionError where that took more than three seconds
        receipt = await asked.reply()                    # from the acknowledgement or the response_url

        question = await channel.sees("Which one?")      # waits; compares with what people see
        clicked = await ada.press(question, "B")         # or click(question, action_id, value)
        await ada.sees("Noted: B")                       # private messages
        await ada.check(question, "choices", ["A", "C"])  # then press "Submit": state.values carries them
        await ada.react(question, "one")

People act: `slash`, `click`, `press`, `check`, `react`, `unreact`, `shortcut`, `submits`, `closes`, `opens_home`,
`says`, `uploads`, `joins`, and `forge` for what no honest client sends. Channels: `archive`, `unarchive`, `delete`,
`remove_bot`, `invite_bot`, `refuse_bot`. Workspaces: `joined_by`. The server: `uninstall`, `revoke`. Nearly all return
a `Delivery`. If Slack wouldn't send it at all (a subscription, scope, membership or installation is missing), its
``withheld`` says why.

Transport: Socket Mode is on from the start; ``slack.socket`` can `disconnect` (with a reason), `drop` and `mute`.
``http = slack.post_to(url)`` switches to HTTP mode; ``http.signature = Signature.TAMPERED`` and the like spoil the
requests after it. Events that nobody acknowledges are sent three more times. ``with slack.held():`` keeps deliveries
back; `Delivery.send` sends one later, in any order, and `Delivery.again` repeats one. ``slack.stop()`` and
``slack.start()`` make an outage.

Installing: ``slack.oauth_code(team, ada)`` is the code that a browser would bring back; ``/oauth/v2/authorize``
redirects with such a code, too. ``add_team(organisation=Organisation())`` is a workspace of Enterprise Grid: people's
ids begin with W; with ``for_organisation=True`` the code is for all of its workspaces.

Trouble: ``slack.fail_next(500, "chat.update", after_doing=True)``, `DROPPED` for a lost connection,
``slack.slow(method, seconds)``, ``slack.limits.on = True`` for rate limits (``slack.limits.refused`` counts every 429).

Afterwards: ``slack.requests``, ``slack.calls(method)``, ``slack.refusals("missing_scope")``, ``slack.pings()``,
``slack.occurrences("the key", before=closing)``, ``slack.scopes_used``, ``message.edits``, ``slack.render(surface)``.

Time: ts, rate limits, response_urls, triggers and codes follow ``clock``. Acknowledgements, retries and signatures
follow the machine's clock, as the code under test does. The SDK reads proxies from the environment: clear
``HTTP_PROXY`` and ``HTTPS_PROXY`` in tests.
"""

from tests.platforms.slack.delivery import Attempt, Delivery
from tests.platforms.slack.faults import DROPPED
from tests.platforms.slack.identity import App, Organisation
from tests.platforms.slack.mrkdwn import pings
from tests.platforms.slack.people import User
from tests.platforms.slack.rendering import render
from tests.platforms.slack.scopes import BOT_SCOPES, EVENTS
from tests.platforms.slack.server import SlackServer
from tests.platforms.slack.signed_http import Signature
from tests.platforms.slack.surfaces import Message, View
from tests.platforms.slack.traffic import Sent
from tests.platforms.slack.workspace import Channel, Team

__all__ = [
    "BOT_SCOPES",
    "DROPPED",
    "EVENTS",
    "App",
    "Attempt",
    "Channel",
    "Delivery",
    "Message",
    "Organisation",
    "Sent",
    "Signature",
    "SlackServer",
    "Team",
    "User",
    "View",
    "pings",
    "render",
]
