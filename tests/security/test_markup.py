"""Names and texts of people and banks are shown as they are on every platform, and call, link and break nothing.

Every function of bot/rendering that makes a message is given hostile texts for every text that it takes.
"""

import re
from functools import cache
from html.parser import HTMLParser
from typing import Any

import pytest

from adapters.discord import outbound as discord
from adapters.discord.fitting import length
from adapters.slack import outbound as slack
from adapters.web.looks import looks
from adapters.web.outbound import Seen
from adapters.web.pages import Pages
from bot.domain.identity import SpaceId
from bot.domain.views import MessageView
from bot.ports import Post
from bot.rendering.words import literal
from tests.platforms.slack.blockkit import problems
from tests.renderings import NOON, RENDERINGS, rendered

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


@cache
def views(name: str) -> list[MessageView]:
    """The messages of one function, for every hostile text, as it is and escaped as people's texts are."""
    return [rendered(name, text) for text in (*HOSTILE, *map(literal, HOSTILE), *LONG)]


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
