"""The pages that an installation in the browser ends on: what to do next in Slack, or why nothing was installed."""

import base64
from functools import cache
from hashlib import sha256
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup
from yarl import URL

from adapters.common.languages import html_language
from adapters.slack.text.spelling import spelled
from bot.domain.operators import Operator
from bot.domain.typed import Typed, typed
from bot.i18n import gettext
from bot.i18n import gettext as _
from bot.rendering.series import EXAMPLE

DECLINED, ORGANISATION, BROKEN = "access_denied", "organisation", "storage_error"
STALE = frozenset({"invalid_browser", "invalid_state", "missing_code", "invalid_code"})
"""Bolt's codes for an installation that took too long, was reloaded, or didn't begin at ``/slack/install``."""

_IN_SLACK = URL("https://slack.com/app_redirect")
_LONGEST_CODE = 60


@cache
def policy() -> str:
    """Return the Content-Security-Policy of the pages: nothing but their own style, which stands in them."""
    digest = base64.b64encode(sha256(_style().encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
    )


@cache
def _style() -> str:
    return (Path(__file__).parent / "templates" / "page.css").read_text(encoding="utf-8")


def installed(workspace: str, *, app_id: str, team_id: str, operator: Operator | None) -> str:
    """Return the page that confirms an installation, says what to do next, and links back to Slack."""
    return _page(
        title=_("Quizbot is now in {workspace}").format(workspace=workspace),
        text="",
        address=str(_IN_SLACK.with_query(app=app_id, team=team_id)),
        operator=operator,
        daily=_spelled(EXAMPLE),
        help=_spelled(typed("help")),
    )


def refused(reason: str, *, start: str, operator: Operator | None) -> str:
    """Return the page that says why nothing was installed, and links to another try.

    Args:
        reason: a code, see `reason_code`.
        start: the address where an installation begins.
        operator: the contact that the page names; None: no contact.
    """
    title, text = _explained(reason)
    return _page(title=title, text=text, address=start, operator=operator, daily="", help="")


def reason_code(given: str) -> str:
    """Return Bolt's or Slack's code for why nothing was installed; ``unknown_error`` for what a visitor made up.

    The code comes in the page's address, so anything may stand there: only a code is shown and logged.
    """
    is_code = given.isascii() and given.replace("_", "").isalnum() and len(given) <= _LONGEST_CODE
    return given if is_code else "unknown_error"


def _explained(reason: str) -> tuple[str, str]:
    nothing = _("Nothing was installed")
    if reason == DECLINED:
        return nothing, _("You cancelled on Slack's page. If you change your mind, start again.")
    if reason in STALE:
        return nothing, _("This link has expired or was already used. Start again, and finish in the same browser.")
    if reason == ORGANISATION:
        return nothing, _(
            "Quizbot can't be installed for a whole organization, only in one workspace at a time. Start again, and "
            "choose a workspace on Slack's page."
        )
    if reason == BROKEN:
        return _("Something broke here"), _("Please try again in a few minutes.")
    return nothing, _("Slack says: {reason}").format(reason=reason)


def _spelled(command: Typed) -> Markup:
    return Markup("<code>{}</code>").format(spelled(str(command)))


def _page(**values: object) -> str:
    return _template().render(values, style=Markup(_style()))  # noqa: S704 - our own file


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("adapters.slack"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {"_": gettext, "language": html_language}
    return environment.get_template("page.html")
