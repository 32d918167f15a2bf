"""Keep what was filled into a form that couldn't be taken, so that its writer can correct it and send it again."""

from bot.domain.commands import Caller
from bot.domain.errors import NotFound
from bot.domain.identity import SuggestionId
from bot.domain.suggestions import UNFINISHED_FOR, Suggestion
from bot.domain.writing import Written
from bot.i18n import gettext as _
from bot.ports import Unit
from bot.services.core import Core

MOST_OF_ONE = 5
"""How many forms of one account are kept."""


async def keep(core: Core, caller: Caller, written: Written, *, instead_of: SuggestionId | None = None) -> SuggestionId:
    """Keep what somebody wrote for a day; ``instead_of`` is the form that they corrected, which is dropped.

    If too much of theirs is kept, the oldest is dropped, too.
    """
    unfinished = new_suggestion(core, caller, written, waits=False)

    async def work(unit: Unit) -> None:
        await unit.forgetting.refuse_outdated(caller.member)
        await _drop(unit, caller, instead_of)
        kept = [one for one in await unit.suggestions.of(caller.member) if not one.waits]
        for old in kept[: 1 - MOST_OF_ONE]:
            await _drop(unit, caller, old.id)
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


async def drop(core: Core, caller: Caller, corrected: SuggestionId | None) -> None:
    """Forget a form of the caller's, because it was corrected; None: what they filled in wasn't kept before."""
    await core.storage.write(lambda unit: _drop(unit, caller, corrected))


async def _drop(unit: Unit, caller: Caller, form: SuggestionId | None) -> None:
    if form is not None:
        await unit.suggestions.drop_unfinished(caller.member, form)


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
