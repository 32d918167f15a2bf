"""The applications of a process of tests share processes, but none that has ended."""

from bot.apart.process import KeptProcess
from tests.shared_processes import _SharedProcess


def taker() -> _SharedProcess:
    """What an application has instead of a process of its own, with limits that no other test asks for."""
    return _SharedProcess(KeptProcess("bot.apart.worker", memory=512 * 1024**2, processor_s=7, idle_s=60))


async def test_the_next_one_gets_what_is_idle_unless_it_has_ended() -> None:
    first, second, third = taker(), taker(), taker()
    lent = await first.ready()
    first.rest()
    await first.discard()
    assert await second.ready() is lent
    second.rest()
    await second.discard()
    lent.kill()
    await lent.wait()
    other = await third.ready()
    assert other is not lent
    assert other.returncode is None
    other.kill()
    await third.discard()
