"""The command line and questions with blanks."""

import asyncio

import pytest

from bot.bootstrap import application
from bot.services.banks.storing import bank_questions, import_document
from bot.settings import load
from bot.testing import blanks, document


@pytest.fixture
def ice(here):
    """The id of a stored question with two blanks."""

    async def store():
        async with application(load()) as app:
            await import_document(app, document(blanks("Ice is ____ ____.", ["frozen"], ["water"])), bank="ice")
            (question,) = (await bank_questions(app, "ice", None))[1]
            return question.id

    return asyncio.run(store())


def test_blanks_are_shown_corrected_and_accepted_one_by_one(run, ice, here):
    assert "Ice is ____ ____.\n  * (1) frozen\n  * (2) water\n" in run("question", "show", ice).out
    assert run("question", "accept", ice, "2: rain").code == 0
    assert run("question", "accept", ice, "rain").err == (
        "quizbot: Begin with the number of the blank that the answer is for (1 to 2), like 2: Seine.\n"
    )
    assert run("question", "show", ice, "--json").json["accepted"] == [["frozen"], ["water", "rain"]]
    assert run("question", "correct", ice, "--key", "solid | hard; water").code == 0
    assert "  * (1) solid | hard\n  * (2) water\n" in run("question", "show", ice).out
    assert "has 2 blanks" in run("question", "correct", ice, "--key", "solid").err
    run("bank", "export", "ice", "-o", here / "ice.yaml")
    read = run("bank", "parse", here / "ice.yaml", "--json").json["questions"][0]
    assert (read["stem"], read["accepted"], read["choices"], read["key"]) == (
        "Ice is ____ ____.",
        [["solid", "hard"], ["water"]],
        [],
        [],
    )
