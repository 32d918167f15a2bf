"""Pictures of people's own answers for private replies."""

import asyncio
from collections.abc import Sequence

from typing_extensions import override

from bot.domain.images import ImageFile
from bot.domain.own_chart import OwnChart
from bot.ports import ChartPainter
from bot.services.painting import Painted

_KEPT = 16
"""How many pictures are kept, of up to 200 kB each, for people who look again before they answer anything else."""

_PATIENCE_S = 5.0
"""How long a reply waits for its picture, in seconds, including the time in which others are painted."""


async def _unpainted(_charts: Sequence[OwnChart]) -> bytes | None:
    return None


class OwnCharts(Painted[OwnChart]):
    """Has people's own charts painted for this process; a reply whose picture takes too long goes out without it."""

    def __init__(self, paint: ChartPainter = _unpainted, *, patience_s: float = _PATIENCE_S) -> None:
        super().__init__(lambda chart: paint([chart]), kept=_KEPT)
        self._patience_s = patience_s

    @override
    async def of(self, shown: OwnChart) -> ImageFile | None:
        try:
            async with asyncio.timeout(self._patience_s):
                return await super().of(shown)
        except TimeoutError:
            return None
