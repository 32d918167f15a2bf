"""The composition root: the only module that puts the parts together."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from random import Random, SystemRandom

import structlog

from bot.apart.painting import CHARTS, FORMULAS, SHEET_LIMITS, SHEETS, ApartPainter, PaintingLimits
from bot.apart.reader import ApartReader
from bot.application import Application
from bot.domain.formulas import LabelledFormula
from bot.domain.own_chart import OwnChart
from bot.domain.sheets import Tile
from bot.garbage import collect_rarely
from bot.ports import Clock
from bot.resources import resource
from bot.scheduling.next_fire import next_fire
from bot.services.banks.storing import import_document
from bot.services.core import Core, Revisions
from bot.services.formulas import FormulaPictures
from bot.services.limiting import Limiter
from bot.services.own_charts import OwnCharts
from bot.services.sheets import Sheets
from bot.settings import Settings
from bot.storage.answer_writer import answer_writer
from bot.storage.database import Database
from bot.storage.database_file import in_use, make_folder
from bot.storage.schema import migrate
from bot.storage.unit import SqlUnit
from bot.system import SystemClock, TimeOrderedIds

STARTER_BANK = "machine-learning-on-aws"

_log = structlog.get_logger(__name__)


@asynccontextmanager
async def application(
    settings: Settings, *, clock: Clock | None = None, random: Random | None = None
) -> AsyncIterator[Application]:
    """Open the application on its database, migrated; at the end everything is written and closed.

    Raises:
        StorageUnavailable: the database can't be used; the text says what to do.
    """
    collect_rarely()
    clock = clock or SystemClock()
    random = random or SystemRandom()
    ids = TimeOrderedIds(clock, random)
    make_folder(settings.database_url)
    with in_use(settings.database_url):
        database = Database(settings.database_url, lambda connection: SqlUnit(connection, ids.next))
        answers = answer_writer(database, ids.next)
        files = ApartReader()
        formulas = ApartPainter[LabelledFormula](FORMULAS, PaintingLimits())
        sheets = ApartPainter[Tile](SHEETS, SHEET_LIMITS)
        charts = ApartPainter[OwnChart](CHARTS, PaintingLimits())
        try:
            await migrate(database)
            yield Application(
                settings=settings,
                storage=database,
                answers=answers,
                files=files,
                clock=clock,
                ids=ids,
                random=random,
                next_fire=next_fire,
                revisions=Revisions(database),
                limiter=Limiter(settings.limits, clock),
                sheets=Sheets(database, sheets.paint),
                language=settings.language,
                site_url=settings.site_url,
                operator=settings.operator,
                formulas=FormulaPictures(formulas.paint),
                charts=OwnCharts(charts.paint),
            )
        finally:
            await files.close()
            await formulas.close()
            await sheets.close()
            await charts.close()
            await answers.close()
            await database.close()


async def import_starter_bank(core: Core) -> None:
    """Store the bank that comes with the program; repeating this changes nothing."""
    name = f"{STARTER_BANK}.yaml"
    data = resource("data", name).read_bytes()
    # Read in another process: what reads banks takes 20 MiB here, and an idle bot would keep them.
    document = await core.files.read(data, name=name, format="quizbot")
    report = await import_document(core, document, bank=STARTER_BANK, starter=True)
    if report.new or report.edited:
        _log.info("starter_bank_imported", questions=report.ready)
