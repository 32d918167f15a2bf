"""Give a new study channel a daily question, and ask the first one at once, so that it is never empty."""

from datetime import time

import structlog

from bot.domain.errors import NotFound
from bot.domain.identity import Space
from bot.domain.series import Timetable
from bot.ports import Unit
from bot.services.core import Core
from bot.services.series.series import add_series, ask_in_series_now

MORNING = time(9, 0)

_log = structlog.get_logger(__name__)


async def start_study_channel(core: Core, space: Space, channel: str, zone: str) -> None:
    """Set a daily question at nine in ``zone`` and ask the first, unless the channel has had a message or series."""

    async def used(unit: Unit) -> bool:
        return bool(await unit.outbox.recent(space.id, channel, 1) or await unit.schedules.all(space.id, channel))

    if await core.storage.read(used):
        return
    series = await add_series(core, space, channel, Timetable(at=MORNING, zone=zone))
    try:
        await ask_in_series_now(core, series.id)
    except NotFound as nothing_ready:
        _log.warning("no_first_question", reason=str(nothing_ready))
