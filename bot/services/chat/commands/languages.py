"""Handle ``/language``: hosts choose what the bot speaks to everybody."""

from bot.domain.commands import Caller, Option, Slot
from bot.domain.errors import BadInput
from bot.domain.limits import Limit
from bot.domain.views import MessageView
from bot.i18n import LANGUAGES, known_language, later
from bot.i18n import gettext as _
from bot.rendering import replies
from bot.services.chat.commands import Command
from bot.services.core import Core
from bot.services.people.languages import set_language


async def _language(core: Core, caller: Caller, options: dict[str, str]) -> MessageView:
    if "name" not in options:
        return replies.spoken_language(LANGUAGES[caller.space.language])
    language = _chosen(options["name"])
    await set_language(core, caller, language)
    return replies.spoken_language(LANGUAGES[language])


def _chosen(text: str) -> str:
    """Return the code of a language that is named by its code or its own name.

    Raises:
        BadInput: Quizbot doesn't speak it.
    """
    word = text.strip().casefold()
    code = next((code for code, name in LANGUAGES.items() if word == name.casefold()), None) or known_language(word)
    if code is None:
        raise BadInput(
            _("I don't speak “{language}” yet. I speak: {languages}.").format(
                language=text, languages=", ".join(f"{name} ({code})" for code, name in LANGUAGES.items())
            )
        )
    return code


COMMANDS = (
    Command(
        name="language",
        does=later("The language of the questions of the day, results and other posts for everybody"),
        handler=_language,
        limit=Limit.CHANGES,
        options=(
            Option(
                name="name",
                about=later("A language, such as de or Deutsch; default: show the one that is set"),
                slot=Slot.NEXT,
                takes_rest=True,
            ),
        ),
        for_hosts=True,
        help=later("the language of my posts for everybody"),
    ),
)
