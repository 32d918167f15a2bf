"""Where people may ask for quick questions, those of ``/quiz``: hosts of a space decide."""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.errors import BadInput, NotAllowed
from bot.domain.typed import typed
from bot.i18n import gettext as _


class Allowed(StrEnum):
    """Where quick questions may be asked."""

    EVERYWHERE = "everywhere"
    HERE = "here"
    """For everybody in one channel alone, for oneself in every channel."""
    PRIVATE = "private"
    """Only for oneself."""
    OFF = "off"


@dataclass(frozen=True, slots=True, kw_only=True)
class QuickRule:
    """A space's rule; ``channel`` is the one where everybody may see them, if the rule is `Allowed.HERE`."""

    allowed: Allowed = Allowed.EVERYWHERE
    channel: str | None = None

    def require(self, channel: str, *, private: bool) -> None:
        """Check that somebody may ask for a quick question.

        Raises:
            NotAllowed: the hosts don't allow it; the text says what is allowed instead.
        """
        alone = typed("quiz", named={"private": "yes"})
        if self.allowed is Allowed.OFF:
            raise NotAllowed(_("The hosts have turned quick questions off."))
        if private or self.allowed is Allowed.EVERYWHERE or self.channel == channel:
            return
        if self.allowed is Allowed.HERE:
            raise NotAllowed(
                _("Quick questions have a channel of their own. To ask here just for yourself: {command}").format(
                    command=alone
                )
            )
        raise NotAllowed(_("Here you can ask only for yourself: {command}").format(command=alone))


def parse_allowed(text: str) -> Allowed:
    """Read one of the words of `Allowed`.

    Raises:
        BadInput: it is another word.
    """
    word = text.strip().casefold()
    if word not in set(Allowed):
        raise BadInput(_("“{text}” isn't one of the choices: {choices}.").format(text=text, choices=", ".join(Allowed)))
    return Allowed(word)
