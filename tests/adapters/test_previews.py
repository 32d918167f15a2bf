"""How other platforms will show a question is read from what they would be sent: every kind, word for word."""

import json
import subprocess
import sys
from collections.abc import Iterator

import pytest

from adapters.common.looks import Attached, Boxes, Buttons, Code, Dropdown, Group, Line, Look, Part, Picture, Title
from adapters.discord.outbound import message
from adapters.slack.outbound import contents
from adapters.web.looks import looks, styled
from bot.domain.drafts import QuestionDraft
from bot.domain.identity import BankId, QuestionId
from bot.domain.images import choice_picture, image_file
from bot.domain.revisions import first_revision
from bot.services.rounds.rehearsing import Rehearsal, rehearsed
from tests.adapters.stages.eyes import on_discord, on_slack
from tests.adapters.test_controls import DRAFTS
from tests.pictures import png


def rehearsal(draft: QuestionDraft) -> Rehearsal:
    return rehearsed(first_revision(draft, question_id=QuestionId(1), bank_id=BankId(1)))


def flat(parts: tuple[Part, ...]) -> Iterator[Part]:
    for part in parts:
        yield from flat(part.parts) if isinstance(part, Group) else [part]


def text_of(look: Look) -> str:
    """The words of a look, without its controls."""
    lines = []
    for part in (part for parts in look.messages for part in flat(parts)):
        match part:
            case Title() | Line():
                lines.append("".join(run.text for run in part.runs))
            case Code():
                lines.append(part.text)
    return "\n".join(lines)


def pressable(look: Look) -> list[str]:
    """What the controls of a look say."""
    said = []
    for part in (part for parts in look.messages for part in flat(parts)):
        match part:
            case Buttons():
                said += [one.label for one in part.buttons]
            case Boxes():
                said += part.labels
            case Dropdown():
                said.append(part.prompt)
    return said


def only_words(text: str) -> list[str]:
    return text.replace("\u200b", "").replace("•", " ").replace("│", " ").split()


@pytest.mark.parametrize("draft", DRAFTS, ids=lambda draft: draft.kind)
def test_its_words_are_those_that_people_will_read(draft: QuestionDraft) -> None:
    shown = rehearsal(draft)
    for view in (shown.asked, shown.told):
        discord, slack = looks(view)
        assert (discord.platform, slack.platform) == ("Discord", "Slack")
        sent = message(view)
        told = "\n".join(f"{embed.get('title', '')}\n{embed['description']}" for embed in sent.embeds)
        above = sent.embeds[0].get("author", {}).get("name", "")  # which Discord shows as it is
        assert only_words(text_of(discord)) == only_words(f"{above}\n" + on_discord(told).replace("\n- ", "\n"))
        assert pressable(discord) == [
            control.get("label") or control["placeholder"] for row in sent.components for control in row["components"]
        ]
        (posted,) = contents(view)
        assert pressable(slack) == [
            option["text"]["text"]
            for block in posted.blocks
            for element in block.get("elements", ())
            for option in element.get("options", [element])
            if block["type"] == "actions"
        ]
        read = "\n".join(
            on_slack(one["text"].replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))
            for block in posted.blocks
            for one in [block.get("text"), *block.get("elements", ())]
            if one and block["type"] != "actions"
        )
        assert only_words(text_of(slack).replace("∗", "*").replace("ˍ", "_")) == only_words(read.replace("ˍ", "_"))


def test_what_an_open_question_shows_tells_no_key() -> None:
    for draft in DRAFTS:
        asked = rehearsal(draft).asked
        assert draft.explanation not in json.dumps([text_of(look) for look in looks(asked)])


def test_the_order_of_choices_stays_while_one_writes() -> None:
    (draft, *_more) = DRAFTS
    assert rehearsal(draft).asked.options == rehearsal(draft).asked.options


def test_a_picture_and_a_text_that_is_too_long_are_seen_to_be_there() -> None:
    long = QuestionDraft(
        line=1,
        stem="word " * 700,
        choices=tuple(f"{n} " + "long " * 190 for n in range(12)),
        key=(0,),
        image=image_file(png()),
        image_alt="A <b>box</b>",
    )
    assert long.image
    picture = Picture("A <b>box</b>", long.image.digest)
    discord, slack = looks(rehearsal(long).asked)
    assert [part for part in flat(discord.messages[0]) if isinstance(part, Picture | Attached)] == [
        picture,
        Attached("full-text.txt"),
    ]
    assert picture in list(flat(slack.messages[0]))
    assert len(slack.messages) > 1, "what is too long for one message continues in others"


def test_pictures_that_are_yet_to_be_painted_are_told_in_words() -> None:
    curve = choice_picture(image_file(png()), "A curve", alone=True)
    draft = QuestionDraft(
        line=1, stem="Which is $x^2$?", choices=("A curve", "None"), key=(0,), choice_pictures=(curve, None)
    )
    shown = rehearsal(draft)
    for look in looks(shown.asked):
        pictures = [part for part in flat(look.messages[0]) if isinstance(part, Picture)]
        assert [part.digest for part in pictures] == ["", ""]
        assert pictures[0].alt in {"A: A curve", "B: A curve"}
        assert pictures[1].alt == "x^2"
    for look in looks(shown.told):
        assert not [part for part in flat(look.messages[0]) if isinstance(part, Picture)], "the question has them"
        title, right = [line for line in text_of(look).split("\n") if "A curve" in line]
        assert title.endswith(("Right answer: A, A curve", "Right answer: B, A curve"))
        assert right[0] in "✅✓"


def test_a_hostile_text_stays_a_text() -> None:
    hostile = "<script>alert(1)</script> **<img src=x>** `</code>` &lt;"
    draft = QuestionDraft(line=1, stem=hostile, choices=(hostile, "b"), key=(0,))
    for look in looks(rehearsal(draft).asked):
        html = "".join(styled(p.runs) for part in look.messages for p in flat(part) if isinstance(p, Title | Line))
        assert "<strong>&lt;img src=x&gt;</strong> <code>&lt;/code&gt;</code>" in html
        assert "<script" not in html
        assert "<img" not in html


def test_it_takes_no_library_of_any_platform() -> None:
    code = """
import sys
from adapters.web.looks import looks
from bot.domain.views import MessageView
assert len(looks(MessageView(title="x"))) == 2
print(*sys.modules)
"""
    run = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert {"discord", "slack_bolt", "slack_sdk"} & set(run.stdout.split()) == set()
