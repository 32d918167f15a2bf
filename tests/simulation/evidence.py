"""What is really on disk, read past the program: plain SQL on a connection of the test's own."""

import json
import sqlite3
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from pathlib import Path

from bot.services.rounds.asking import question_key
from tests.simulation.model import Player, Round, Stands

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_PARTS = 72_072


class Evidence:
    """See the module; it keeps the file's log alive while all processes are dead."""

    def __init__(self, file: Path) -> None:
        self._connection = sqlite3.connect(file, isolation_level=None)
        self._connection.row_factory = sqlite3.Row

    def close(self) -> None:
        self._connection.close()

    def rounds(self) -> dict[int, Round]:
        rows = self._connection.execute("SELECT * FROM rounds ORDER BY id")
        return {row["id"]: _round(row) for row in rows}

    def keys(self) -> dict[int, set[int]]:
        """What each round is graded by."""
        return {row["id"]: _choices(row["key"]) for row in self._connection.execute("SELECT id, key FROM rounds")}

    def round(self, round_id: int) -> Round | None:
        row = self._connection.execute("SELECT * FROM rounds WHERE id = ?", (round_id,)).fetchone()
        return row and _round(row)

    def answers(self) -> dict[tuple[int, Player], Stands]:
        return {
            (row["round_id"], (row["space_id"], row["external_id"])): _stands(row)
            for row in self._connection.execute(_ANSWERS)
        }

    def answer(self, round_id: int, player: Player) -> Stands | None:
        where = " WHERE round_id = ? AND space_id = ? AND external_id = ?"
        row = self._connection.execute(_ANSWERS + where, (round_id, *player)).fetchone()
        return row and _stands(row)

    def answer_rows(self) -> int:
        return self._connection.execute("SELECT count(*) FROM answers").fetchone()[0]

    def sums(self) -> dict[tuple[int, str, Player], tuple[Fraction, int, int]]:
        rows = self._connection.execute("SELECT * FROM totals JOIN members USING (player_id)")
        return {
            (row["league_id"], row["period"], (row["space_id"], row["external_id"])): (
                Fraction(row["points"], _PARTS),
                row["correct"],
                row["answered"],
            )
            for row in rows
        }

    def key_of_question(self, question_id: int) -> set[int]:
        row = self._connection.execute(
            "SELECT key FROM revisions JOIN questions ON id = question_id AND questions.revision = revisions.revision "
            "WHERE id = ?",
            (question_id,),
        ).fetchone()
        return _choices(row["key"])

    def is_withdrawn(self, question_id: int) -> bool:
        row = self._connection.execute("SELECT withdrawn FROM questions WHERE id = ?", (question_id,)).fetchone()
        return bool(row["withdrawn"])

    def audited(self, *actions: str) -> list[tuple[str, str]]:
        marks = ", ".join("?" * len(actions))
        query = f"SELECT subject, details FROM audit WHERE action IN ({marks}) ORDER BY id"  # noqa: S608 - question marks
        return [(row["subject"], row["details"]) for row in self._connection.execute(query, actions)]

    def is_paused(self, series_id: int) -> bool:
        row = self._connection.execute("SELECT next_at FROM series WHERE id = ?", (series_id,)).fetchone()
        return row["next_at"] is None

    def posts(self) -> list[sqlite3.Row]:
        return self._connection.execute(
            "SELECT * FROM posts JOIN spaces ON spaces.id = space_id ORDER BY key"
        ).fetchall()

    def may_stand(self, round_id: int) -> bool:
        """Whether the question of a round may be on the platform, while nobody knows where."""
        query = "SELECT 1 FROM posts WHERE key = ? AND message_ref IS NULL AND waiting AND tries > 0"
        return self._connection.execute(query, (question_key(round_id),)).fetchone() is not None


_ANSWERS = "SELECT round_id, space_id, external_id, choices, at, event_id FROM answers JOIN members USING (player_id)"


def _moment(microseconds: int | None) -> datetime | None:
    return None if microseconds is None else _EPOCH + timedelta(microseconds=microseconds)


def _choices(bits: int) -> set[int]:
    return {n for n in range(40) if bits & (1 << n)}


def _stands(row: sqlite3.Row) -> Stands:
    return Stands(frozenset(_choices(row["choices"])), _moment(row["at"]), row["event_id"])


def _round(row: sqlite3.Row) -> Round:
    return Round(
        id=row["id"],
        space=row["space_id"],
        league=row["league_id"],
        channel=row["channel"],
        question=row["question_id"],
        select="all" if row["selects"] is None else row["selects"],
        order=json.loads(row["shown_order"]),
        at_close=row["reveal"] == "at_close",
        reactions=row["answer_with"] == "reactions",
        opened_at=_moment(row["opened_at"]),
        closes_at=_moment(row["closes_at"]),
        series=row["series_id"],
        due_on=None if row["due_on"] is None else date(1970, 1, 1) + timedelta(days=row["due_on"]),
        private_to=row["private_to"],
        closed_at=_moment(row["closed_at"]),
    )
