"""What the core asks of the outside: surroundings, storage and platforms."""

from bot.ports.messages import Claim, Forbidden, Gone, Messenger, MessengerError, OutcomeUnknown, Post, RateLimited
from bot.ports.outside import AnswerWriter, Clock, Ids, NextFire
from bot.ports.records import AuditEntry, Bank, BankSummary, OwnPlace, Played, QuestionFilter
from bot.ports.storage import (
    Answers,
    Audit,
    Banks,
    Boards,
    Outbox,
    People,
    Rounds,
    Schedules,
    Storage,
    StorageUnavailable,
    Unit,
)

__all__ = [
    "AnswerWriter",
    "Answers",
    "Audit",
    "AuditEntry",
    "Bank",
    "BankSummary",
    "Banks",
    "Boards",
    "Claim",
    "Clock",
    "Forbidden",
    "Gone",
    "Ids",
    "Messenger",
    "MessengerError",
    "NextFire",
    "Outbox",
    "OutcomeUnknown",
    "OwnPlace",
    "People",
    "Played",
    "Post",
    "QuestionFilter",
    "RateLimited",
    "Rounds",
    "Schedules",
    "Storage",
    "StorageUnavailable",
    "Unit",
]
