"""What a new room starts with: a daily question, and the first one right away."""

from datetime import time

import structlog

from adapters.web.room import ADAPTER, CHANNEL, ROOM
from bot.application import Application
from bot.domain.errors import NotFound
from bot.domain.identity import Space
from bot.domain.series import Timetable
from bot.i18n import gettext as _
from bot.ports import Unit
from bot.services.places import ensure_space
from bot.services.series import add_series, ask_in_series_now

DAILY_AT = time(9)

_log = structlog.get_logger(__name__)


async def open_space(app: Application) -> Space:
    """The room's space; where nothing was ever set or posted, it gets its daily question."""
    space = await ensure_space(app, ADAPTER, ROOM, _("Study room"), app.settings.zone)
    if await app.storage.read(lambda unit: _is_untouched(unit, space)):
        series = await add_series(app, space, CHANNEL, Timetable(at=DAILY_AT, zone=app.settings.zone))
        try:
            await ask_in_series_now(app, series.id)
        except NotFound as error:
            _log.warning("no_first_question", reason=str(error))
    return space


async def _is_untouched(unit: Unit, space: Space) -> bool:
    set_up = await unit.schedules.all(space.id, CHANNEL)
    return not set_up and not await unit.outbox.recent(space.id, CHANNEL, 1)
