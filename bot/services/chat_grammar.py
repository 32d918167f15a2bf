"""Typed commands into `ChatCommand`s: ``/quiz daily set 09:00 Europe/Berlin answer_with=reactions``."""

import shlex
from collections.abc import Callable, Mapping, Sequence

from bot.domain import league_options
from bot.domain.commands import ChatCommand
from bot.domain.errors import BadInput
from bot.domain.standings import Ranked, Window
from bot.i18n import gettext as _

_GROUPS = {
    "team": ("create", "join", "leave", "map", "draw", "list"),
    "daily": ("set", "preview", "show", "pause", "resume", "now", "stop"),
    "bank": ("list", "import", "review"),
    "privacy": ("export", "delete", "race"),
    "league": ("show", "invite", "join", "confirm", "decline", "leave", "set", "season", "public"),
}
_SINGLE = ("leaderboard", "stats", "help", "link", "unlink")
_DAILY_OPTIONS = (
    *("time", "zone", "days", "every", "holidays", "name", "bank", "topic", "weights", "difficulty"),
    *("answer_with", "reveal", "close_after", "thread", "together"),
)
_OPTIONS_OF_DAILY = {"daily set": _DAILY_OPTIONS, "daily preview": _DAILY_OPTIONS, "daily pause": ("name", "until")}


def is_command(text: str) -> bool:
    """Whether a message is meant for the bot."""
    return text.lstrip().startswith("/")


def parse_command(text: str) -> ChatCommand:
    """The command that a message spells; ``/quiz`` may stand before the word or be left out.

    Raises:
        BadInput: no such command, or a word that it doesn't know.
    """
    words = _words(text.strip().removeprefix("/"))
    if words and words[0].casefold() == "quiz":
        words = words[1:]
        if not words:
            return ChatCommand(name="quiz")
        word = words[0].casefold()
        if word not in _GROUPS and word not in _SINGLE:
            return ChatCommand(name="quiz", options=_quiz_options(words))
    return _named(words)


def _words(text: str) -> list[str]:
    try:
        return shlex.split(text)
    except ValueError:  # a lone quotation mark, as in "What's up"
        return text.split()


def _named(words: list[str]) -> ChatCommand:
    head = words[0].casefold() if words else ""
    rest = words[1:]
    if head == "leaderboard":
        return ChatCommand(name=head, options=_leaderboard_options(rest))
    if head == "stats" and rest:
        raise BadInput(_("Everybody sees their own figures only: /quiz stats"))
    if head in _SINGLE:
        return ChatCommand(name=head, options=_code_option(rest) if head == "link" else {})
    if head not in _GROUPS:
        raise BadInput(_("I don't know “/{word}”. Type /quiz help to see what there is.").format(word=head))
    action = rest[0].casefold() if rest else _GROUPS[head][-1 if head == "team" else 0]
    if not rest and head == "daily":
        action = "show"
    if action not in _GROUPS[head]:
        raise BadInput(
            _("“{head} {action}” isn't a command. There are: {actions}.").format(
                head=head, action=action, actions=", ".join(f"{head} {a}" for a in _GROUPS[head])
            )
        )
    return ChatCommand(name=f"{head} {action}", options=_group_options(f"{head} {action}", rest[1:]))


def _group_options(name: str, words: list[str]) -> dict[str, str]:
    if name.startswith("daily"):
        return _daily_options(words, _OPTIONS_OF_DAILY.get(name, ("name",)))
    if name in _OPTIONS_OF:
        return _OPTIONS_OF[name](words)
    if name.startswith(("team", "bank", "league")):
        return _name_option(words)
    return {}


def _name_option(words: list[str]) -> dict[str, str]:
    return {"name": " ".join(words).removeprefix("name=")} if words else {}


def _map_options(words: list[str]) -> dict[str, str]:
    return {"group": words[0], "name": " ".join(words[1:]).removeprefix("name=")} if words else {}


def _season_options(words: list[str]) -> dict[str, str]:
    return {"action": words[0].removeprefix("action=")} | _name_option(words[1:]) if words else {}


def _show_option(words: list[str]) -> dict[str, str]:
    return {"show": " ".join(words).removeprefix("show=")} if words else {}


def _switch_option(words: list[str]) -> dict[str, str]:
    return {"show": words[0].removeprefix("show=")} if words else {}


def _code_option(words: list[str]) -> dict[str, str]:
    """A code in whatever pieces it was typed."""
    return {"code": "".join(words).removeprefix("code=")} if words else {}


def _draw_options(words: list[str]) -> dict[str, str]:
    options: dict[str, str] = {}
    prefix = []
    for word in words:
        name, equals, value = word.partition("=")
        if equals and name.casefold() in {"teams", "confirm", "prefix"}:
            options[name.casefold()] = value
        elif word.isdecimal() and "teams" not in options:
            options["teams"] = word
        elif word.casefold() == "confirm":
            options["confirm"] = "yes"
        else:
            prefix.append(word)
    return options | ({"prefix": " ".join(prefix)} if prefix else {})


def _league_options(words: list[str]) -> dict[str, str]:
    options: dict[str, str] = {}
    last = None
    for word in words:
        name, equals, value = word.partition("=")
        if equals:
            last = name.casefold()
            if last not in league_options.OPTIONS:
                raise _no_option(name, league_options.OPTIONS)
            options[last] = value
        elif last == "weekly":  # weekly=monday 09:00
            options[last] += f" {word}"
        else:
            raise BadInput(
                _("I can't place “{word}”. Write options like {example}.").format(word=word, example="card=dark")
            )
    return options


def _no_option(name: str, known: Sequence[str]) -> BadInput:
    return BadInput(_("“{name}” isn't an option. There are: {options}.").format(name=name, options=", ".join(known)))


def _daily_options(words: list[str], known: Sequence[str]) -> dict[str, str]:
    options: dict[str, str] = {}
    for word in words:
        name, equals, value = word.partition("=")
        if equals:
            if name.casefold() not in known:
                raise _no_option(name, known)
            options[name.casefold()] = value
        elif free := [name for name in ("time", "zone") if name in known and name not in options]:
            options[free[0]] = word
        else:
            example = "days=mon,tue" if "days" in known else "name=evening"
            raise BadInput(
                _("I can't place “{word}”. Write options like {example}.").format(word=word, example=example)
            )
    return options


def _leaderboard_options(words: list[str]) -> dict[str, str]:
    options: dict[str, str] = {}
    for word in (word.casefold().removeprefix("window=").removeprefix("by=") for word in words):
        if word in set(Window):
            options["window"] = word
        elif word.rstrip("s") in set(Ranked):
            options["by"] = word.rstrip("s")
        else:
            raise BadInput(
                _("“{word}” isn't a window. There are: {windows}; add team for teams.").format(
                    word=word, windows=", ".join(Window)
                )
            )
    return options


def _quiz_options(words: list[str]) -> dict[str, str]:
    options = {}
    topic = []
    for word in words:
        name, equals, value = word.partition("=")
        if equals and name.casefold() in {"topic", "difficulty", "count", "private"}:
            options[name.casefold()] = value
        else:
            topic.append(word)
    return options | ({"topic": " ".join(topic)} if topic else {})


_OPTIONS_OF: Mapping[str, Callable[[list[str]], dict[str, str]]] = {
    "team map": _map_options,
    "team draw": _draw_options,
    "league join": _code_option,
    "league set": _league_options,
    "league season": _season_options,
    "league public": _switch_option,
    "privacy race": _show_option,
}
