"""Delete a bank of a space."""

from bot.domain.commands import Caller
from bot.domain.errors import NotAllowed, NotFound
from bot.i18n import gettext as _
from bot.ports import Bank, Unit
from bot.services.acting import actor, note
from bot.services.core import Core


async def own_bank(unit: Unit, caller: Caller, name: str) -> Bank:
    """Return the bank of the caller's space with a name.

    Raises:
        NotAllowed: the bank is the operator's.
        NotFound: the space has no such bank.
    """
    bank = await unit.banks.named(name, caller.space.id)
    if bank is None:
        raise NotFound(_("There is no bank named “{bank}”.").format(bank=name))
    if bank.space_id is None:
        raise NotAllowed(
            _("“{bank}” is for every space, so only whoever runs me can change it.").format(bank=bank.name)
        )
    return bank


async def delete_bank(core: Core, caller: Caller, name: str) -> int:
    """Delete a bank of the caller's space. Return how many questions stay, withdrawn, because rounds asked them.

    Points and answers stay as they are, and so do open rounds.

    Raises:
        NotAllowed: the bank is the operator's.
        NotFound: the space has no such bank.
    """

    async def work(unit: Unit) -> int:
        bank = await own_bank(unit, caller, name)
        await unit.banks.lock(bank.id)
        stay = await unit.forgetting.forget_bank(bank.id)
        who = await actor(unit, caller.member)
        await note(core, unit, "bank deleted", f"bank {bank.id}", f"{bank.name} ({stay} questions stay)", actor=who)
        return stay

    return await core.storage.write(work)
