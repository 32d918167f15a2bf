"""The app's manifest, checked against what Slack accepts: the names, lengths and types of its fields.

Slack refuses a whole manifest for one field that is too long or that it doesn't know. The numbers are those of Slack's
own schema, https://github.com/slackapi/manifest-schema, unless said otherwise.
"""

from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from bot.i18n import gettext as _

_Address = Annotated[str, StringConstraints(pattern=r"^https?://", max_length=3_000)]
_Names = Annotated[list[Annotated[str, StringConstraints(min_length=1, max_length=50)]], Field(max_length=255)]


class _Fields(BaseModel):
    """An object with these fields and no others."""

    model_config = ConfigDict(extra="forbid", strict=True)


class _Display(_Fields):
    name: str = Field(min_length=1, max_length=35)
    description: str | None = Field(None, min_length=1, max_length=139)
    """The schema takes 140 characters, Slack itself 139: https://github.com/mastra-ai/mastra/pull/16093"""
    long_description: str | None = Field(None, min_length=175, max_length=4_000)
    background_color: str | None = Field(None, pattern=r"^#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$")


class _Home(_Fields):
    home_tab_enabled: bool = False
    messages_tab_enabled: bool = False
    messages_tab_read_only_enabled: bool = False


class _BotUser(_Fields):
    display_name: str = Field(min_length=1, max_length=80)
    always_online: bool = False


class _Shortcut(_Fields):
    name: str = Field(min_length=1, max_length=24)
    type: Literal["message", "global"]
    callback_id: str = Field(min_length=1, max_length=255)
    description: str = Field(min_length=1, max_length=150)


class _Command(_Fields):
    command: str = Field(pattern=r"^/", min_length=2, max_length=32)
    url: _Address | None = None
    description: str = Field(min_length=1, max_length=2_000)
    usage_hint: str | None = Field(None, min_length=1, max_length=1_000)
    should_escape: bool = False


class _Features(_Fields):
    app_home: _Home | None = None
    bot_user: _BotUser | None = None
    shortcuts: list[_Shortcut] = Field([], min_length=1, max_length=10)
    slash_commands: list[_Command] = Field([], min_length=1, max_length=50)
    unfurl_domains: list[str] | None = None


class _Scopes(_Fields):
    bot: _Names = []
    bot_optional: _Names = []
    user: _Names = []
    user_optional: _Names = []


class _OAuth(_Fields):
    redirect_urls: list[Annotated[str, StringConstraints(max_length=2_500)]] = Field([], max_length=1_000)
    scopes: _Scopes = _Scopes()
    token_management_enabled: bool = False
    pkce_enabled: bool = False


class _Events(_Fields):
    request_url: _Address | None = None
    bot_events: _Names = Field([], max_length=100)
    user_events: _Names = Field([], max_length=100)
    metadata_subscriptions: list[dict[str, Any]] | None = None


class _Interactivity(_Fields):
    is_enabled: bool
    request_url: _Address | None = None
    message_menu_options_url: _Address | None = None


class _Settings(_Fields):
    allowed_ip_address_ranges: list[str] | None = None
    event_subscriptions: _Events = _Events()
    interactivity: _Interactivity | None = None
    incoming_webhooks: dict[str, bool] | None = None
    org_deploy_enabled: bool = False
    socket_mode_enabled: bool = False
    token_rotation_enabled: bool = False
    is_hosted: bool = False


class _Manifest(_Fields):
    metadata: dict[str, int] | None = Field(None, alias="_metadata")
    display_information: _Display
    features: _Features = _Features()
    oauth_config: _OAuth = _OAuth()
    settings: _Settings = _Settings()


def refused_fields(text: str) -> list[str]:
    """Return what Slack would refuse in a manifest, each with its field, such as ``features.shortcuts.0.name``.

    Args:
        text: the manifest as YAML.
    """
    try:
        manifest = _Manifest.model_validate(yaml.safe_load(text))
    except yaml.YAMLError as error:
        return [_("not YAML: {reason}").format(reason=" ".join(str(error).split()))]
    except ValidationError as error:
        problems = error.errors(include_input=False, include_url=False)
        return [f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in problems]
    return _missing_addresses(manifest)


def _missing_addresses(manifest: _Manifest) -> list[str]:
    """Name the fields without an address that Slack posts to, unless the bot connects by Socket Mode."""
    settings, commands = manifest.settings, manifest.features.slash_commands
    if settings.socket_mode_enabled:
        return []
    addresses = {"settings.event_subscriptions.request_url": settings.event_subscriptions.request_url}
    if settings.interactivity is not None:
        addresses["settings.interactivity.request_url"] = settings.interactivity.request_url
    addresses |= {f"features.slash_commands.{at}.url": command.url for at, command in enumerate(commands)}
    return [
        _("{field}: needed without Socket Mode").format(field=field)
        for field, address in addresses.items()
        if not address
    ]
