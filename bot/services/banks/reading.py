"""Keep readings by example under a name, so that the next file that looks the same is read the same way."""

from bot.domain.errors import BadInput, NotFound
from bot.domain.identity import SpaceId
from bot.domain.lookalikes import look_alike
from bot.domain.readings import Reading
from bot.i18n import gettext as _
from bot.ports import Unit
from bot.services.banks.storing import is_name
from bot.services.core import Core

MOST_READINGS = 20
"""The most readings that a space keeps: each is tried on a file that isn't understood."""


async def kept_readings(core: Core, space_id: SpaceId | None) -> dict[str, Reading]:
    """Return the readings that a space's files may be read with, by name: its own, and the operator's."""

    async def read(unit: Unit) -> dict[str, Reading]:
        own = await unit.readings.of(space_id)
        names = {name.casefold() for name in own}
        common = await unit.readings.of(None) if space_id is not None else {}
        return own | {name: reading for name, reading in common.items() if name.casefold() not in names}

    return await core.storage.read(read)


async def kept_reading(core: Core, name: str, space_id: SpaceId | None = None) -> Reading:
    """Return the reading that a space calls by a name.

    Raises:
        NotFound: there is none.
    """
    kept = await kept_readings(core, space_id)
    found = next((reading for known, reading in kept.items() if known.casefold() == name.casefold()), None)
    if found is None:
        raise _none(name)
    return found


async def keep_reading(core: Core, name: str, reading: Reading, space_id: SpaceId | None = None) -> None:
    """Keep a reading under a name; it replaces the one that had this name.

    Raises:
        BadInput: the name is unusable or looks like another reading's, or the space keeps as many readings as it may.
    """
    if not is_name(name):
        message = _("“{name}” can't be a reading's name: use letters, digits, spaces and - . ( ) +")
        raise BadInput(message.format(name=name))

    async def keep(unit: Unit) -> None:
        own, common = await unit.readings.of(space_id), await unit.readings.of(None)
        others = [known for known in own if known.casefold() != name.casefold()]
        for other in (*others, *common):
            if other.casefold() != name.casefold() and look_alike(other, name):
                message = _("“{name}” looks like the reading “{other}” that is there already: choose another name.")
                raise BadInput(message.format(name=name, other=other))
        if len(others) >= MOST_READINGS:
            message = _("There are {limit} readings already. Remove one first.")
            raise BadInput(message.format(limit=MOST_READINGS))
        await unit.readings.keep(name, reading, space_id)

    await core.storage.write(keep)


async def remove_reading(core: Core, name: str, space_id: SpaceId | None = None) -> None:
    """Remove a reading; what was read with it stays.

    Raises:
        NotFound: there is none of this name.
    """
    if not await core.storage.write(lambda unit: unit.readings.drop(name, space_id)):
        raise _none(name)


def _none(name: str) -> NotFound:
    return NotFound(_("There is no reading “{name}”.").format(name=name))
