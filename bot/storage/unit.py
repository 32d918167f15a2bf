"""All storage ports together, over one transaction."""

from collections.abc import Callable

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.ports import Unit
from bot.storage.admissions import SqlAdmissions
from bot.storage.answers import SqlAnswers
from bot.storage.audit import SqlAudit
from bot.storage.banks import SqlBanks
from bot.storage.boards import SqlBoards
from bot.storage.codes import SqlCodes
from bot.storage.forgetting import SqlForgetting
from bot.storage.hosts import SqlHosts
from bot.storage.images import SqlImages
from bot.storage.leagues import SqlLeagues
from bot.storage.nights import SqlNights
from bot.storage.outbox import SqlOutbox
from bot.storage.people import SqlPeople
from bot.storage.readings import SqlReadings
from bot.storage.rounds import SqlRounds
from bot.storage.schedules import SqlSchedules
from bot.storage.spaces import SqlSpaces
from bot.storage.subscriptions import SqlSubscriptions
from bot.storage.suggestions import SqlSuggestions
from bot.storage.thanks import SqlThanks
from bot.storage.unaccepted import SqlUnacceptedAnswers
from bot.storage.waiting_imports import SqlWaitingImports
from bot.storage.wishes import SqlWishes


class SqlUnit(Unit):
    """All storage ports over one connection's transaction."""

    def __init__(self, connection: AsyncConnection, new_id: Callable[[], int]) -> None:
        self.banks = SqlBanks(connection)
        self.images = SqlImages(connection)
        self.rounds = SqlRounds(connection)
        self.answers = SqlAnswers(connection)
        self.unaccepted = SqlUnacceptedAnswers(connection)
        self.subscriptions = SqlSubscriptions(connection)
        self.suggestions = SqlSuggestions(connection)
        self.thanks = SqlThanks(connection)
        self.waiting_imports = SqlWaitingImports(connection)
        self.readings = SqlReadings(connection, new_id)
        self.boards = SqlBoards(connection)
        self.schedules = SqlSchedules(connection)
        self.nights = SqlNights(connection)
        self.leagues = SqlLeagues(connection)
        self.spaces = SqlSpaces(connection, new_id)
        self.people = SqlPeople(connection, new_id)
        self.admissions = SqlAdmissions(connection)
        self.hosts = SqlHosts(connection)
        self.codes = SqlCodes(connection)
        self.wishes = SqlWishes(connection)
        self.forgetting = SqlForgetting(connection)
        self.outbox = SqlOutbox(connection, new_id)
        self.audit = SqlAudit(connection, new_id)
