"""Members suggest questions; hosts accept or decline them, and whoever suggested one hears of it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from bot import metrics
from bot.domain.commands import Caller
from bot.domain.errors import Busy, NotFound
from bot.domain.identity import BankId, Member, QuestionId, SuggestionId
from bot.domain.limits import Limit
from bot.domain.questions import Question
from bot.domain.revisions import first_revision
from bot.domain.suggestions import Suggestion
from bot.domain.thanks import Deed
from bot.domain.views import MessageView
from bot.domain.writing import Written, drafted
from bot.i18n import gettext as _
from bot.i18n import ngettext
from bot.ports import Unit
from bot.rendering import writing as words
from bot.services.acting import actor, note
from bot.services.banks.storing import check_name
from bot.services.banks.unfinished import new_suggestion
from bot.services.banks.writing import BANK, Stored, put
from bot.services.core import Core
from bot.services.limiting import person
from bot.services.telling import tell

SHOWN = 5
"""How many suggestions a host looks through at once."""
MOST_OF_ONE = 10
"""How many suggestions of one account may wait."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Suggestions that wait for a space's hosts.

    Attributes:
        shown: the oldest, each with its writer's name; empty: nobody knows it any more.
        more: how many others wait.
    """

    shown: tuple[tuple[Suggestion, str], ...]
    more: int


async def suggest(core: Core, caller: Caller, written: Written) -> Question:
    """Keep a written question until a host decides, and return it; suggesting it again changes nothing.

    Raises:
        Miswritten: something in the question is wrong or missing.
        Limited: the caller suggests too much at once.
        Busy: too many suggestions wait, of the caller or in the space.
    """
    question = first_revision(drafted(written), question_id=QuestionId(0), bank_id=BankId(0))
    suggestion = new_suggestion(core, caller, written, waits=True)

    async def work(unit: Unit) -> None:
        own = await unit.suggestions.of(caller.member)
        if any(one.written == suggestion.written for one in own):
            return
        all_waiting = await unit.suggestions.waiting(caller.space.id)
        _require_room(core, len(own), len(all_waiting))
        await unit.people.ensure_player(caller.member)  # so that hosts see a name
        await unit.suggestions.add(suggestion)

    with core.limiter.within(Limit.SUGGESTIONS, person(caller)):
        await core.storage.write(work)
    return question


def _require_room(core: Core, own: int, all_waiting: int) -> None:
    if own >= MOST_OF_ONE:
        text = ngettext(
            "{number} suggestion of yours is waiting for the hosts. Suggest more once they have decided.",
            "{number} suggestions of yours are waiting for the hosts. Suggest more once they have decided.",
            own,
        )
    elif all_waiting >= core.limiter.limits.waiting_suggestions:
        text = ngettext(
            "{number} suggestion is waiting for the hosts already. Suggest yours once they have decided.",
            "{number} suggestions are waiting for the hosts already. Suggest yours once they have decided.",
            all_waiting,
        )
    else:
        return
    metrics.limited.labels("waiting_suggestions").inc()
    raise Busy(text.format(number=own if own >= MOST_OF_ONE else all_waiting))


async def waiting(core: Core, caller: Caller) -> Waiting:
    """Return the suggestions that wait for the hosts of the caller's space, oldest first."""

    async def read(unit: Unit) -> Waiting:
        found = await unit.suggestions.waiting(caller.space.id)
        shown = [(one, await _name(unit, one)) for one in found[:SHOWN]]
        return Waiting(shown=tuple(shown), more=len(found) - len(shown))

    return await core.storage.read(read)


async def _name(unit: Unit, suggestion: Suggestion) -> str:
    writer = Member(space_id=suggestion.space_id, external_id=suggestion.account, name="")
    player = await unit.people.player(writer)
    return (await unit.people.names([player])).get(player, "") if player else ""


async def to_change(core: Core, caller: Caller, suggestion_id: SuggestionId) -> Written:
    """Return a suggestion that waits for the hosts of the caller's space.

    Raises:
        NotFound: no such suggestion waits here.
    """
    found = await core.storage.read(lambda unit: unit.suggestions.find(suggestion_id))
    if found is None or not found.waits or found.space_id != caller.space.id:
        raise _not_waiting()
    return found.written


async def approve(
    core: Core, caller: Caller, suggestion_id: SuggestionId, *, bank: str = BANK, changed: Written | None = None
) -> Stored:
    """Store a suggested question in a bank of the caller's space, and tell whoever suggested it.

    ``changed`` is what the host made of it; None: nothing is changed.

    Raises:
        NotFound: no such suggestion waits here.
        QuizbotError: see `bot.services.banks.writing.add`.
    """
    check_name(bank)

    async def work(unit: Unit) -> Stored:
        suggestion = await _take(unit, caller, suggestion_id)
        stored = await put(core, unit, caller.space.id, drafted(changed or suggestion.written), bank=bank)
        await _decided(core, unit, caller, suggestion, partial(words.taken, stored.question))
        subject, who = f"question {stored.question.id}", await actor(unit, caller.member)
        await note(core, unit, "suggestion accepted", subject, f"bank {stored.bank.name}", actor=who)
        if stored.changed and not suggestion.is_by(caller.member):
            writer = Member(space_id=suggestion.space_id, external_id=suggestion.account, name="")
            await unit.thanks.add(writer, Deed.SUGGESTED, stored.question.id, core.clock.now())
        return stored

    return await core.write_and_deliver(work)


async def decline(core: Core, caller: Caller, suggestion_id: SuggestionId) -> Suggestion:
    """Delete a suggestion, and tell whoever suggested it.

    Raises:
        NotFound: no such suggestion waits here.
    """

    async def work(unit: Unit) -> Suggestion:
        suggestion = await _take(unit, caller, suggestion_id)
        await _decided(core, unit, caller, suggestion, partial(words.not_taken, suggestion))
        who = await actor(unit, caller.member)
        await note(core, unit, "suggestion declined", f"space {caller.space.id}", actor=who)
        return suggestion

    return await core.write_and_deliver(work)


async def _take(unit: Unit, caller: Caller, suggestion_id: SuggestionId) -> Suggestion:
    suggestion = await unit.suggestions.take(caller.space.id, suggestion_id)
    if suggestion is None:
        raise _not_waiting()
    return suggestion


def _not_waiting() -> NotFound:
    return NotFound(_("This suggestion isn't waiting any more: somebody has decided, or it is gone."))


async def _decided(
    core: Core, unit: Unit, caller: Caller, suggestion: Suggestion, render: Callable[[], MessageView]
) -> None:
    """Tell whoever suggested a question what became of it, unless they decided it themselves."""
    if not suggestion.is_by(caller.member):
        await tell(core, unit, suggestion.space_id, suggestion.channel, render, private_to=suggestion.account)
