"""Markup as a platform shows it: what is left of a text once its signs have done their work.

Strict where it matters: what would come to life as a mention, an emoji or a link with a preview doesn't read as it was
typed.
"""

import re
from string import ascii_uppercase

_FIRST_INDICATOR = 0x1F1E6

_DISCORD = re.compile(
    r"```(?:[\w+#.-]*\n)?(?P<block>.*?)\n?```"
    r"|(?P<ticks>`+)(?P<code>.+?)(?P=ticks)(?!`)"
    r"|\\(?P<sign>[^a-zA-Z0-9\s])"
    r"|\[(?P<label>[^\]]+)\]\([^)\s]+\)"
    r"|<(?P<address>https?://[^\s<>]+)>"
    r"|(?P<alive><(?:@[!&]?|#|:\w+:)\d+>|\bhttps?://\S+)"
    r"|(?P<markup>\*+|__?|~~|\|\||^(?:-#|>|#{1,3}) )",
    re.DOTALL | re.MULTILINE,
)
_SHOWN = ("block", "code", "sign", "label", "address")

_SLACK = re.compile(
    r"```\n?(?P<block>.*?)\n?```"
    r"|`(?P<code>[^`\n]+)`"
    r"|(?<!\w)\*(?P<bold>(?=\S)[^*\n]+?(?<=\S))\*(?!\w)"
    r"|(?<!\w)_(?P<italic>(?=\S)[^\n]+?(?<=\S))_(?!\w)"
    r"|(?<!\w)~(?P<struck>(?=\S)[^~\n]+?(?<=\S))~(?!\w)"
    r"|:(?P<emoji>(?!\d+:)[a-z0-9_+'-]+):",
    re.DOTALL,
)
_LOOKALIKES = str.maketrans({"∗": "*", "ˍ": "_", "∼": "~", "ˋ": "`", "\u200b": ""})
"""Slack has no escapes: where a sign would be markup, another one stands that looks the same, or nothing between."""
_SIGNS = {"one", "two", "three", "four"}
"""Before choices."""


def on_discord(text: str) -> str:
    """Discord's Markdown."""
    text = "\n".join(line.removeprefix("│ ") for line in text.split("\n"))
    return letters(_DISCORD.sub(_discord, text))


def _discord(found: re.Match[str]) -> str:
    if found["alive"]:
        return "(alive)"
    return next((found[name] for name in _SHOWN if found[name] is not None), "")


def letters(text: str) -> str:
    """Regional indicators as the letters that they look like."""
    return "".join(
        ascii_uppercase[ord(c) - _FIRST_INDICATOR] if 0 <= ord(c) - _FIRST_INDICATOR < len(ascii_uppercase) else c
        for c in text
    )


def on_slack(text: str) -> str:
    """Slack's mrkdwn, its tags and entities being read already; signs are left out, for letters stand beside them."""
    return _SLACK.sub(_slack, text).translate(_LOOKALIKES)


def _slack(found: re.Match[str]) -> str:
    if found["emoji"]:
        return "" if found["emoji"] in _SIGNS else "(emoji)"
    code = found["block"] or found["code"]
    return code or on_slack(found["bold"] or found["italic"] or found["struck"] or "")
