"""oauth.v2.access: exchanges a code for a token."""

from datetime import timedelta

from tests.platforms.slack.api.base import ApiError, Call, method
from tests.platforms.slack.surfaces import Json

CODE_LIFETIME = timedelta(minutes=10)


@method("oauth.v2.access", tier=4, by="nobody")
def access(call: Call) -> Json:
    app = call.server.app
    if call.args.get("client_id") != app.client_id:
        raise ApiError("invalid_client_id")
    if call.args.get("client_secret") != app.client_secret:
        raise ApiError("bad_client_secret")
    code = call.server.codes.get(str(call.args.get("code")))
    if code is None or call.server.clock.now() - code.issued > CODE_LIFETIME:
        raise ApiError("invalid_code")
    if code.used:
        raise ApiError("code_already_used")
    if code.redirect_uri not in {None, call.args.get("redirect_uri")}:
        raise ApiError("bad_redirect_uri")
    code.used = True
    organisation = code.team.organisation
    if code.for_organisation:
        # https://docs.slack.dev/enterprise-grid/organization-ready-apps: no workspace is named
        grant = call.server.install_everywhere(code.team, code.scopes)
    else:
        grant = call.server.install(code.team, code.scopes)
    return {
        "access_token": grant.token,
        "token_type": "bot",
        "scope": str(grant),
        "bot_user_id": code.team.bot.id,
        "app_id": app.id,
        "team": None if code.for_organisation else {"id": code.team.id, "name": code.team.name},
        "enterprise": {"id": organisation.id, "name": organisation.name} if organisation else None,
        "is_enterprise_install": code.for_organisation,
        "authed_user": {"id": code.installer.id},
    }
