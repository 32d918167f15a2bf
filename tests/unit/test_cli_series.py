"""Series on the command line: named, every few days, seen before they start, and why they ask what they ask."""

import asyncio
import io
from dataclasses import replace

import pytest

from bot.bootstrap import application
from bot.services.banks.storing import import_document
from bot.settings import load
from bot.testing import document, draft

ADD = ("series", "add", "--time", "09:00", "--zone", "Europe/London")


@pytest.fixture
def terminal(monkeypatch):
    """Somebody sits at a terminal and types."""

    def types(text):
        stdin = io.StringIO(text)
        stdin.isatty = lambda: True
        monkeypatch.setattr("sys.stdin", stdin)

    return types


def imports(*drafts):
    async def work():
        async with application(load()) as app:
            await import_document(app, document(*drafts), bank="bank")

    asyncio.run(work())


def test_what_a_series_was_told_is_listed(run, here):
    added = run(
        *(*ADD, "--name", "evening", "--every", "2", "--holidays", "2030-12-24..2030-12-25"),
        *(
            "--weights",
            "data:20,ops:36",
            "--difficulty",
            "hard:1,easy:2",
            "--thread",
            "--quiet",
            "--together",
            "exam",
            "--cards",
            "--json",
        ),
    ).json
    expected = {
        "name": "evening",
        "every": 2,
        "days": "daily",
        "holidays": ["2030-12-24", "2030-12-25"],
        "weights": {"data": 20, "ops": 36},
        "difficulty": "easy:2,hard:1",
        "thread": True,
        "quiet": True,
        "together": "exam",
        "cards": True,
        "paused": False,
        "paused_until": None,
    }
    assert {name: added[name] for name in expected} == expected
    assert added["anchor"] == added["next_utc"][:10]
    assert run("series", "list", "--json").json == [added]
    line = run("series", "list").out
    assert "evening: 09:00 Europe/London, every 2 days (not on 2030-12-24..2030-12-25), topics data:20,ops:36" in line


def test_a_pause_until_a_date_counts_as_paused(run, here):
    number = run(*ADD, "--json").json["id"]
    year = int(run("series", "list", "--json").json[0]["next_utc"][:4]) + 1
    paused = run("series", "pause", number, "--until", f"{year}-07-01", "--json").json
    assert (paused["paused"], paused["paused_until"]) == (True, f"{year}-07-01")
    assert paused["next_utc"] == f"{year}-07-01T08:00:00+00:00"
    assert "paused until" in run("series", "list").out
    resumed = run("series", "resume", number, "--json").json
    assert (resumed["paused"], resumed["paused_until"]) == (False, None)
    assert run("series", "pause", number, "--until", "soon").err.startswith("quizbot: “soon” isn't a date.")


@pytest.mark.parametrize("answer", ["\n", "y\n"])
def test_at_a_terminal_the_first_postings_are_shown_and_confirmed(run, terminal, answer):
    terminal(answer)
    out = run(*ADD).out
    assert "Start it? [Y/n]" in out
    assert out.count(" UTC\n") == 5
    assert "Europe/London isn't UTC: in summer its clock is an hour ahead." in out
    assert len(run("series", "list", "--json").json) == 1


def test_whoever_says_no_at_a_terminal_starts_nothing(run, terminal):
    terminal("n\n")
    refused = run(*ADD)
    assert refused.code == 0
    assert "Nothing is set." in refused.out
    assert run("series", "list", "--json").json == []


@pytest.mark.parametrize("option", ["--yes", "--json"])
def test_scripts_at_a_terminal_are_not_asked(run, terminal, option):
    terminal("")
    assert "Start it?" not in run(*ADD, option).out
    assert len(run("series", "list", "--json").json) == 1


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--days", "mon", "--every", "2"], "either days or every"),
        (["--holidays", "christmas"], "isn't a date"),
        (["--weights", "data"], "a topic with its share"),
        (["--difficulty", "brutal"], "isn't a difficulty"),
        (["--weights", "a:1", "--topic", "a"], "either topic or weights"),
        (["--name", "two words"], "can't be a name here"),
    ],
)
def test_a_series_with_a_mistake_is_refused_and_not_stored(run, words, message):
    failed = run(*ADD, *words)
    assert failed.code == 1
    assert message in failed.err
    assert run("series", "list", "--json").json == []


def test_a_preview_counts_its_days_from_the_first(run):
    words = ("series", "preview", "--time", "09:00", "--zone", "UTC", "--from", "2026-03-03")
    moments = run(*words, "--every", "3", "--holidays", "2026-03-06", "--count", 3, "--json").json
    assert [moment["utc"][:10] for moment in moments] == ["2026-03-03", "2026-03-09", "2026-03-12"]
    assert run(*words, "--every", "0").code == 2


def test_why_tells_each_question_with_its_reason(run, here):
    imports(
        draft("Of data?", topic="data", source_id="d"),
        draft("Of ops?", topic="ops", source_id="o"),
        draft("Of more ops?", topic="ops", source_id="p"),
    )
    number = run(*ADD, "--weights", "data:50,ops:50", "--json").json["id"]
    told = run("series", "preview", number, "--why", "--count", 4, "--json").json
    assert len({one["question"] for one in told[:3]}) == 3
    assert [one["topic"] for one in told[:3]] == ["data", "ops", "ops"]
    assert told[0]["why"] == "one of 3 never asked here; topic data had 0 of 0, its share is 50%"
    assert told[1]["why"] == "one of 2 never asked here; topic ops had 0 of 0, its share is 100%"
    assert told[2]["why"] == "the last one never asked here; topic ops had 1 of 1, its share is 100%"
    assert told[3]["why"].startswith("all were asked; this one was asked longest ago, on ")
    assert told[3]["question"] == told[0]["question"]
    assert run("series", "preview", number, "--why", "--count", 4, "--json").json == told
    asked = run("series", "now", number, "--json").json
    assert asked["question"] == told[0]["question"], "it comes as it was foretold"
    lines = run("series", "preview", number, "--why").out
    assert "ops? (ops)\n    one of 2 never asked here" in lines


def test_why_says_what_waits(run, here):
    first = draft("First?", source_id="first", key=())
    second = draft("Second?", source_id="second")
    imports(first, replace(second, after="first"))
    number = run(*ADD, "--json").json["id"]
    told = run("series", "preview", number, "--why", "--count", 1)
    assert "no question is ready" in told.out
    assert "1 question waits for the one it builds on. 1 of them can't be asked" in told.out


def test_why_needs_a_series(run):
    refused = run("series", "preview", "--why")
    assert refused.code == 2
    assert "give its ID" in " ".join(refused.err.replace("│", " ").split())
    assert run("series", "preview", "5", "--why").err == "quizbot: There is no series 5.\n"
