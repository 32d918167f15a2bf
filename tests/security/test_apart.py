"""A file that exhausts its reader costs one refused import: the process that reads it is another one."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from functools import partial
from io import BytesIO
from pathlib import Path
from random import Random

import pytest
from PIL import Image

from bot import importers
from bot.apart.reader import ApartReader, Limits
from bot.domain.errors import BadFile, Busy
from bot.domain.identity import SpaceId
from bot.i18n import use_language
from tests.patience import PATIENCE_S, until
from tests.unit.importers.documents_by_hand import packed

GOOD = b"1. What?\nA. x\nB. y\nAnswer: A\n\n2. Who?\nA. x\nB. y\nC. z\n"
LARGE = b"format: quizbot-bank/1\nquestions: [" + b"1," * 490_000 + b"1]"
"""Worth some seconds and 200 MiB."""
limited = pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps these limits")


@pytest.fixture
async def reader(request: pytest.FixtureRequest) -> AsyncIterator[ApartReader]:
    reader = ApartReader(getattr(request, "param", None))
    yield reader
    await reader.close()


async def is_there(reader: ApartReader) -> bool:
    return reader._process.now is not None


async def is_asked(reader: ApartReader) -> bool:
    """Whether a worker was given a file, which it hasn't answered yet."""
    return reader._process.now is not None and reader._process.now.stdout._waiter is not None


async def is_gone(reader: ApartReader) -> bool:
    return reader._process.now is None


def with_limits(**limits: float):
    return pytest.mark.parametrize("reader", [Limits(**limits)], indirect=True, ids=[str(limits)])


async def test_what_it_reads_is_what_parse_reads(reader: ApartReader) -> None:
    assert await reader.read(GOOD, name="good.txt") == importers.parse(GOOD, name="good.txt")


async def test_nothing_in_the_current_folder_is_run(
    reader: ApartReader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("bot.py", "struct.py"):
        (tmp_path / name).write_text("raise SystemExit")
    monkeypatch.chdir(tmp_path)
    assert len((await reader.read(GOOD)).questions) == 2


async def test_one_process_reads_file_after_file_and_says_why_one_cant_be_read(reader: ApartReader) -> None:
    await reader.read(GOOD)
    first = reader._process.now
    with pytest.raises(BadFile, match=r"^line 2: ") as refused:
        await reader.read(b"format: quizbot-bank/1\nquestions: 1\n", name="x.yaml")
    assert refused.value.line == 2
    with use_language("nowhere"), pytest.raises(BadFile, match="There is no format"):
        await reader.read(GOOD, format="none")
    assert len((await reader.read(GOOD)).questions) == 2
    assert reader._process.now is first


@limited
@with_limits(memory=80 * 1024**2)
async def test_memory_is_limited(reader: ApartReader) -> None:
    with pytest.raises(BadFile, match=r"“large\.yaml” takes more time or memory than one file may cost"):
        await reader.read(LARGE, name="large.yaml")
    assert len((await reader.read(GOOD)).questions) == 2


@limited
@with_limits(processor_s=1)
async def test_processor_time_is_limited(reader: ApartReader) -> None:
    with pytest.raises(BadFile, match="takes more time or memory"):
        await reader.read(LARGE, name="large.yaml")
    assert len((await reader.read(GOOD)).questions) == 2


@with_limits(patience_s=0.02)
async def test_patience_is_limited(reader: ApartReader) -> None:
    with pytest.raises(BadFile, match="takes more time or memory"):
        await reader.read(GOOD)
    assert reader._process.now is None


@with_limits(answer=100)
async def test_what_comes_back_is_limited(reader: ApartReader) -> None:
    with pytest.raises(BadFile, match="takes more time or memory"):
        await reader.read(GOOD)


async def test_a_process_that_closes_its_pipe_and_stays_holds_nobody_up(
    reader: ApartReader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "stays.py").write_text("import os, time\nos.close(1)\ntime.sleep(600)")
    with monkeypatch.context() as patch:
        patch.setenv("PYTHONPATH", str(tmp_path))
        patch.setattr(reader._process, "_module", "stays")
        patch.setattr("bot.apart.reader._ENDS_WITHIN_S", 0.05)
        async with asyncio.timeout(PATIENCE_S):
            with pytest.raises(BadFile, match="takes more time or memory"):
                await reader.read(GOOD)
    assert len((await reader.read(GOOD)).questions) == 2


@limited
async def test_a_process_that_the_system_kills_ran_out_of_memory(reader: ApartReader) -> None:
    reading = asyncio.create_task(reader.read(LARGE, name="large.yaml"))
    await until(partial(is_asked, reader), "the process at work")
    reader._process.now.send_signal(signal.SIGKILL)
    with pytest.raises(BadFile, match=r"ran out of memory while reading “large\.yaml”"):
        await reading
    assert len((await reader.read(GOOD)).questions) == 2


async def test_a_process_that_was_killed_while_idle_is_replaced(reader: ApartReader) -> None:
    await reader.read(GOOD)
    killed = reader._process.now
    killed.kill()
    await killed.wait()
    assert len((await reader.read(GOOD)).questions) == 2


async def test_whoever_gives_up_leaves_nothing_behind(reader: ApartReader) -> None:
    reading = asyncio.create_task(reader.read(LARGE, name="large.yaml"))
    await until(partial(is_there, reader), "the process")
    process = reader._process.now
    reading.cancel()
    await asyncio.gather(reading, return_exceptions=True)
    assert process.returncode is not None
    assert len((await reader.read(GOOD)).questions) == 2


@with_limits(idle_s=0)
async def test_an_idle_process_ends(reader: ApartReader) -> None:
    await reader.read(GOOD)
    await until(partial(is_gone, reader), "the end of the process")


@with_limits(waiting=2)
async def test_who_comes_when_others_wait_is_told_so(reader: ApartReader) -> None:
    first, second, third = await asyncio.gather(*(reader.read(GOOD) for _ in range(3)), return_exceptions=True)
    assert isinstance(third, Busy)
    assert first == second


async def test_one_space_leaves_turns_to_the_others(reader: ApartReader) -> None:
    ours, theirs = SpaceId(1), SpaceId(2)
    results = await asyncio.gather(
        *(reader.read(GOOD, space_id=space_id) for space_id in (ours, ours, ours, ours, theirs)), return_exceptions=True
    )
    assert [isinstance(result, Busy) for result in results] == [False, False, False, True, False]
    assert (await reader.read(GOOD, space_id=ours)).questions


async def test_the_process_ends_with_the_bot() -> None:
    command = [sys.executable, "-m", "bot.apart.worker", str(2**30), "5"]
    done = await asyncio.to_thread(subprocess.run, command, stdin=subprocess.DEVNULL, timeout=30, check=False)
    assert done.returncode == 0


def test_the_bot_itself_loads_no_importer() -> None:
    code = "import sys, bot.bootstrap; sys.exit('bot.importers' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], env=dict(os.environ), timeout=30, check=False).returncode == 0


async def test_more_questions_than_can_be_stored_at_once_are_refused_with_a_way_out(reader: ApartReader) -> None:
    many = b"".join(b"%d. What is %d?\nA. x\nB. y\n" % (n, n) for n in range(10_001))
    with pytest.raises(BadFile, match=r"10001 questions, but only 10000.*quizbot bank import"):
        await reader.read(many, name="many.txt")


async def test_stopping_ends_a_process_that_reads_and_lets_no_file_wait(reader: ApartReader) -> None:
    await reader.read(GOOD)
    reading = [asyncio.create_task(reader.read(LARGE, name="x.yaml")) for _each in range(3)]
    await until(partial(is_asked, reader), "a file that is read")
    await reader.close()
    results = await asyncio.gather(*reading, return_exceptions=True)
    assert [type(result) for result in results] == [Busy, Busy, Busy]
    assert await is_gone(reader)


async def test_many_pictures_come_back_in_parts(reader: ApartReader) -> None:
    sides = [Image.frombytes("RGB", (300, 300), Random(number).randbytes(300 * 300 * 3)) for number in range(20)]
    pictures = {f"{number}.png": BytesIO() for number in range(len(sides))}
    for side, written in zip(sides, pictures.values(), strict=True):
        side.save(written, "PNG", compress_level=0)
    asked = "".join(
        f"{at}. What is it? ![a side]({name})\nA. x\nB. y\nAnswer: A\n\n" for at, name in enumerate(pictures, 1)
    )
    files = {name: written.getvalue() for name, written in pictures.items()}
    assert sum(map(len, files.values())) > 5_000_000
    document = await reader.read(packed({"quiz.md": asked, **files}), name="quiz.zip")
    assert [bool(question.image) for question in document.questions] == [True] * len(sides)
