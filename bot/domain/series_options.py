"""Parse the words with which people set a series, except its time, zone and days."""

import re
from collections.abc import Mapping
from datetime import date, timedelta

from bot.domain.errors import BadInput
from bot.domain.names import shown
from bot.domain.rounds import AnswerWith
from bot.domain.series import HERE, Options, Series, Timetable
from bot.domain.words import (
    describe_days,
    describe_duration,
    parse_answer_with,
    parse_days,
    parse_duration,
    parse_reveal,
    parse_time,
    parse_yes,
    switched,
)
from bot.domain.zones import parse_zone, zone_words
from bot.i18n import gettext as _

LEVELS = ("easy", "medium", "hard")
ADAPTIVE = "adaptive"
FARTHEST_APART = 366
"""The most days between two questions."""
MOST_HOLIDAYS = 1_000
"""The most holidays, in days: enough for ten years of school holidays."""

_NAME = re.compile(r"[^\s=`\"]{1,40}")
_MOST_PARTS = 1_000_000
_GROUP = re.compile(r"&([A-Za-z0-9]{1,64})|<@&([0-9]{1,20})>")
"""A group as commands hold it, or as it is mentioned in a text."""
_CALLS_HERE = frozenset({HERE, "@here", "<!here>"})
_CALLS_NOBODY = frozenset({"", "none", "nobody"})
_CALLS_ALL = frozenset(
    sign + word + end for word in ("everyone", "channel") for sign, end in (("", ""), ("@", ""), ("<!", ">"))
)


def parse_timetable(options: Mapping[str, str]) -> Timetable:
    """Parse when a series asks, from ``time``, ``zone``, ``days``, ``every`` and ``holidays``.

    Raises:
        BadInput: with what was wrong.
    """
    every, days = parse_every(options.get("every", "1")), parse_days(options.get("days", "daily"))
    if every > 1 and len(days) < 7:
        raise BadInput(_("Choose either days or every, not both: every=2 counts through weekends, too."))
    return Timetable(
        at=parse_time(options["time"]),
        zone=parse_zone(options["zone"]),
        days=days,
        every=every,
        holidays=parse_holidays(options.get("holidays", "")),
    )


def parse_options(options: Mapping[str, str]) -> Options:
    """Parse how a series asks, from all its other options.

    Raises:
        BadInput: with what was wrong.
    """
    weights = parse_weights(options.get("weights", ""))
    if weights and options.get("topic"):
        raise BadInput(_("Choose either topic or weights, not both. For one topic only, weights can be data:100."))
    answer_with = parse_answer_with(options.get("answer_with", "buttons"))
    close_after = options.get("close_after")
    cards = parse_yes(options.get("cards", ""))
    if cards and answer_with is AnswerWith.REACTIONS:
        raise BadInput(_("Cards can't be answered with reactions. Leave out cards=yes, or use answer_with=buttons."))
    return Options(
        name=parse_name(options.get("name", "")),
        bank=options.get("bank") or None,
        topic=options.get("topic") or None,
        weights=weights,
        difficulty=parse_difficulty(options.get("difficulty", "")),
        answer_with=answer_with,
        reveal=parse_reveal(options.get("reveal", ""), answer_with),
        close_after=parse_duration(close_after) if close_after else None,
        thread=parse_yes(options.get("thread", "")),
        quiet=parse_yes(options.get("quiet", "")),
        together=parse_name(options.get("together", "")),
        cards=cards,
        mention=parse_mention(options.get("mention", "")),
    )


def parse_name(text: str) -> str | None:
    """Parse a series' name; an empty text gives none.

    Raises:
        BadInput: for several words, one that is too long, or one with invisible characters.
    """
    if not text:
        return None
    if not _NAME.fullmatch(text) or shown(text) != text:
        raise BadInput(_("“{text}” can't be a name here. Use one short word, like evening.").format(text=text[:60]))
    return text


def parse_mention(text: str) -> str:
    """Parse whom each question mentions; see `Series.mention`.

    Raises:
        BadInput: for everybody, even those who aren't there, or for anything that is no group.
    """
    word = text.strip()
    folded = word.casefold()
    if folded in _CALLS_NOBODY or switched(word) is False:
        return ""
    if folded in _CALLS_HERE:
        return HERE
    if folded in _CALLS_ALL:
        raise BadInput(_("I never call everyone. Write mention=here for those who are online, or mention one group."))
    if not (found := _GROUP.fullmatch(word)):
        raise BadInput(
            _("“{text}” isn't a group that I can mention. Pick it after typing @, or write here or off.").format(
                text=word[:40]
            )
        )
    return f"&{found[1] or found[2]}"


def parse_every(text: str) -> int:
    """Parse the number of days from one question to the next, such as ``2``.

    Raises:
        BadInput: for anything but a number from 1 to 366.
    """
    if not re.fullmatch(r"\d{1,3}", text.strip()) or not 1 <= int(text) <= FARTHEST_APART:
        raise BadInput(_("“{text}” isn't a number of days. Write every=2 for every second day.").format(text=text[:40]))
    return int(text)


def parse_date(text: str) -> date:
    """Parse a date such as ``2026-03-28``.

    Raises:
        BadInput: for anything else.
    """
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text.strip()):
            return date.fromisoformat(text.strip())
    except ValueError:
        pass  # like 2026-02-30, which is said in the same words
    raise BadInput(_("“{text}” isn't a date. Write it like 2026-03-28.").format(text=text[:40]))


def parse_holidays(text: str) -> frozenset[date]:
    """Parse dates such as ``2026-12-24..2027-01-06,2027-04-02``.

    Raises:
        BadInput: for anything but dates, a range that ends before it begins, or too many days.
    """
    found: set[date] = set()
    for part in filter(None, re.split(r"[,;\s]+", text)):
        start, dots, end = part.partition("..")
        first, last = parse_date(start), parse_date(end if dots else start)
        if last < first:
            raise BadInput(_("“{part}” ends before it begins. Write the earlier date first.").format(part=part))
        length = (last - first).days + 1
        if len(found) + length > MOST_HOLIDAYS:
            raise BadInput(_("That is more than {most} days without a question.").format(most=MOST_HOLIDAYS))
        found.update(first + timedelta(days=n) for n in range(length))
    return frozenset(found)


def parse_weights(text: str) -> dict[str, int]:
    """Parse each topic's share, such as ``data:20,modeling:36``.

    Raises:
        BadInput: for a part without a share, a share that isn't a positive whole number, or a repeated topic.
    """
    return _shares(text, _("“{part}” isn't a topic with its share. Write them like data:20,modeling:36."))


def parse_difficulty(text: str) -> str | None:
    """Check ``easy``, ``medium``, ``hard``, ``adaptive``, or a mix ``easy:50,medium:30,hard:20``; empty: any.

    Raises:
        BadInput: for anything else.
    """
    word = text.strip().casefold()
    if not word or word in {*LEVELS, ADAPTIVE}:
        return word or None
    message = _("“{part}” isn't a difficulty. Write easy, medium, hard, adaptive, or a mix like easy:50,hard:50.")
    shares = _shares(word, message)
    for level in shares:
        if level not in LEVELS:
            raise BadInput(message.format(part=level))
    return ",".join(f"{level}:{shares[level]}" for level in LEVELS if level in shares)


def mix_of(difficulty: str) -> dict[str, int]:
    """Return each level's share in a mix from `parse_difficulty`."""
    return _shares(difficulty, "{part}")


def _shares(text: str, message: str) -> dict[str, int]:
    shares: dict[str, int] = {}
    for part in filter(None, (one.strip() for one in text.split(","))):
        name, _colon, share = (piece.strip() for piece in part.rpartition(":"))
        number = int(share) if re.fullmatch(r"\d{1,7}", share) else 0
        if not name or not 0 < number <= _MOST_PARTS or name.casefold() in map(str.casefold, shares):
            raise BadInput(message.format(part=part[:60]))
        shares[name] = number
    return shares


def describe_holidays(days: frozenset[date]) -> str:
    """Write dates as `parse_holidays` reads them, with ranges joined."""
    parts: list[list[date]] = []
    for day in sorted(days):
        if parts and day - parts[-1][-1] == timedelta(days=1):
            parts[-1].append(day)
        else:
            parts.append([day])
    return ",".join(f"{part[0]}..{part[-1]}" if len(part) > 1 else f"{part[0]}" for part in parts)


def describe_shares(shares: Mapping[str, int]) -> str:
    """Write shares as `parse_weights` reads them."""
    return ",".join(f"{name}:{share}" for name, share in shares.items())


def options_of(series: Series) -> dict[str, str]:
    """Write a series as the options from which `parse_timetable` and `parse_options` read it; leave out empty ones."""
    timetable = series.timetable
    written = {
        "time": f"{timetable.at:%H:%M}",
        "zone": zone_words(timetable.zone),
        "days": describe_days(timetable.days),
        "every": str(timetable.every) if timetable.every > 1 else "",
        "holidays": describe_holidays(timetable.holidays),
        "name": series.name or "",
        "bank": series.bank or "",
        "topic": series.topic or "",
        "weights": describe_shares(series.weights),
        "difficulty": series.difficulty or "",
        "answer_with": series.answer_with.value,
        "reveal": series.reveal.value,
        "close_after": describe_duration(series.close_after) if series.close_after else "",
        "thread": "yes" if series.thread else "",
        "quiet": "yes" if series.quiet else "",
        "together": series.together or "",
        "cards": "yes" if series.cards else "",
        "mention": series.mention,
    }
    return {name: value for name, value in written.items() if value}
