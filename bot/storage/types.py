"""Column types for moments and dates."""

from datetime import UTC, date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.types import TypeDecorator
from typing_extensions import override

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def microseconds(moment: datetime) -> int:
    """Convert a moment to the number that the database stores."""
    return (moment - _EPOCH) // _MICROSECOND


def moment(microseconds: int) -> datetime:
    """Convert a number from `microseconds` back to a moment."""
    return _EPOCH + timedelta(microseconds=microseconds)


def days(day: date) -> int:
    """Convert a date to the number that the database stores."""
    return day.toordinal() - _EPOCH.toordinal()


def date_of(days: int) -> date:
    """Convert a number from `days` back to a date."""
    return date.fromordinal(days + _EPOCH.toordinal())


class Instant(TypeDecorator[datetime]):
    """A moment, stored as whole microseconds since 1970 UTC: exact, sortable and the same in every database."""

    impl = sa.BigInteger
    cache_ok = True

    @override
    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> int | None:
        """Convert an aware moment to microseconds."""
        return None if value is None else microseconds(value)

    @override
    def process_result_value(self, value: int | None, dialect: sa.Dialect) -> datetime | None:
        """Convert microseconds to an aware moment in UTC."""
        return None if value is None else moment(value)


class Day(TypeDecorator[date]):
    """A calendar date, stored as days since 1970, so that plain SQL can calculate with it."""

    impl = sa.Integer
    cache_ok = True

    @override
    def process_bind_param(self, value: date | None, dialect: sa.Dialect) -> int | None:
        """Convert a date to days."""
        return None if value is None else days(value)

    @override
    def process_result_value(self, value: int | None, dialect: sa.Dialect) -> date | None:
        """Convert days to a date."""
        return None if value is None else date_of(value)
