"""The interfaces that the core needs from outside: clock, ids, storage and platforms."""

from bot.ports.admissions import Admission, Admissions
from bot.ports.codes import Codes
from bot.ports.forgetting import Forgetting
from bot.ports.hosts import Hosts
from bot.ports.leagues import Boards, Leagues
from bot.ports.messages import (
    HOSTS,
    Claim,
    Forbidden,
    Gone,
    Lane,
    Locked,
    Messenger,
    MessengerError,
    OutcomeUnknown,
    Post,
    PostKind,
    RateLimited,
    Reactions,
)
from bot.ports.nights import Nights
from bot.ports.outside import AnswerWriter, ChartPainter, Clock, FileReader, FormulaPainter, Ids, NextFire, SheetPainter
from bot.ports.people import People, Spaces
from bot.ports.questions import Banks, Images, Stamp
from bot.ports.readings import Readings
from bot.ports.records import (
    AuditEntry,
    Bank,
    BankSummary,
    Held,
    ImportReport,
    OwnPlace,
    Played,
    QuestionFigures,
    QuestionFilter,
    SharedQuestion,
    Tally,
)
from bot.ports.rounds import Answers, Rounds, Schedules
from bot.ports.storage import Audit, Outbox, Storage, StorageUnavailable, Unit
from bot.ports.subscriptions import Subscriptions
from bot.ports.suggestions import Suggestions
from bot.ports.thanks import Thanks
from bot.ports.unaccepted import UnacceptedAnswers
from bot.ports.waiting_imports import WaitingImports
from bot.ports.wishes import Wishes

__all__ = [
    "HOSTS",
    "Admission",
    "Admissions",
    "AnswerWriter",
    "Answers",
    "Audit",
    "AuditEntry",
    "Bank",
    "BankSummary",
    "Banks",
    "Boards",
    "ChartPainter",
    "Claim",
    "Clock",
    "Codes",
    "FileReader",
    "Forbidden",
    "Forgetting",
    "FormulaPainter",
    "Gone",
    "Held",
    "Hosts",
    "Ids",
    "Images",
    "ImportReport",
    "Lane",
    "Leagues",
    "Locked",
    "Messenger",
    "MessengerError",
    "NextFire",
    "Nights",
    "Outbox",
    "OutcomeUnknown",
    "OwnPlace",
    "People",
    "Played",
    "Post",
    "PostKind",
    "QuestionFigures",
    "QuestionFilter",
    "RateLimited",
    "Reactions",
    "Readings",
    "Rounds",
    "Schedules",
    "SharedQuestion",
    "SheetPainter",
    "Spaces",
    "Stamp",
    "Storage",
    "StorageUnavailable",
    "Subscriptions",
    "Suggestions",
    "Tally",
    "Thanks",
    "UnacceptedAnswers",
    "Unit",
    "WaitingImports",
    "Wishes",
]
