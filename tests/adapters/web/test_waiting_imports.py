"""Files that wait for a decision: bounded in number and memory, and nobody's go because of another's."""

from datetime import UTC, datetime, timedelta

import pytest

from adapters.web.waiting_imports import LASTS, MOST, MOST_OF_ONE, ROOM, WaitingImport, WaitingImports
from bot.domain.errors import BadInput
from bot.domain.mending import Portion
from bot.importers.desk import At, opened, size
from bot.importers.mending import Edit, edit
from bot.ports import ImportReport
from bot.testing import document, draft

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
BANK = opened(document(draft()), ())
REPORT = ImportReport(bank="a", new=1, edited=0, unchanged=0, ready=1, unkeyed=0, needs_attention=0, left_out=0)
CHANGED = Edit(
    stem="b" * 20_000, choices=("x", "y"), key=(0,), explanation="", choice_explanations=("", ""), rows=(0, 1)
)


def waiting(member: str, weight: int = 1, at: datetime = NOW) -> WaitingImport:
    return WaitingImport(
        desk=BANK, report=REPORT, file_name="a.txt", bank="a", member_id=member, size=weight, made_at=at
    )


def kept(imports: WaitingImports, tokens: list[str], member: str, now: datetime = NOW) -> list[bool]:
    return [imports.get(token, member, now) is not None for token in tokens]


def test_a_host_who_reads_many_files_loses_their_own_oldest_alone() -> None:
    imports = WaitingImports()
    bobs = [imports.keep(waiting("bob")) for _ in range(2)]
    adas = [imports.keep(waiting("ada")) for _ in range(50)]
    assert kept(imports, bobs, "bob") == [True] * 2
    assert kept(imports, adas, "ada") == [False] * (50 - MOST_OF_ONE) + [True] * MOST_OF_ONE


def test_in_all_the_oldest_go() -> None:
    imports = WaitingImports()
    tokens = [imports.keep(waiting(f"host {n}")) for n in range(MOST + 1)]
    assert [kept(imports, [token], f"host {n}") for n, token in enumerate(tokens)] == [[False]] + [[True]] * MOST


def test_what_takes_the_memory_of_all_makes_room_for_itself_first() -> None:
    imports = WaitingImports()
    bobs = [imports.keep(waiting("bob", ROOM // 4))]
    adas = [imports.keep(waiting("ada", ROOM // 2)) for _ in range(2)]
    assert kept(imports, bobs, "bob") == [True]
    assert kept(imports, adas, "ada") == [False, True]
    with pytest.raises(BadInput, match="too much to wait here"):
        imports.keep(waiting("ada", ROOM + 1))
    with pytest.raises(BadInput, match="too much to wait here"):
        imports.renew(bobs[0], waiting("bob", ROOM + 1))
    assert kept(imports, bobs, "bob") == [True]


def test_one_that_is_mended_takes_no_second_place() -> None:
    imports = WaitingImports()
    tokens = [imports.keep(waiting("ada", ROOM // MOST_OF_ONE)) for _ in range(MOST_OF_ONE)]
    imports.renew(tokens[0], waiting("ada", ROOM // MOST_OF_ONE, NOW + LASTS))
    assert kept(imports, tokens, "ada") == [True] * MOST_OF_ONE
    assert kept(imports, tokens, "ada", NOW + LASTS + timedelta(seconds=1)) == [True, False, False]


def test_what_counts_is_the_memory_that_texts_take_as_read_and_as_mended() -> None:
    plain, wide = (opened(document(draft(stem)), ()) for stem in ("a" * 30_000, "a" * 29_999 + "😀"))
    assert size(wide) - size(plain) > 80_000
    asked = draft("a" * 30_000)
    whole = opened(document(asked), (Portion(sources=(asked,)),))
    assert size(edit(whole, At(0, 0), CHANGED)) - size(whole) > 20_000
