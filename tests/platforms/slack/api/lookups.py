"""Tells who is who: auth.*, users.*, usergroups.*, bots.info, team.info; also gives the link for Socket Mode."""

from tests.platforms.slack.api.base import ApiError, Call, method
from tests.platforms.slack.surfaces import Json


@method("auth.test", tier=4)
def auth_test(call: Call) -> Json:
    """Tell whose a token is: https://docs.slack.dev/reference/methods/auth.test."""
    team = call.team
    organisation = call.grant.organisation if call.grant else None
    if organisation is not None:
        return {
            "url": "https://study.enterprise.slack.com/",
            "team": organisation.name,
            "user": team.bot.handle,
            "team_id": organisation.id,
            "user_id": team.bot.id,
            "bot_id": team.bot_id,
            "enterprise_id": organisation.id,
            "is_enterprise_install": True,
        }
    in_one = {"enterprise_id": team.enterprise_id} if team.enterprise_id else {}
    return in_one | {
        "url": f"https://{team.domain}.slack.com/",
        "team": team.name,
        "user": team.bot.handle,
        "team_id": team.id,
        "user_id": team.bot.id,
        "bot_id": team.bot_id,
        "is_enterprise_install": False,
    }


@method("auth.revoke", tier=3)
def auth_revoke(call: Call) -> Json:
    """Revoke the token of this call: https://docs.slack.dev/reference/methods/auth.revoke."""
    assert call.grant is not None
    call.grant.refusal = "token_revoked"
    return {"revoked": True}


@method("apps.connections.open", "connections:write", tier=1, by="app")
def connections_open(call: Call) -> Json:
    return {"url": call.server.socket.link()}


@method("users.info", "users:read", tier=4)
def users_info(call: Call) -> Json:
    user = call.user().as_json(locale=call.flag("include_locale"))
    if call.grant and call.grant.allows(["users:read.email"]):
        user["profile"]["email"] = f"{user['name']}@example.org"
    return {"user": user}


@method("users.list", "users:read", tier=2)
def users_list(call: Call) -> Json:
    page, cursor = call.page(list(call.team.users.values()))
    return {"members": [one.as_json() for one in page], **cursor}


@method("usergroups.list", "usergroups:read", tier=2)
def usergroups_list(call: Call) -> Json:
    users = call.flag("include_users")
    return {"usergroups": [one.as_json(users=users) for one in call.team.groups.values()]}


@method("usergroups.users.list", "usergroups:read", tier=2)
def usergroups_users(call: Call) -> Json:
    group = call.team.groups.get(call.need("usergroup"))
    if group is None:
        raise ApiError("no_such_subteam")
    return {"users": [one.id for one in group.members]}


@method("bots.info", "users:read", tier=3)
def bots_info(call: Call) -> Json:
    team = call.team
    if call.args.get("bot") not in {None, team.bot_id}:
        raise ApiError("bot_not_found")
    bot = {"id": team.bot_id, "deleted": False, "name": team.bot.name, "app_id": team.app.id, "user_id": team.bot.id}
    return {"bot": bot}


@method("team.info", "team:read", tier=3)
def team_info(call: Call) -> Json:
    team = call.team
    return {"team": {"id": team.id, "name": team.name, "domain": team.domain, "email_domain": "", "icon": {}}}
