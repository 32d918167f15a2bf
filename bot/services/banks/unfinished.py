"""Keep what was filled into a form that couldn't be taken, so that its writer can correct it and send it again."""

from bot.domain.commands import Caller
from bot.domain.errors import NotFound
from bot.domain.identity import SuggestionId
from bot.domain.suggestions import UNFINISHED_FOR, Suggestion
from bot.domain.writing import Written
from bot.i18n import gettext as _
from bot.ports import Unit
from bot.services.core import Core


async def keep(core: Core, caller: Caller, written: Written) -> SuggestionId:
    """Keep what somebody wrote for a day; what they wrote before is dropped."""
    unfinished = new_suggestion(core, caller, written, waits=False)

    async def work(unit: Unit) -> None:
        await unit.suggestions.drop_unfinished(caller.member)
        await unit.suggestions.add(unfinished)

    await core.storage.write(work)
    return unfinished.id


async def find(core: Core, caller: Caller, suggestion_id: SuggestionId) -> Written:
    """Return what is kept of the caller's.

    Raises:
        NotFound: it is gone, or somebody else's.
    """
    found = await core.storage.read(lambda unit: unit.suggestions.find(suggestion_id))
    if found is None or found.waits or not found.is_by(caller.member):
        raise NotFound(_("That form is gone. Please write the question again."))
    return found.written


async def drop(core: Core, caller: Caller) -> None:
    """Forget what is kept of the caller's, because it was corrected."""
    await core.storage.write(lambda unit: unit.suggestions.drop_unfinished(caller.member))


async def forget_old(core: Core) -> None:
    """Forget what nobody has corrected for a day."""
    before = core.clock.now() - UNFINISHED_FOR
    await core.storage.write(lambda unit: unit.suggestions.forget_unfinished(before))


def new_suggestion(core: Core, caller: Caller, written: Written, *, waits: bool) -> Suggestion:
    """Make a suggestion of what somebody wrote here and now."""
    return Suggestion(
        id=SuggestionId(core.ids.next()),
        space_id=caller.space.id,
        account=caller.member.external_id,
        channel=caller.channel,
        at=core.clock.now(),
        waits=waits,
        written=written.cleaned,
    )
