"""Names and texts of people and banks are shown as they are on every platform, and call, link and break nothing.

Every function of bot/rendering that makes a message is found by its signature and given hostile texts for every text
that it takes; one whose arguments can't be made here fails until `MADE` or `NAMED` knows them.
"""

import enum
import importlib
import inspect
import pkgutil
import re
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from html.parser import HTMLParser
from typing import Any

import pytest

import bot.rendering
from adapters.discord import outbound as discord
from adapters.discord.fitting import length
from adapters.slack import outbound as slack
from adapters.web.looks import looks
from adapters.web.outbound import Seen
from adapters.web.pages import Pages
from bot.domain.desk import Desk, opened
from bot.domain.drafts import QuestionDraft
from bot.domain.errors import QuizbotError
from bot.domain.identity import BankId, LeagueId, QuestionId, RoundId, SpaceId
from bot.domain.kinds import kind_of
from bot.domain.mending import Portion
from bot.domain.questions import Question
from bot.domain.responses import Key, Response
from bot.domain.revisions import first_revision
from bot.domain.rounds import AnswerWith, Reveal, Round
from bot.domain.typed import Typed, typed
from bot.domain.views import MessageView
from bot.domain.writing import Mistake, Miswritten, Part, Written
from bot.ports import Post
from bot.rendering.words import literal
from bot.services.rounds.rehearsing import rehearsed
from bot.testing import document, draft
from tests.platforms.slack.blockkit import problems

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
HOSTILE = (
    "@everyone @here <@1> <@!1> <@&2> <#3> </daily set:4> <id:home>",
    "<!channel> <!here> <@U1> <#C1> <!subteam^S1> <http://x.example|y> <mailto:a@b.example|c>",
    "discord.gg/abc https://evil.example/x [here](https://evil.example) ![x](https://evil.example/y.png) <https://z.example>",
    "**bold *it _us ~~st ||sp `code ```block",
    "```\nunclosed\n> quote\n# head\n- list\n1. one",
    "~~~\n```\n~~~~\n``` ` `` ```` x",
    "\u202egnp.exe \u200b\u200d\u2066 \u0301",
    "<script>alert(1)</script> \"><img src=x onerror=alert(1)> ' & &lt; &#60; </div></article>",
    "{0} {name} %s %(x)s {{7*7}} {% raw %} \\ \\\\ \\` \ue000 \ue001",
)
LONG = ("x" * 4_000, "ẞ😀`*_" * 800)
"""As long as a question's text may be; names are short, wherever they come from."""
_LONGEST_NAME = 120


def _made() -> dict[Any, Callable[[str], Any]]:
    return {
        str: lambda text: text[:_LONGEST_NAME],
        int: lambda _text: 3,
        float: lambda _text: 0.5,
        bool: lambda _text: True,
        datetime: lambda _text: NOON,
        date: lambda _text: NOON.date(),
        time: lambda _text: time(9),
        timedelta: lambda _text: timedelta(hours=1),
        MessageView: lambda text: rehearsed(_question(text)).told,
        Question: _question,
        Key: lambda text: _question(text).key,
        QuizbotError: lambda text: Miswritten([Mistake(Part.ANSWERS, text)]),
        Round: _round,
        Response: lambda text: kind_of(_round(text)).response(frozenset({1}), _round(text)),
        Written: lambda text: Written(kind="choice", question=text, answers=text, explanation=text, topic=text),
        Typed: lambda text: typed("team draw", teams="3", prefix=" ".join(text.split())[:_LONGEST_NAME]),
    }


def _question(text: str) -> Question:
    draft = QuestionDraft(
        line=1,
        stem=text,
        choices=(text, f"b {text}", "c"),
        key=(0,),
        explanation=text,
        choice_explanations=(text, text, ""),
        topic=text,
    )
    return first_revision(draft, question_id=QuestionId(1), bank_id=BankId(2))


def _round(text: str) -> Round:
    question = _question(text)
    return Round(
        id=RoundId(5),
        space_id=SpaceId(1),
        league_id=LeagueId(1),
        channel="study",
        question_id=question.id,
        revision=1,
        key=question.key,
        select=1,
        order=tuple(choice.id for choice in question.choices),
        reveal=Reveal.ON_ANSWER,
        answer_with=AnswerWith.BUTTONS,
        opened_at=NOON,
        closes_at=NOON,
        closed_at=NOON,
    )


MADE = _made()
"""What a value of a type is, with a hostile text in it."""
NAMED: dict[str, Callable[[str], Any]] = {
    "code": lambda _text: "7QJ2-0XKD-1111",
    "zone": lambda _text: "Europe/Berlin",
    "theme": lambda _text: "dark",
    "weekly_time": lambda _text: "09:00",
    "desk": lambda text: _desk(replace(draft(text, text, f"{text}.", key=()), explanation=text, topic=text)),
}
"""The same of fields and arguments whose texts the program itself makes or checks."""


def _desk(question: QuestionDraft) -> Desk:
    return opened(document(question), [Portion(sources=(question,))])


def make(kind: Any, name: str, text: str) -> Any:
    """A value for an argument or a field."""
    kind = getattr(kind, "__supertype__", kind)
    if name in NAMED:
        return NAMED[name](text)
    if kind in MADE:
        return MADE[kind](text)
    if typing.get_origin(kind) is not None:
        return _made_of_others(typing.get_origin(kind), typing.get_args(kind), name, text)
    if isinstance(kind, type) and issubclass(kind, enum.Enum):
        return next(iter(kind))
    if is_dataclass(kind):
        hints = typing.get_type_hints(kind)
        return kind(**{one.name: make(hints[one.name], one.name, text) for one in fields(kind) if one.init})
    raise AssertionError(f"how is {name}: {kind} made? Tell MADE or NAMED")


def _made_of_others(outer: Any, inner: tuple[Any, ...], name: str, text: str) -> Any:
    """A collection with one value of each kind in it; of several kinds the first."""
    if outer is typing.Literal:
        return inner[0]
    if outer in {typing.Union, types.UnionType, typing.Annotated}:
        return make(inner[0], name, text)
    made = [make(one, name, text) for one in inner if one is not Ellipsis]
    if outer in {dict, Mapping}:
        return {made[0]: made[1]}
    return outer(made) if outer in {tuple, frozenset, set} else made


def _renderings() -> dict[str, Callable[..., MessageView]]:
    """Every public function of bot/rendering that makes a message."""
    modules = [
        importlib.import_module(one.name) for one in pkgutil.iter_modules(bot.rendering.__path__, "bot.rendering.")
    ]
    return {
        f"{module.__name__.rpartition('.')[2]}.{name}": one
        for module in modules
        for name, one in inspect.getmembers(module, inspect.isfunction)
        if one.__module__ == module.__name__ and not name.startswith("_")
        if typing.get_type_hints(one).get("return") is MessageView
    }


RENDERINGS = _renderings()


@cache
def views(name: str) -> list[MessageView]:
    """The messages of one function, for every hostile text, as it is and escaped as people's texts are."""
    function = RENDERINGS[name]
    hints = typing.get_type_hints(function)
    texts = [*HOSTILE, *map(literal, HOSTILE), *LONG]
    return [
        function(**{key: make(hints[key], key, text) for key in inspect.signature(function).parameters})
        for text in texts
    ]


@pytest.mark.parametrize("name", RENDERINGS)
def test_on_discord_it_calls_nobody_links_nowhere_and_breaks_nothing(name: str) -> None:
    for view in views(name):
        body = discord.message(view).body
        assert body["allowed_mentions"] == {"parse": [], "replied_user": False}
        texts = [body["content"], *(embed.get("description", "") for embed in body["embeds"])]
        titles = [embed["title"] for embed in body["embeds"] if "title" in embed]
        assert length(body["content"]) <= 2_000
        assert all(length(text) <= 4_096 for text in texts)
        assert all(length(title) <= 256 for title in titles)
        assert sum(map(length, [*texts[1:], *titles])) <= 6_000
        for text in (*texts, *titles):
            assert len(re.findall(r"^(?:> )?```", text, re.MULTILINE)) % 2 == 0, text
            assert not CALLS_ON_DISCORD.search(_read_by_discord(text)), text


CALLS_ON_DISCORD = re.compile(r"<(?:[@#/:]|id:|a:|t:(?!\d+:[fR]>))|\bhttps?://|\[[^\]]*\]\(")


ADDRESS = re.compile(r"<https?://[^\s<>|]+>", re.IGNORECASE)
"""A web address as a link that is its own text: readers see where it leads."""


def _read_by_discord(text: str) -> str:
    """What is left of a text to read something into: neither code nor what is escaped."""
    text = ADDRESS.sub("\u2022", text)
    bare = re.sub(r"^(?:> )?```.*?^(?:> )?```$", "", text, flags=re.MULTILINE | re.DOTALL)
    return re.sub(r"(?<!\\)(`+)(?!`).+?(?<!`)\1(?!`)", "", re.sub(r"\\[^\w\s]", "\u2022", bare))


@pytest.mark.parametrize("name", RENDERINGS)
def test_on_slack_it_calls_nobody_links_nowhere_and_breaks_nothing(name: str) -> None:
    for view in views(name):
        for content in slack.contents(view):
            assert problems(content.blocks) == []
            assert len(content.text) <= 4_000
            for marked in (content.text, *_mrkdwn(content.blocks)):
                text = ADDRESS.sub("\u2022", marked)
                assert re.findall(r"<(?!!date\^\d+\^)", text) == [], text
                assert ">" not in re.sub(r"<!date\^[^<>]*>", "", text).replace("\n>", ""), text
                assert text.count("```") % 2 == 0, text


def _mrkdwn(part: Any) -> list[str]:
    """The texts of blocks in which Slack reads markup."""
    if isinstance(part, dict):
        own = [part["text"]] if part.get("type") == "mrkdwn" else []
        return own + [text for value in part.values() for text in _mrkdwn(value)]
    return [text for value in part for text in _mrkdwn(value)] if isinstance(part, list) else []


PAGES = Pages(zone="Europe/Berlin")
_TEXT = "a b blockquote br code em hr li ol p pre s span strong summary time u ul"
_PARTS = "article details div h2 h3 img rect section svg caption table tbody td th thead tr"
_FORM = "button fieldset form input label legend option select"
ELEMENTS = frozenset(f"{_TEXT} {_PARTS} {_FORM}".split())
_OF_ELEMENTS = "alt class datetime dir height href id open role rx scope src start style tabindex width"
_OF_FORMS = "action checked disabled for hidden method name type value"
_OF_SCRIPT = "data-action data-at data-letter data-live data-order data-style data-version rel target"
ATTRIBUTES = frozenset(f"{_OF_ELEMENTS} {_OF_FORMS} {_OF_SCRIPT}".split())


class Page(HTMLParser):
    """Reads a page, and stops at what no message may hold."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in ELEMENTS, tag
        for name, value in attrs:
            assert name in ATTRIBUTES or name.startswith("aria-"), (tag, name)
            assert name != "src" or str(value).startswith(("/static/", "/images/"))
            assert name != "href" or value == "/standings" or ("rel", "noopener noreferrer nofollow") in attrs
            assert name != "action" or str(value).startswith(("/rounds/", "/say"))
        if tag not in {"br", "img", "input", "hr", "rect"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag != "rect":
            assert self.open.pop() == tag


@pytest.mark.parametrize("name", RENDERINGS)
def test_in_the_room_it_makes_no_element_of_its_own(name: str) -> None:
    for view in views(name):
        post = Post(key="q5", space_id=SpaceId(1), channel="study", view=view, posted_at=NOON)
        page = Page()
        page.feed(PAGES.render("messages.html", transcript=[Seen(post=post, receipt=view)], csrf="c"))
        assert page.open == []


@pytest.mark.parametrize("name", [name for name in RENDERINGS if name.startswith("questions.")])
def test_shown_as_on_other_platforms_it_makes_no_element_of_its_own(name: str) -> None:
    template = "{% from 'looks.html' import look with context %}{{ look(one) }}"
    for one in (one for view in views(name) for one in looks(view)):
        page = Page()
        page.feed(PAGES._environment.from_string(template).render(one=one))
        assert page.open == []


def test_every_message_of_the_bot_is_among_them() -> None:
    assert len(RENDERINGS) > 40
