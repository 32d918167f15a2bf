"""Ask before a command that can't be undone: a button under the question runs the command again, with a code.

The code works once, within `LASTS`, and is bound to who was asked and to everything that they were told. If something
else would happen by then, or somebody else uses it, it isn't valid, and the question is asked again.
"""

from collections.abc import Hashable, Mapping, Sequence
from datetime import timedelta

from bot.domain.codes import GROUP_BITS, Code, Purpose, digest, spelled
from bot.domain.typed import typed
from bot.domain.views import LONGEST_COMMAND, Button, Caution, MessageView, Section
from bot.i18n import gettext as _
from bot.ports import Unit
from bot.services.chat.commands import CONFIRM
from bot.services.core import Core

LASTS = timedelta(minutes=10)

_GROUPS = 2
_NOBODY = 0


async def ask_first(
    core: Core, who: Sequence[Hashable], name: str, options: Mapping[str, str], caution: Caution
) -> MessageView | None:
    """Return the question to ask; None if the command came with a valid code, which is then used up.

    Args:
        core: storage, clock and chance.
        who: the person, and where they are.
        name: the command's name.
        options: its options, perhaps with the code.
        caution: what would happen now.
    """
    others = {option: value for option, value in options.items() if option != CONFIRM}
    bound_to = repr((tuple(who), name, sorted(others.items()), caution))
    code, now = options.get(CONFIRM, ""), core.clock.now()

    async def use(unit: Unit) -> bool:
        given_out = await unit.codes.lock(digest(code, bound_to))
        if given_out is None or given_out.purpose is not Purpose.GO_ON or given_out.expires_at <= now:
            return False
        await unit.codes.use(given_out.digest)
        return True

    is_answered = await core.storage.write(use) if code else False
    if is_answered:
        return None
    new = spelled(core.random.getrandbits(_GROUPS * GROUP_BITS), _GROUPS)
    stored = Code(digest=digest(new, bound_to), purpose=Purpose.GO_ON, subject=_NOBODY, expires_at=now + LASTS)

    async def give_out(unit: Unit) -> None:
        await unit.codes.forget(now, Purpose.GO_ON)
        await unit.codes.add(stored)

    await core.storage.write(give_out)
    return _question(caution, Button(label=caution.yes, command=typed(name, named={**others, CONFIRM: new})))


def _question(caution: Caution, button: Button) -> MessageView:
    """The question with its button or, where the command is too long for one, with what to type."""
    if len(button.command.plain) > LONGEST_COMMAND:
        go_on = _("To go on, type `{command}`").format(command=button.command)
        return MessageView(title=caution.title, text=caution.text, footer=go_on)
    return MessageView(sections=(Section(title=caution.title, text=caution.text, buttons=(button,)),))
