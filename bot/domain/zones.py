"""Time zones as people name them."""

import re
from zoneinfo import available_timezones

from bot.domain.errors import BadInput
from bot.i18n import gettext as _

_FROM_UTC = re.compile(r"(?P<clock>utc|gmt) ?(?P<sign>[-+−])(?P<hours>\d{1,2})(?::?(?P<minutes>\d{2}))?")
_FIXED = "Etc/GMT"
"""With a sign and hours after it, the IANA name of a fixed distance from UTC. The sign is the reverse of everyday
use: Etc/GMT-2 is two hours ahead."""
_FARTHEST_BEHIND, _FARTHEST_AHEAD = -12, 14
_SHORT = {
    "acst": "Australia/Adelaide, Australia/Darwin",
    "aedt": "Australia/Sydney",
    "aest": "Australia/Sydney, Australia/Brisbane",
    "akst": "America/Anchorage",
    "ast": "America/Halifax, Asia/Riyadh",
    "awst": "Australia/Perth",
    "brt": "America/Sao_Paulo",
    "bst": "Europe/London",
    "cat": "Africa/Maputo",
    "cdt": "America/Chicago",
    "cest": "Europe/Berlin",
    "cst": "America/Chicago, Asia/Shanghai",
    "eat": "Africa/Nairobi",
    "edt": "America/New_York",
    "eest": "Europe/Athens",
    "est": "America/New_York",
    "hkt": "Asia/Hong_Kong",
    "hst": "Pacific/Honolulu",
    "ist": "Asia/Kolkata, Asia/Jerusalem, Europe/Dublin",
    "jst": "Asia/Tokyo",
    "kst": "Asia/Seoul",
    "mdt": "America/Denver",
    "msk": "Europe/Moscow",
    "mst": "America/Denver, America/Phoenix",
    "nzdt": "Pacific/Auckland",
    "nzst": "Pacific/Auckland",
    "pdt": "America/Los_Angeles",
    "pst": "America/Los_Angeles, Asia/Manila",
    "sast": "Africa/Johannesburg",
    "sgt": "Asia/Singapore",
    "wat": "Africa/Lagos",
    "west": "Europe/Lisbon",
    "wib": "Asia/Jakarta",
}
"""Short names of time zones, with the zones that people may mean; many names are right for only half of the year, and
some fit several zones. IANA has EST, MST and HST as zones that never change, which hardly anybody means."""


def parse_zone(text: str) -> str:
    """Return the IANA name of a time zone, in any case; ``UTC+2`` is understood, too.

    Raises:
        BadInput: there is no such zone, or it isn't clear which one is meant; the text suggests some.
    """
    wanted = text.strip().replace("_", " ").casefold()
    if from_utc := _FROM_UTC.fullmatch(wanted):
        return _fixed(text, from_utc)
    if meant := _SHORT.get(wanted):
        message = _(
            "“{text}” can mean several time zones, or is right for only half of the year. Did you mean {names}?"
        )
        raise BadInput(message.format(text=text, names=meant))
    known = {name.replace("_", " ").casefold(): name for name in available_timezones()}
    if wanted in known:
        return known[wanted]
    near = sorted(name for spelled, name in known.items() if wanted and wanted in spelled)[:3]
    if near:
        raise BadInput(_("“{text}” isn't a time zone. Did you mean {names}?").format(text=text, names=", ".join(near)))
    raise _unknown(text)


def _fixed(text: str, from_utc: re.Match[str]) -> str:
    hours = int(from_utc["hours"]) * (1 if from_utc["sign"] == "+" else -1)
    if int(from_utc["minutes"] or 0):
        raise BadInput(
            _("“{text}” isn't a whole number of hours. Write a city in your zone, like Asia/Kolkata.").format(text=text)
        )
    if not _FARTHEST_BEHIND <= hours <= _FARTHEST_AHEAD:
        raise _unknown(text)
    zone = f"{_FIXED}{-hours:+d}" if hours else "UTC"
    if from_utc["clock"] == "gmt" and hours:
        message = _("“{text}” can mean two opposite things. Write {zone}, or a city in your zone, like Europe/Berlin.")
        raise BadInput(message.format(text=text, zone=zone_words(zone)))
    return zone


def _unknown(text: str) -> BadInput:
    return BadInput(_("“{text}” isn't a time zone. Write it like Europe/Berlin or UTC.").format(text=text))


def is_fixed(zone: str) -> bool:
    """Whether a zone is named by its distance from UTC, which never changes."""
    return zone.startswith(_FIXED) and zone != _FIXED


def zone_words(zone: str) -> str:
    """Write a zone for people to read: its IANA name, or ``UTC+2`` for one with a fixed distance from UTC."""
    if not is_fixed(zone):
        return zone
    return f"UTC{-int(zone.removeprefix(_FIXED)):+d}"
