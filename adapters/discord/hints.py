"""What the core's texts tell people to type, spelled as Discord's slash commands."""

import re
import shlex
from collections.abc import Callable

_SETS = re.compile(
    r"/quiz daily (?P<word>set|preview) (?P<at>\d\d?:\d\d) (?P<zone>[\w/+-]+)(?P<rest>(?: \w+=[^`\n]*(?=`))?)"
)
_TO_THE_END = r"(?!name\\?:)(?P<rest>[^`\n]+?)(?P<stop>[`\n]|$)"
_SPELLINGS: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (re.compile(rf"/(?:quiz )?team (?P<word>create|join) {_TO_THE_END}"), r"/team \g<word> name:\g<rest>\g<stop>"),
    (re.compile(r"/(?:quiz )?team map GROUP NAME\b"), "/team map group:GROUP name:NAME"),
    (re.compile(rf"/(?:quiz )?bank review {_TO_THE_END}"), r"/bank review name:\g<rest>\g<stop>"),
    (re.compile(r"/quiz team draw (\d+) confirm (?P<prefix>[^`\n]+)"), r"/team draw teams:\1 confirm:True prefix:\2"),
    (re.compile(r"/quiz team draw (\d+) confirm\b"), r"/team draw teams:\1 confirm:True"),
    (re.compile(r"/quiz team draw (\d+)"), r"/team draw teams:\1"),
    (re.compile(r"/quiz league season start NAME\b"), "/league season action:start name:NAME"),
    (re.compile(r"/quiz league join ([0-9A-Z-]+)"), r"/league join code:\1"),
    (re.compile(r"/quiz league (confirm|decline) NAME\b"), r"/league \1 name:NAME"),
    (re.compile(r"/quiz league set((?: \w+=\w+)+)"), lambda found: "/league set" + found[1].replace("=", ":")),
    (re.compile(r"/quiz link ([0-9A-Z]+-[0-9A-Z-]+)"), r"/link code:\1"),
    (re.compile(r"/quiz privacy race (on|off)\b"), r"/privacy race show:\1"),
    (re.compile(r"/quiz (team|daily|bank|privacy|league) (\w+)"), r"/\1 \2"),
    (re.compile(r"/quiz (leaderboard|stats|help|link|unlink)\b"), r"/\1"),
    (re.compile(r"/quiz TOPIC\b"), "/quiz topic:TOPIC"),
)


def respelled(text: str) -> str:
    """A text whose commands can be typed on Discord: ``/quiz team join X`` becomes ``/team join name:X``."""
    if "/" not in text:
        return text
    text = _SETS.sub(_set, text)
    for typed, here in _SPELLINGS:
        text = typed.sub(here, text)
    return text


def _set(found: re.Match[str]) -> str:
    """``09:00 Europe/Berlin days=mon,tue topic='deep nets'`` as ``time:09:00 zone:Europe/Berlin days:mon,tue …``."""
    named = [word.replace("=", ":", 1) for word in shlex.split(found["rest"])]
    return " ".join((f"/daily {found['word']}", f"time:{found['at']}", f"zone:{found['zone']}", *named))
