"""The command line, run as people run it: exit codes, JSON, one clear line for each failure."""

import asyncio
import os
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path

import pytest

from bot.bootstrap import application
from bot.domain.accepted import AcceptedNumber
from bot.domain.answers import SubmitAnswer
from bot.domain.commands import Caller
from bot.domain.identity import Member
from bot.domain.series import Timetable
from bot.domain.words import parse_time
from bot.services.banks.storing import bank_questions, import_document
from bot.services.leagues.spaces import ensure_space
from bot.services.leagues.teams import create_team, join_team
from bot.services.series.series import add_series, ask_in_series_now
from bot.settings import load
from bot.testing import document, draft, number, short, statement


@pytest.fixture
def played(here):
    """A series, a round of it, and answers of two players in a team and one without."""

    async def play():
        async with application(load()) as app:
            space = await ensure_space(app, "web", "local", "Study group", "UTC")
            await import_document(app, document(draft("What is 6 x 7?", "42", "36", "54")), bank="bank")
            series = await add_series(app, space, "study", Timetable(at=parse_time("09:00"), zone="UTC"))
            round_ = await ask_in_series_now(app, series.id)
            for name, choice in (("Ada", 0), ("Bob", 1), ("Cy", 0)):
                member = Member(space_id=space.id, external_id=name, name=name)
                picks = frozenset({round_.order.index(choice)})
                at = datetime.now(UTC)
                submitted = SubmitAnswer(
                    round_id=round_.id, channel="study", member=member, given=picks, at=at, event_id=name
                )
                await app.answers.submit(submitted)
                caller = Caller(space=space, channel="study", member=member, is_host=False)
                if name == "Ada":
                    await create_team(app, caller, "Foxes")
                if name == "Bob":
                    await join_team(app, caller, "Foxes")
            return series, round_

    return asyncio.run(play())


def test_success_failure_and_wrong_usage_have_their_exit_codes(run):
    assert run("--help").code == 0
    assert run("series", "list").code == 0
    failed = run("leaderboard", "--league", "nowhere")
    assert (failed.code, failed.out) == (1, "")
    assert failed.err == "quizbot: There is no league named “nowhere”. There are: .\n"
    for wrong in (["nonsense"], ["series", "add"], ["leaderboard", "--window", "decade"], ["question", "show", "abc"]):
        assert run(*wrong).code == 2, wrong


def test_every_command_has_help(run):
    for command in (
        ["run"],
        *(["bank", word] for word in ("parse", "import", "export", "lint", "list")),
        *(["series", word] for word in ("add", "list", "pause", "resume", "remove", "now", "preview")),
        *(["question", word] for word in ("show", "correct", "withdraw")),
        ["leaderboard"],
        ["scores", "verify"],
        ["backup"],
        ["restore"],
        ["doctor"],
    ):
        helped = run(*command, "--help")
        assert helped.code == 0
        assert "Usage" in helped.out


def test_a_real_process_ends_with_one_line_and_code_1(here):
    quizbot = Path(sys.executable).with_name("quizbot")
    done = subprocess.run([quizbot, "question", "show", "5"], cwd=here, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "quizbot: There is no question 5.\n")


def test_the_leaderboard_in_json(run, played):
    assert run("leaderboard", "--json").json == {
        "league": None,
        "window": "week",
        "by": "player",
        "standings": [
            {"place": 1, "name": "Ada", "points": 10.0, "right": 1, "answered": 1},
            {"place": 1, "name": "Cy", "points": 10.0, "right": 1, "answered": 1},
            {"place": 3, "name": "Bob", "points": 0.0, "right": 0, "answered": 1},
        ],
    }
    teams = run("leaderboard", "--league", "Study group", "--by", "team", "--window", "all", "--json").json
    (foxes,) = teams["standings"]
    assert (teams["league"], teams["window"], teams["by"]) == ("Study group", "all", "team")
    assert {k: foxes[k] for k in ("place", "name", "points", "right", "answered")} == {
        "place": 1,
        "name": "Foxes",
        "points": 5.0,
        "right": 1,
        "answered": 2,
    }
    assert (foxes["total"], foxes["members"]) == (10.0, 2)
    assert "1. Ada: 10 points, 1 right of 1" in run("leaderboard").out


def test_scores_are_verified_and_mended(run, played, here):
    assert run("scores", "verify").out == "Every standing agrees with the answers.\n"
    assert run("scores", "verify", "--json").json == {"ok": True, "differences": [], "repaired": False}
    with closing(sqlite3.connect(here / "var" / "quizbot.db")) as database:
        database.execute("UPDATE totals SET points = points + 7 WHERE period = 'all'")
        database.commit()
    wrong = run("scores", "verify", "--json")
    assert wrong.code == 1
    assert not wrong.json["ok"]
    assert run("scores", "verify", "--repair").code == 0
    assert run("scores", "verify").code == 0


def test_a_question_is_shown_corrected_and_withdrawn(run, played):
    number = played[1].question_id
    shown = run("question", "show", number, "--json").json
    assert (shown["id"], shown["status"], shown["key"], shown["audit"]) == (str(number), "ready", [0], [])
    corrected = run("question", "correct", number, "--key", "b", "--reason", "typo", "--json").json
    assert (corrected["key"], corrected["rounds"], corrected["answers"]) == ([1], 1, 3)
    assert run("leaderboard", "--json").json["standings"][0]["name"] == "Bob"
    assert run("scores", "verify").code == 0
    assert (
        run("question", "correct", number, "--key", "Z").err
        == "quizbot: “Z” names no choice: use A to C, like B or B,D.\n"
    )
    assert run("question", "withdraw", number, "--reason", "unclear").code == 0
    assert run("leaderboard", "--json").json["standings"] == []
    audit = run("question", "show", number, "--json").json["audit"]
    assert [entry["action"] for entry in audit] == ["key corrected", "withdrawn"]
    assert "typo" in run("question", "show", number).out


@pytest.fixture
def cold(here):
    """The ids of a stored question for a number, and of a statement."""

    async def store():
        async with application(load()) as app:
            cold = number("How cold is it?", AcceptedNumber(value=Fraction(-7)), unit="kg")
            drafts = cold, statement(), short("What overwrites a branch?", "git push")
            await import_document(app, document(*drafts), bank="cold")
            return [question.id for question in (await bank_questions(app, "cold", None))[1]]

    return asyncio.run(store())


@pytest.mark.parametrize("answer", ["-5", "-5 kg", "-4.5e-3"])
def test_a_negative_number_is_accepted_as_an_answer(run, cold, answer):
    accepted = run("question", "accept", cold[0], answer, "--reason", "also right")
    assert (accepted.code, accepted.err) == (0, "")
    assert accepted.out == f"Question {cold[0]} accepts that now: rounds: 0, answers changed: 0.\n"
    assert len(run("question", "show", cold[0], "--json").json["accepted"]) == 2
    assert run("question", "accept", cold[0], answer).out == f"Question {cold[0]} accepts that already.\n"


def test_a_misspelt_option_is_no_answer_unless_a_space_stands_in_front(run, cold):
    refused = run("question", "accept", cold[2], "--reson")
    assert refused.code == 2
    assert "There is no option --reson." in refused.err
    assert run("question", "accept", cold[2], " --force").code == 0
    assert run("question", "show", cold[2], "--json").json["accepted"] == ["git push", "--force"]


def test_true_and_false_are_named_by_their_words(run, cold, here):
    assert "  * True\n    False\n" in run("question", "show", cold[1]).out
    run("bank", "export", "cold", "-o", here / "cold.yaml")
    assert "  * True\n    False\n" in run("bank", "parse", here / "cold.yaml").out
    assert run("question", "correct", cold[1], "--key", "false").code == 0


def test_series_from_adding_to_removing(run, here):
    added = run(
        *("series", "add", "--adapter", "discord", "--space", "1", "--channel", "2", "--time", "9:00"),
        *(
            "--zone",
            "europe/berlin",
            "--days",
            "mon-fri",
            "--answer-with",
            "reactions",
            "--close-after",
            "8h",
            "--json",
        ),
    ).json
    expected = {
        "channel": "2",
        "time": "09:00",
        "zone": "Europe/Berlin",
        "days": "mon,tue,wed,thu,fri",
        "bank": None,
        "topic": None,
        "answer_with": "reactions",
        "reveal": "at_close",
        "close_after_s": 28800,
        "paused": False,
    }
    assert {name: added[name] for name in expected} == expected
    assert run("series", "list", "--json").json == [added]
    number = added["id"]
    assert run("series", "pause", number, "--json").json["paused"]
    assert "paused" in run("series", "list").out
    assert run("series", "resume", number, "--json").json == added
    assert run("series", "now", number).err.startswith("quizbot: No question is ready for this series.")
    moments = run("series", "preview", number, "--count", 2, "--json").json
    assert len(moments) == 2
    assert run("series", "remove", number).code == 0
    assert run("series", "list", "--json").json == []
    assert run("series", "now", number).err == f"quizbot: There is no series {number}.\n"


def test_a_series_is_asked_now(run, played):
    asked = run("series", "now", played[0].id, "--json").json
    assert asked["series"] == str(played[0].id)
    assert asked["round"] != str(played[1].id)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--time", "25:00", "--zone", "UTC"], "isn't a time of day"),
        (["--time", "9:00", "--zone", "Berlin"], "Did you mean Europe/Berlin"),
        (["--time", "9:00", "--zone", "UTC", "--days", "someday"], "isn't a day"),
        (["--time", "9:00", "--zone", "UTC", "--reveal", "never"], "on_answer"),
        (["--time", "9:00", "--zone", "UTC", "--close-after", "1s"], "isn't a length of time"),
        (["--time", "9:00", "--zone", "UTC", "--bank", "none"], "no bank named"),
    ],
)
def test_a_series_with_a_mistake_is_refused_and_not_stored(run, words, message):
    failed = run("series", "add", *words)
    assert failed.code == 1
    assert message in failed.err
    assert run("series", "list", "--json").json == []


def test_preview_shows_local_and_utc_over_a_clock_change(run):
    preview = ("series", "preview", "--time", "02:30", "--zone", "Europe/Berlin", "--from", "2026-03-28")
    assert run(*preview, "--count", 3, "--json").json == [
        {"local": "2026-03-28T02:30:00+01:00", "utc": "2026-03-28T01:30:00+00:00"},
        {"local": "2026-03-29T03:00:00+02:00", "utc": "2026-03-29T01:00:00+00:00"},
        {"local": "2026-03-30T02:30:00+02:00", "utc": "2026-03-30T00:30:00+00:00"},
    ]
    assert len(run(*preview).out.splitlines()) == 5
    midnight = run(
        "series", "preview", "--time", "00:00", "--zone", "UTC", "--from", "2020-02-29", "--count", 1, "--json"
    )
    assert midnight.json[0]["local"] == "2020-02-29T00:00:00+00:00"
    assert run("series", "preview", "--time", "9:00", "--zone", "UTC", "--from", "soon").code == 1
    for edge in ("0001-01-01", "9999-12-31"):
        failed = run("series", "preview", "--time", "09:00", "--zone", "Europe/Berlin", "--from", edge)
        assert failed.code == 1
        assert "years 1 to 9999" in failed.err
    assert run("series", "preview").code == 2


def test_a_backup_is_whole_while_a_writer_runs_and_comes_back(run, played, here):
    stop = threading.Event()
    path = here / "var" / "quizbot.db"

    def write():
        statement = "INSERT INTO audit (id, subject, at, actor, action, details) VALUES (?, 'writer', 0, '', '', '')"
        with closing(sqlite3.connect(path, timeout=10)) as database:
            number = 0
            while not stop.is_set():
                with database:  # two rows that belong together
                    database.executemany(statement, [(number := number + 1,), (number := number + 1,)])

    writer = threading.Thread(target=write)
    writer.start()
    try:
        assert run("backup", here / "copy.db").code == 0
    finally:
        stop.set()
        writer.join()
    with closing(sqlite3.connect(here / "copy.db")) as copy:
        (rows,) = copy.execute("SELECT count(*) FROM audit WHERE subject = 'writer'").fetchone()
        assert rows % 2 == 0
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert run("backup", here / "copy.db").err.endswith("exists already: choose another name.\n")
    run("question", "withdraw", played[1].question_id)
    assert run("leaderboard", "--json").json["standings"] == []
    assert run("restore", here / "copy.db").code == 0
    assert len(run("leaderboard", "--json").json["standings"]) == 3
    assert run("scores", "verify").code == 0


@pytest.mark.parametrize("kept", [0, 30_000])
def test_a_copy_comes_back_in_place_of_a_damaged_database(run, played, here, kept):
    run("backup", here / "copy.db")
    database = here / "var" / "quizbot.db"
    damaged = database.read_bytes()[:kept] + b"no database any more" * 1000
    database.write_bytes(damaged)
    restored = run("restore", here / "copy.db")
    assert restored.code == 0
    assert "quizbot.db.damaged" in restored.out
    assert (here / "var" / "quizbot.db.damaged").read_bytes() == damaged
    assert len(run("leaderboard", "--json").json["standings"]) == 3
    database.write_bytes(damaged)
    run("restore", here / "copy.db")
    assert (here / "var" / "quizbot.db.damaged-2").read_bytes() == damaged


def test_what_is_no_copy_is_not_restored(run, played, here):
    (here / "text.db").write_text("not a database")
    assert "isn't a sound copy" in run("restore", here / "text.db").err
    with closing(sqlite3.connect(here / "other.db")) as other:
        other.execute("CREATE TABLE x (y)")
    assert "isn't a sound copy" in run("restore", here / "other.db").err
    assert "There is no file" in run("restore", here / "none.db").err
    assert len(run("leaderboard", "--json").json["standings"]) == 3


def test_doctor_finds_what_is_wrong_and_says_how_to_mend_it(run, played, here, monkeypatch):
    monkeypatch.setenv("QUIZBOT_WEB_PORT", "0")
    report = run("doctor", "--json")
    assert (report.code, report.json["ok"]) == (0, True)
    assert {"settings", "database", "questions"} <= {check["name"] for check in report.json["checks"]}
    monkeypatch.setenv("QUIZBOT_WEB_PORT", "high")
    report = run("doctor", "--json")
    assert (report.code, report.json["ok"]) == (1, False)
    assert "QUIZBOT_WEB_PORT" in report.json["checks"][0]["found"]
    monkeypatch.delenv("QUIZBOT_WEB_PORT")
    monkeypatch.setenv("QUIZBOT_DATABASE_URL", "sqlite+aiosqlite:////proc/no/quizbot.db")
    text = run("doctor")
    assert text.code == 1
    assert "PROBLEM database" in text.out


@pytest.mark.parametrize(
    "url",
    ["nonsense", "sqlite:///x.db", "mysql://u:s3cret-s3cret-s3cret@h/x", "postgresql://u:s3cret-s3cret-s3cret@h/x"],
)
def test_an_unusable_database_address_is_one_clear_line(run, monkeypatch, url):
    monkeypatch.setenv("QUIZBOT_DATABASE_URL", url)
    failed = run("series", "list")
    assert failed.code == 1
    assert "QUIZBOT_DATABASE_URL" in failed.err
    assert run("doctor").code == 1


def test_a_spaces_bank_is_named_with_its_space(run, here, played):
    for stem, options in (("Everybody's?", ()), ("Theirs?", ("--space", "local"))):
        Path("own.txt").write_text(f"1. {stem}\nA) One\nB) Two\nAnswer: A\n", encoding="utf-8")
        assert run("bank", "import", "own.txt", *options).code == 0
    listed = [(one["name"], one["space"]) for one in run("bank", "list", "--json").json]
    assert [space for name, space in listed if name == "own"] == [{"adapter": "web", "id": "local"}, None]
    assert "own (--adapter web --space local): 1 ready" in run("bank", "list").out
    assert "Everybody's?" in run("bank", "export", "own").out
    theirs = run("bank", "export", "own", "--space", "local").out
    assert "Theirs?" in theirs
    assert "Everybody's?" not in theirs
    assert run("bank", "lint", "own", "--space", "local").code == 0
    wrong = run("bank", "export", "own", "--space", "nowhere")
    assert (wrong.code, wrong.err) == (1, "quizbot: There is no space nowhere on web.\n")


def test_doctor_finds_replaced_databases_that_outlived_what_people_are_told(run, played, here, monkeypatch):
    monkeypatch.setenv("QUIZBOT_WEB_PORT", "0")
    assert run("backup", "copy.db").code == 0
    assert run("restore", "copy.db").code == 0
    (kept,) = here.rglob("*.before-restore")
    for days, code in ((29, 0), (31, 1)):
        moment = (datetime.now(UTC) - timedelta(days=days)).timestamp()
        os.utime(kept, (moment, moment))
        report = run("doctor", "--json")
        (check,) = [check for check in report.json["checks"] if check["name"] == "backups"]
        assert (report.code, check["ok"]) == (code, code == 0), days
    assert kept.name in check["found"]
    assert "30 days" in check["mend"]
