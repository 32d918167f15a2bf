"""Writing questions in the room, over the wire: the form, its previews, its mistakes, and who may do what."""

import re
from html.parser import HTMLParser
from typing import Any

import pytest

from adapters.web.door import FRAGMENT_HEADER, PAGE_HEADER
from bot.domain.kinds import KINDS
from bot.domain.questions import Question
from bot.domain.writing import LONGEST
from bot.services.banks.storing import bank_questions, import_document
from bot.testing import document
from tests.adapters.web.test_pictures import IN_HTML, PICTURED

OpenRoom = Any  # the fixtures' classes: test folders aren't packages
Person = Any

SCRIPT = {FRAGMENT_HEADER: "1"}
ADD, SUGGEST = "/questions/add", "/questions/suggest"
RARE = {
    "kind": "choice",
    "question": "Which metric fits **rare** positives?",
    "answers": "* Recall\r\n> It finds them.\r\nAccuracy\r\nR² & <i>more</i>",
    "explanation": "Because `it` says so.",
    "topic": "metrics",
}
HOSTILE = '</textarea><script>alert(1)</script>"><img src=x onerror=alert(1)> {{7*7}} **b**'


class Fields(HTMLParser):
    """The form's fields: their attributes, and what is in them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.of: dict[str, dict[str, str | None]] = {}
        self._area = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        name = said.get("name") or ""
        if tag in {"select", "input", "textarea"} and name not in {"", "csrf"} and name not in self.of:
            self.of[name] = {**said, "value": said.get("value") or ""}
            self._area = name if tag == "textarea" else ""
        if tag == "option" and "selected" in said:
            self.of.setdefault("kind", {})["value"] = said["value"]

    def handle_data(self, data: str) -> None:
        if self._area:
            self.of[self._area]["value"] = f"{self.of[self._area]['value']}{data}"

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.of[self._area]["value"] = str(self.of[self._area]["value"]).removeprefix("\n")
            self._area = ""

    def __getitem__(self, name: str) -> str:
        return str(self.of[name]["value"])


async def stored(room: OpenRoom, bank: str = "Written here") -> list[Question]:
    _bank, questions = await bank_questions(room.app, bank, await room.space_id())
    return questions


async def test_a_host_previews_a_question_and_then_stores_it(room: OpenRoom) -> None:
    ada = await room.person("Ada")
    assert "Write" in ada.text
    await ada.get(ADD)
    assert "It appears once the question and its answers are written." in ada.text
    previewed = await ada.post(ADD, RARE | {"do": "preview", "bank": "Ours"})
    assert previewed.status == 200
    for platform in ("Here in the room", "On Discord", "On Slack"):
        assert platform in ada.text
    assert ada.page.count("Which metric fits <strong>rare</strong> positives?") == 3
    assert ada.text.count("It finds them.") == 4, "in the field, and in each of the three results"
    fields = Fields(ada.page)
    assert {name: fields[name].replace("\r\n", "\n") for name in RARE} == {
        name: text.replace("\r\n", "\n") for name, text in RARE.items()
    }
    assert fields["bank"] == "Ours"

    sent = await ada.post(ADD, RARE | {"do": "send", "bank": "Ours"})
    assert sent.url.path == "/"
    assert "Stored!" in ada.text
    (question,) = await stored(room, "Ours")
    assert (question.stem, question.explanation, question.topic) == (
        RARE["question"],
        RARE["explanation"],
        RARE["topic"],
    )
    assert [choice.explanation for choice in question.choices] == ["It finds them.", "", ""]


async def test_a_preview_stores_nothing_and_nothing_in_it_can_be_pressed(room: OpenRoom) -> None:
    ada = await room.person("Ada")
    await ada.get(ADD)
    for path in (ADD, SUGGEST):
        await ada.post(path, RARE | {"do": "preview"})
        preview = ada.page[ada.page.index('id="previews"') :].partition('<section class="card others"')[0]
        outside = re.sub(r"<fieldset class=\"look on-room\" disabled>.*?</section>", "", preview, flags=re.DOTALL)
        assert re.findall(r"<(?:button|input|select)(?![^>]*disabled)[^>]*>", outside) == []
    await ada.say("/quiz question suggestions")
    assert "No suggestions are waiting" in ada.text
    await ada.say("/quiz bank list")
    assert "Written here" not in ada.text


async def test_every_mistake_stands_at_its_field_and_nothing_is_lost(room: OpenRoom) -> None:
    ada = await room.person("Ada")
    await ada.get(ADD)
    wrong = {"kind": "blanks", "question": "No gap", "answers": "a", "explanation": HOSTILE, "topic": "x" * 101}
    refused = await ada.post(ADD, wrong | {"do": "send"})
    assert refused.status == 400
    fields = Fields(ada.page)
    assert {name: fields[name] for name in wrong} == wrong
    bad = {name for name, said in fields.of.items() if said.get("aria-invalid") == "true"}
    assert bad == {"question", "topic"}
    for name in bad:
        (told,) = [one for one in str(fields.of[name]["aria-describedby"]).split() if one.startswith("wrong-")]
        assert f'id="{told}"' in ada.page
    assert [name for name, said in fields.of.items() if "autofocus" in said] == ["question"]
    assert "<script>alert" not in ada.page
    assert "<img src=x" not in ada.page
    assert "<b>b</b>" not in ada.page


@pytest.mark.parametrize("kind", KINDS)
async def test_the_form_says_how_the_answers_of_each_kind_are_written(room: OpenRoom, kind: str) -> None:
    ada = await room.person("Ada")
    await ada.get(f"{ADD}?kind={kind}")
    assert Fields(ada.page)["kind"] == kind
    assert f'<p data-kind="{kind}">' in ada.page
    (sheet,) = re.findall(r'href="(/static/writing\.css[^"]*)"', ada.page)
    assert f'[data-kind="{kind}"]' in await (await ada.get(sheet)).text(), "the page shows it with its kind alone"


async def test_the_preview_of_an_edit_has_the_picture(room: OpenRoom) -> None:
    ada = await room.person("Ada")
    await import_document(room.app, document(PICTURED), bank="Drawn", space_id=await room.space_id())
    (question,) = await stored(room, "Drawn")
    edit = {"kind": "choice", "question": "Which?", "answers": "A queue\n* A topic", "do": "preview"}
    await ada.get(f"/questions/edit?id={question.id}")
    await ada.post(f"/questions/edit?id={question.id}", edit)
    assert question.image
    assert ada.page.count(f'<img class="picture" src="/images/{question.image.digest}" alt="{IN_HTML}">') == 3


async def test_where_formulas_are_only_source_the_preview_shows_what_their_picture_tells(room: OpenRoom) -> None:
    ada = await room.person("Ada")
    await ada.get(ADD)
    await ada.post(ADD, {"kind": "short", "question": "What is $x^2$ for 3?", "answers": "9", "do": "preview"})
    assert ada.page.count("A picture: x^2") == 2
    assert ada.page.count("<code>x^2</code>") == 2
    assert "<math" in ada.page


async def test_a_question_is_edited(room: OpenRoom) -> None:
    ada = await room.person("Ada")
    await ada.get(ADD)
    await ada.post(ADD, RARE | {"do": "send"})
    (question,) = await stored(room)
    edit = f"/questions/edit?id={question.id}"
    await ada.get(edit)
    assert Fields(ada.page)["question"] == RARE["question"]
    await ada.post(edit, RARE | {"question": "Which one finds **most**?", "do": "preview"})
    assert ada.page.count("Which one finds <strong>most</strong>?") == 3
    await ada.post(edit, RARE | {"question": "Which one finds **most**?", "do": "send"})
    (edited,) = await stored(room)
    assert (edited.id, edited.revision, edited.stem) == (question.id, 2, "Which one finds **most**?")
    assert (await ada.get("/questions/edit?id=7")).status == 404
    assert (await ada.get("/questions/edit?id=x")).status == 404


async def test_a_member_suggests_and_a_host_changes_it_and_takes_it(room: OpenRoom) -> None:
    ada, bob = await room.person("Ada"), await room.person("Bob")
    assert "Suggest" in bob.text
    await bob.get(SUGGEST)
    assert 'name="bank"' not in bob.page
    await bob.post(SUGGEST, RARE | {"do": "preview"})
    assert "On Discord" in bob.text
    await bob.post(SUGGEST, RARE | {"do": "send"})
    assert "Thank you!" in bob.text
    await ada.get(ADD)
    (look,) = re.findall(r'<button name="press" value="([^"]*)">See what members suggest', ada.page)
    await ada.post("/say", {"press": look})
    (change,) = re.findall(r'value="(/quiz question add suggestion=\d+)"', ada.page)
    opened = await ada.post("/say", {"press": change})
    assert opened.url.path == ADD
    assert Fields(ada.page)["question"] == RARE["question"]
    await ada.post(str(opened.url.relative()), RARE | {"question": "Better asked?", "do": "send", "bank": "Ours"})
    (question,) = await stored(room, "Ours")
    assert question.stem == "Better asked?"
    await room.deliver()
    await bob.get()
    assert "your question is in!" in bob.text


async def test_what_a_host_made_of_a_suggestion_outlives_another_hosts_decision(room: OpenRoom) -> None:
    ada, bob = await room.person("Ada"), await room.person("Bob")
    await bob.get(SUGGEST)
    await bob.post(SUGGEST, RARE | {"do": "send"})
    await ada.say("/quiz question suggestions")
    change, decline = (
        re.findall(rf'value="(/quiz question {command}[^"]*)"', ada.page)[0] for command in ("add", "decline")
    )
    opened = (await ada.post("/say", {"press": change})).url.relative()
    await ada.post("/say", {"press": decline})
    refused = await ada.post(str(opened), RARE | {"question": "Mine now?", "do": "send", "bank": "Ours"})
    assert refused.status == 404
    assert "This suggestion isn't waiting any more" in ada.text
    assert Fields(ada.page)["question"] == "Mine now?"
    (action,) = re.findall(r'action="([^"]*)" class="card stack" id="writing"', ada.page)
    await ada.post(action, RARE | {"question": "Mine now?", "do": "send", "bank": "Ours"})
    (question,) = await stored(room, "Ours")
    assert question.stem == "Mine now?"


async def test_what_was_corrected_outlives_the_form_that_it_was_kept_in(room: OpenRoom) -> None:
    ada = await room.person("Ada")
    await ada.say("/quiz question suggest kind=number question=Heavy? answers=many")
    (again,) = re.findall(r'value="(/quiz question suggest again=\d+)"', ada.page)
    opened = (await ada.post("/say", {"press": again})).url.relative()
    (action,) = re.findall(r'action="([^"]*)" class="card stack" id="writing"', ada.page)
    assert action == str(opened)
    await ada.post(action, RARE | {"do": "send"})
    assert "Thank you!" in ada.text
    refused = await ada.post(action, RARE | {"question": "Corrected?", "do": "send"})
    assert refused.status == 404
    assert "That form is gone" in ada.text
    assert Fields(ada.page)["question"] == "Corrected?"
    (action,) = re.findall(r'action="([^"]*)" class="card stack" id="writing"', ada.page)
    await ada.post(action, RARE | {"question": "Corrected?", "do": "send"})
    assert "Thank you!" in ada.text


async def test_the_pages_script_gets_previews_and_is_told_which_page_to_open(room: OpenRoom) -> None:
    ada = await room.person("Ada")
    await ada.get(ADD)
    fresh = await ada.client.post(ada.base + ADD, data={"csrf": ada.csrf, "do": "preview", **RARE}, headers=SCRIPT)
    html = await fresh.text()
    assert fresh.status == 200
    assert "<html" not in html
    assert "On Slack" in html
    missing = {"csrf": ada.csrf, "do": "preview", "kind": "choice", "question": "", "answers": ""}
    nothing = await (await ada.client.post(ada.base + ADD, data=missing, headers=SCRIPT)).text()
    assert 'data-said="Write what is asked."' in nothing
    typed = {"csrf": ada.csrf, "text": "/quiz question add kind=number"}
    opens = await ada.client.post(ada.base + "/say", data=typed, headers=SCRIPT)
    assert opens.headers[PAGE_HEADER] == "/questions/add?kind=number" or opens.headers[PAGE_HEADER] == ADD


async def test_the_longest_texts_in_any_script_are_taken(room: OpenRoom) -> None:
    await room.person("Ada")
    bob = await room.person("Bob")
    long = "\u0915" * LONGEST
    await bob.get(SUGGEST)
    sent = await bob.post(
        SUGGEST, {"kind": "card", "question": long, "answers": long, "explanation": long, "do": "send"}
    )
    assert (sent.status, sent.url.path) == (200, "/")
    assert "Thank you!" in bob.text


async def test_an_address_stores_nothing(room: OpenRoom) -> None:
    ada = await room.person("Ada")
    await ada.get(f"{ADD}?question=Sneaked+in%3F&answers=yes&kind=short")
    assert "Sneaked" not in Fields(ada.page)["question"]
    await ada.say("/quiz bank list")
    assert "Written here" not in ada.text


async def test_a_bank_that_cannot_be_used_is_said_above_the_form(room: OpenRoom) -> None:
    ada = await room.person("Ada")
    await ada.get(ADD)
    refused = await ada.post(ADD, RARE | {"do": "send", "bank": "no/slash"})
    assert refused.status == 400
    assert "can't be a bank's name" in ada.text
    assert Fields(ada.page)["question"] == RARE["question"]
