"""axe finds nothing on any page of the room: in the light on a desktop, and in the dark at the width of 400 % zoom.

The pages come from the room's routes, so a new one without a row in `PAGES` fails. Each is opened once, then resized
and recoloured. `make soak` asks every rule at both widths in both colours, with more kinds of question in the room.
"""

from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Page, expect

from adapters.web.routes import ROUTES
from bot.domain.drafts import ParsedDocument, QuestionDraft
from bot.domain.identity import RoundId
from bot.domain.images import image_file
from bot.services.banks.storing import import_document
from bot.services.rounds.closing import close_round
from tests.adapters.stages.questions import BLANKS, CARD, MATCH, METRIC, NUMBER, ORDER, PAIR, STATEMENT
from tests.e2e.pages import CONTRASTS, ask_until_closed, choice, key_of, messages, say
from tests.pictures import png
from tests.soak import LONG

PAGES = {
    "/": ("/",),
    "/join": (),  # what a stranger sees at "/", which the test begins with
    "/host": ("/host?token={token}",),
    "/sign-in": ("/sign-in?key=used",),
    "/me": ("/me",),
    "/me/data": ("/me/data",),
    "/me/delete": ("/me/delete",),
    "/people": ("/people",),
    "/people/code": ("/people/code",),
    "/hosting": ("/hosting",),
    "/hosting/daily": ("/hosting/daily", "/hosting/daily?series={series}"),
    "/hosting/daily/stop": ("/hosting/daily/stop?series={series}",),
    "/hosting/banks": ("/hosting/banks",),
    "/hosting/bank": ("/hosting/bank?bank=ours",),
    "/hosting/bank/delete": ("/hosting/bank/delete?bank=ours",),
    "/hosting/question": ("/hosting/question?id={question}",),
    "/hosting/question/withdraw": ("/hosting/question/withdraw?id={question}",),
    "/hosting/league": ("/hosting/league",),
    "/hosting/league/ask": ("/hosting/league/ask?do=season-end",),
    "/standings": ("/standings", "/standings?by=team", "/standings?by=question&window=all"),
    "/questions/add": ("/questions/add",),
    "/questions/edit": ("/questions/edit?id={question}",),
    "/questions/pictures": ("/questions/pictures?id={question}",),
    "/questions/suggest": ("/questions/suggest",),
    "/import": ("/import",),
    "/import/{number}": ("/import/{file}",),
    "/import/{number}/example": ("/import/{file}/example",),
}
"""The addresses of each page, by its route, for a host."""

NO_PAGES = {"/events", "/transcript", "/images/{digest}", "/me/data.json", "/standings/card", "/hosting/bank/export"}
"""What a page or a person fetches, and what is no page itself."""

LOOKS = [(1280, "light"), (320, "dark"), *([(1280, "dark"), (320, "light")] if LONG else [])]

CHEAPER = {"color-contrast": {"enabled": LONG}}
"""axe takes ten times as long for its contrasts as `CONTRASTS` does, which looks at the same."""
OF_WIDTH = ["scrollable-region-focusable", "target-size"]
"""The other rules whose verdict may change with the look: after the first look, only these are asked again."""

STICKS_OUT = """[document.documentElement, ...document.querySelectorAll("header nav")]
    .some((e) => e.scrollWidth > e.clientWidth)"""
"""Whether one has to scroll sideways to see all of the page or of its links."""

PASTED = "1. Which of these runs code?\nA. Lambda\nB. Glacier\n\n2. Which one is a queue?\nA. SNS\nB. SQS\nAnswer: B\n"

HEBREW = QuestionDraft(
    line=99,
    stem="מה מראה **התרשים**?",
    choices=("תור", "A topic"),
    key=(0,),
    topic="תרשימים",
    explanation="כך כתוב.",
    image=image_file(png(200, width=80, height=40)),
    image_alt="שלוש תיבות",
)


def test_every_page_of_the_room_has_a_row() -> None:
    assert {path for method, path, *_rest in ROUTES if method == "GET"} == {*PAGES, *NO_PAGES}


@pytest.mark.timeout(600)
@pytest.mark.asyncio(loop_scope="session")  # where the browser lives
async def test_axe_finds_nothing_on_any_page(room: Any) -> None:
    ada = await room.visitor(reduced_motion="reduce")  # what is still fading in has no contrast
    found = [*await violations(ada, "join"), *await of_those_who_join(ada)]
    found += await of_the_room(room, ada)
    known = await prepared(room, ada)
    for address in [address for addresses in PAGES.values() for address in addresses]:
        opened = await ada.goto(room.address + address.format(**known))
        assert opened is not None
        assert opened.ok, address
        found += await violations(ada, address)
    found += await of_forms(room, ada, known)
    room.problems.clear()  # Chromium complains of pages that say what is wrong
    assert found == []


async def violations(page: Page, name: str) -> list[str]:
    """What axe finds on the page as it stands, of any level, and whether the page is wider than the screen."""
    await page.evaluate(files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8"))
    found = []
    for number, (width, scheme) in enumerate(LOOKS):
        await page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # one of the two that there are
        await page.set_viewport_size({"width": width, "height": 3_000})  # so high that the message box covers nothing
        options = {"resultTypes": ["violations"], "preload": False}
        options |= {"runOnly": OF_WIDTH} if number and not LONG else {"rules": CHEAPER}
        found += [f"{name}, {width} {scheme}: {low}" for low in await page.evaluate(CONTRASTS)]
        told = await page.evaluate("options => axe.run(options)", options)
        found += [
            f"{name}, {width} {scheme}: {one['id']} ({one['impact']}): {node['html']}"
            for one in told["violations"]
            for node in one["nodes"]
        ]
        if await page.evaluate(STICKS_OUT):
            found.append(f"{name}, {width}: sticks out at the side")
    return found


async def of_those_who_join(page: Page) -> list[str]:
    """Join with a name that can't be one, then with one that can."""
    await page.get_by_label("Your name").fill("Quizbot")
    await page.get_by_role("button", name="Join the room").click()
    await page.locator("[aria-invalid]").wait_for()
    found = await violations(page, "join with a mistake")
    await page.get_by_label("Your name").fill("Ada")
    await page.get_by_role("button", name="Join the room").click()
    await page.get_by_role("log").wait_for()
    return found


async def of_the_room(room: Any, page: Page) -> list[str]:
    """Play: an open question; then a verdict, a result, a reply, and questions of other kinds."""
    kinds = [HEBREW, NUMBER, STATEMENT, CARD, *([BLANKS, ORDER, MATCH] if LONG else [])]
    found = await violations(page, "an open question")
    await choice(page, "B").click()
    await page.get_by_text("Only you can see this").first.wait_for()
    await say(page, "/daily now")
    await page.get_by_text("This week so far").first.wait_for()
    await import_document(room.app, ParsedDocument(format="quizbot", questions=(PAIR, *kinds)), bank="kinds")
    for number, kind in enumerate(kinds, start=4):
        await say(page, f"/quiz {kind.topic}")
        await expect(messages(page)).to_have_count(number)
    await ask_until_closed(room.app, str(PAIR.topic))
    await page.get_by_label("Your answer in bits").fill("three")
    await page.get_by_label("Your answer in bits").press("Enter")
    await page.get_by_text("I can't read that as a number").first.wait_for()
    await say(page, "/stats")
    await page.get_by_text("Your answers so far").first.wait_for()
    return found + await violations(page, "a room with everything in it")


async def prepared(room: Any, page: Page) -> dict[str, str]:
    """Have the room hold what its pages are about, and return what their addresses say."""
    space = await room.app.storage.read(lambda unit: unit.spaces.known_as("web", "local"))
    ours = ParsedDocument(format="quizbot", questions=(METRIC, HEBREW))
    await import_document(room.app, ours, bank="ours", space_id=space.id)
    await say(page, f"/quiz {METRIC.topic}")
    question = messages(page).filter(has_text=METRIC.stem)
    await choice(question, "A").click()
    await question.get_by_text("Only you can see this").wait_for()
    await close_round(room.app, RoundId(int((await key_of(question)).removeprefix("q"))))
    await say(page, "/team create שועלים")
    await page.get_by_text("שועלים").last.wait_for()
    await page.goto(f"{room.address}/standings")
    await page.get_by_role("button", name="Make a public link").click()
    await page.goto(f"{room.address}/people")
    await page.get_by_role("button", name="Make a class code").click()
    await page.goto(f"{room.address}/import")
    await page.get_by_label("… or paste the questions here").fill(PASTED)
    await page.get_by_role("button", name="Show what it holds").click()
    await page.get_by_role("heading", name="2 questions found").wait_for()
    file = page.url.rpartition("/")[2]
    await page.goto(f"{room.address}/hosting")
    series = await page.get_by_role("link", name="Change").first.get_attribute("href")
    await page.goto(f"{room.address}/hosting/bank?bank=ours")
    played = await page.get_by_role("link", name=METRIC.stem).get_attribute("href")
    assert series
    assert played
    return {
        "file": file,
        "series": series.partition("series=")[2],
        "question": played.partition("id=")[2],
        "token": room.adapter.invitation.token,
    }


async def of_forms(room: Any, page: Page, known: dict[str, str]) -> list[str]:
    """Fill in what can't be stored, make a sign-in link, and look at what is there for nobody and for everybody."""
    found = []
    await page.goto(f"{room.address}/hosting/daily?series={known['series']}")
    await page.get_by_label("Time zone").fill("Berlin")
    await page.get_by_role("button", name="Save").click()
    await page.locator("[aria-invalid]").wait_for()
    found += await violations(page, "a daily question with a mistake")
    await page.goto(f"{room.address}/me")
    await page.get_by_role("button", name="Make a sign-in link").click()
    await page.get_by_label("Open this link in the other browser").wait_for()
    found += await violations(page, "a sign-in link")
    await page.goto(f"{room.address}/questions/edit?id={known['question']}")
    await page.get_by_label("Answers").fill("only one")
    await page.get_by_role("button", name="Store it").click()
    await page.locator("[aria-invalid]").wait_for()
    found += await violations(page, "a question with a mistake")
    await page.goto(f"{room.address}/nothing-here")
    found += await violations(page, "nothing here")
    await page.goto(f"{room.address}/standings")
    public = await page.get_by_role("link", name="/public/").get_attribute("href")
    await page.context.clear_cookies()
    await page.goto(room.address + urlsplit(str(public)).path)
    return found + await violations(page, "public standings")
