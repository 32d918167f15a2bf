"""Discord's errors, with its own codes and words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Refusal:
    """An answer with a status other than 2xx.

    Attributes:
        errors: which fields were wrong, nested as in the request.
        more: additional members of the body.
    """

    status: int
    code: int
    message: str
    errors: Mapping[str, Any] | None = None
    more: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)

    def body(self) -> dict[str, Any]:
        """Return the body of the response."""
        body: dict[str, Any] = {"message": self.message, "code": self.code, **self.more}
        if self.errors:
            body["errors"] = self.errors
        return body


class Refused(Exception):
    """Raised to answer a request with a refusal."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.message)
        self.refusal = refusal


UNAUTHORIZED = Refusal(401, 0, "401: Unauthorized")
NOT_FOUND = Refusal(404, 0, "404: Not Found")
SERVER_ERROR = Refusal(500, 0, "500: Internal Server Error")

UNKNOWN_CHANNEL = Refusal(404, 10003, "Unknown Channel")
UNKNOWN_GUILD = Refusal(404, 10004, "Unknown Guild")
UNKNOWN_MEMBER = Refusal(404, 10007, "Unknown Member")
UNKNOWN_MESSAGE = Refusal(404, 10008, "Unknown Message")
UNKNOWN_USER = Refusal(404, 10013, "Unknown User")
UNKNOWN_EMOJI = Refusal(400, 10014, "Unknown Emoji")
UNKNOWN_WEBHOOK = Refusal(404, 10015, "Unknown Webhook")
UNKNOWN_INTERACTION = Refusal(404, 10062, "Unknown interaction")
UNKNOWN_COMMAND = Refusal(404, 10063, "Unknown application command")
UNKNOWN_COMMAND_PERMISSIONS = Refusal(404, 10066, "Unknown application command permissions")
TOO_MANY_COMMANDS = Refusal(400, 30032, "Maximum number of application commands reached (100).")
TOO_MANY_OLD_EDITS = Refusal(
    429,
    30046,
    "Maximum number of edits to messages older than 1 hour reached. Try again later.",
    more={"retry_after": 0.2, "global": False},
    headers={"Via": "1.1 google", "Retry-After": "1"},
)
ALREADY_ACKNOWLEDGED = Refusal(400, 40060, "Interaction has already been acknowledged.")
MISSING_ACCESS = Refusal(403, 50001, "Missing Access")
NOT_IN_A_DM = Refusal(403, 50003, "Cannot execute action on a DM channel")
NOT_THE_AUTHOR = Refusal(403, 50005, "Cannot edit a message authored by another user")
EMPTY_MESSAGE = Refusal(400, 50006, "Cannot send an empty message")
USER_TAKES_NO_MESSAGES = Refusal(403, 50007, "Cannot send messages to this user")
NO_GUILD_IN_COMMON = Refusal(403, 50278, "Cannot send messages to this user due to having no mutual guilds")
OPENING_TOO_FAST = Refusal(400, 40003, "You are opening direct messages too fast")
MISSING_PERMISSIONS = Refusal(403, 50013, "Missing Permissions")
WRONG_CHANNEL_TYPE = Refusal(400, 50024, "Cannot execute action on this channel type")
ARCHIVED = Refusal(400, 50083, "Thread is archived")
TOKEN_EXPIRED = Refusal(401, 50027, "Invalid Webhook Token")
NO_HISTORY_TO_REPLY_TO = Refusal(400, 160002, "Cannot reply without permission to read message history")

HAS_A_THREAD = Refusal(400, 160004, "A thread has already been created for this message")
LOCKED = Refusal(400, 160005, "Thread is locked")


class Form:
    """Collects what is wrong with a request's fields, to refuse them all in one error 50035."""

    def __init__(self) -> None:
        self._errors: dict[str, Any] = {}

    def refuse(self, path: tuple[str | int, ...], code: str, message: str) -> None:
        """Note what is wrong with the field at ``path``."""
        errors = self._errors
        for step in path:
            errors = errors.setdefault(str(step), {})
        errors.setdefault("_errors", []).append({"code": code, "message": message})

    def length(self, path: tuple[str | int, ...], text: object, most: int, fewest: int = 0) -> None:
        """Require a text of ``fewest`` to ``most`` characters; it may be missing only if ``fewest`` is 0."""
        if text is None or text == "":
            if fewest:
                self.refuse(path, "BASE_TYPE_REQUIRED", "This field is required")
        elif not isinstance(text, str):
            self.refuse(path, "BASE_TYPE_BAD_TYPE", "Could not interpret value as string.")
        elif len(text) > most and fewest:
            self.refuse(path, "BASE_TYPE_BAD_LENGTH", f"Must be between {fewest} and {most} in length.")
        elif len(text) > most:
            self.refuse(path, "BASE_TYPE_MAX_LENGTH", f"Must be {most} or fewer in length.")

    def count(self, path: tuple[str | int, ...], items: list[Any], most: int, fewest: int = 0) -> None:
        """Require a list of ``fewest`` to ``most`` items."""
        if fewest and not fewest <= len(items) <= most:
            self.refuse(path, "BASE_TYPE_BAD_LENGTH", f"Must be between {fewest} and {most} in length.")
        elif len(items) > most:
            self.refuse(path, "BASE_TYPE_MAX_LENGTH", f"Must be {most} or fewer in length.")

    def between(self, path: tuple[str | int, ...], number: int, least: int, most: int) -> None:
        """Require a number from ``least`` to ``most``."""
        if number > most:
            self.refuse(path, "NUMBER_TYPE_MAX", f"int value should be less than or equal to {most}.")
        if number < least:
            self.refuse(path, "NUMBER_TYPE_MIN", f"int value should be greater than or equal to {least}.")

    def one_of(self, path: tuple[str | int, ...], value: object, allowed: tuple[int, ...]) -> bool:
        """Require one of the ``allowed`` values, and return whether it is."""
        if value in allowed:
            return True
        choices = ", ".join(map(str, allowed))
        self.refuse(path, "BASE_TYPE_CHOICES", f"Value must be one of {{{choices}}}.")
        return False

    def settle(self) -> None:
        """Raise `Refused` if anything was noted."""
        if self._errors:
            raise Refused(Refusal(400, 50035, "Invalid Form Body", errors=self._errors))
