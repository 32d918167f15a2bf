"""A host brings a file of questions, settles what is doubtful where they are, and imports it: the same everywhere."""

import json

import pytest

from tests.adapters.stages import Form, Stage
from tests.adapters.test_every_platform_holds import hostile, on_one_line

FILE = b"""\
1. Which service stores objects?
A. Amazon S3
B. Amazon EBS
Answer: A

2. Which service runs code?
A. Amazon S3
B. AWS Lambda

3. Which service is a queue?
A. Amazon SQS
B. Amazon SNS
Answer: Amazon Kinesis

4. Which service is a wall?
A. AWS WAF
B. AWS IAM
"""


async def test_a_host_settles_a_file_with_clicks_and_a_form_and_has_it_asked(stage: Stage):
    boss = await stage.boss()
    told = await boss.brings("exam.txt", FILE)
    for words in ("4 questions found: 1 ready, 3 need you.", "Nothing is stored yet.", "Line 6", "gives no answer"):
        assert words in told, told
    assert "There are no question banks yet." in await boss.says("/quiz bank list")
    assert "The key of the question on line 6 is set." in await boss.clicks("1: It's B")
    await stage.restart()
    assert "2 ready, 2 need you" in await boss.says("/quiz bank settle")
    if "mending form" in stage.lacks:
        told = await boss.clicks("1: Fine as it is")
    else:
        form = await boss.asks(button="1: Mend it")
        assert isinstance(form, Form), form
        assert "* Amazon SQS" in form.text
        told = await boss.fills_in(form, question="Which is a queue?", answers="* Amazon SQS\nAmazon SNS")
        assert "Mended the question on line 10." in told
    assert "3 ready, 1 needs you" in told
    assert "Dropped the question on line 15." in await boss.clicks("1: Drop it")
    assert "3 questions are ready to be asked." in await boss.clicks("Import all 3")
    assert "exam" in await boss.says("/quiz bank list")
    asked = {(await stage.quiz()).text.count("Which") for _time in range(3)}
    assert asked == {1}
    assert stage.pings() == []


async def test_a_mistake_in_the_form_loses_nothing(stage: Stage):
    if reason := stage.lacks.get("mending form"):
        pytest.skip(reason)
    boss = await stage.boss()
    await boss.brings("exam.txt", FILE)
    form = await boss.asks(button="1: Mend it")
    assert isinstance(form, Form), form
    told = await boss.fills_in(form, question="Which runs code?", answers="Amazon S3\nAWS Lambda")
    assert "Which choice is right? Put * in front of it." in told
    again = await boss.corrects(form)
    told = await boss.fills_in(again, question="Which runs code?", answers="Amazon S3\n* AWS Lambda")
    assert "Mended the question on line 6." in told


async def test_nobody_else_decides_about_the_file_and_a_forged_click_does_nothing(stage: Stage):
    boss = await stage.boss()
    await boss.brings("exam.txt", FILE)
    await stage.restart()
    other = await stage.person("Hugo", host=True)
    for button in ("1: It's B", "1: Drop it", "Import all 4", "Cancel"):
        assert "Only a host can do that." in await stage.watcher.clicks(button, of=boss)
        assert "No such file of yours is waiting" in await other.clicks(button, of=boss)
    for forged in ("/quiz bank settle id=7 do=all seen=0", f"/quiz bank settle id={2**63} do=cancel seen=0"):
        assert "No such file of yours is waiting" in await boss.clicks("Cancel", forged=forged)
    assert "1 ready, 3 need you" in await boss.says("/quiz bank settle")
    assert "Cancelled: nothing from “exam.txt” is stored." in await boss.clicks("Cancel")
    assert "There are no question banks yet." in await boss.says("/quiz bank list")


async def test_hostile_texts_of_a_file_are_shown_as_written_and_ping_nobody(stage: Stage):
    boss, text = await stage.boss(), hostile(stage)
    file = {"format": "quizbot-bank/2", "questions": [{"stem": text, "choices": [{"text": text}, {"text": "b"}]}]}
    told = await boss.brings("<@1> @everyone.json", json.dumps(file).encode())
    assert on_one_line(text)[:40] in on_one_line(told), told
    assert stage.pings() == []
