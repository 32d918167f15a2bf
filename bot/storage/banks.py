"""Storage of banks and their questions."""

import asyncio
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection
from typing_extensions import override

from bot.domain.accuracy import Accuracy
from bot.domain.drafts import Finding, FindingCode, NoteSection
from bot.domain.errors import NotFound
from bot.domain.former_banks import former_name
from bot.domain.identity import BankId, ChoiceId, QuestionId, SpaceId
from bot.domain.images import Image
from bot.domain.kinds import kind_of
from bot.domain.mending import Mending
from bot.domain.question_draw import Candidate
from bot.domain.questions import Choice, Question
from bot.domain.responses import Key
from bot.i18n import gettext as _
from bot.ports import Bank, Banks, BankSummary, Held, QuestionFilter, Stamp
from bot.storage import question_draw
from bot.storage import tables as t
from bot.storage.mendings import mending_in, stored_mending
from bot.storage.responses import columns, key_in
from bot.storage.upsert import replacing

_SLICE = 100
"""How many rows become questions before other tasks may run."""


class SqlBanks(Banks):
    """`bot.ports.Banks` over one connection's transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    @override
    async def named(self, name: str, space_id: SpaceId | None) -> Bank | None:
        folded = {"name": name.casefold()}
        if space_id is None:
            found = await self._connection.execute(_NAMED_BY_OPERATOR, folded)
        else:
            found = await self._connection.execute(_NAMED, {**folded, "space": space_id})
        row = found.one_or_none()
        return _bank(row) if row else None

    @override
    async def add(self, bank: Bank) -> None:
        values = {**asdict(bank), "folded_name": bank.name.casefold(), "notes": [], "findings": [], "mendings": []}
        await self._connection.execute(sa.insert(t.banks), values)

    @override
    async def new_version(self, bank_id: BankId, notes: Sequence[NoteSection], findings: Sequence[Finding]) -> None:
        await self._connection.execute(
            sa.update(t.banks)
            .where(t.banks.c.id == bank_id)
            .values(
                version=t.banks.c.version + 1,
                notes=_notes(notes),
                findings=[{"line": one.line, "code": one.code, "message": one.message} for one in findings],
            )
        )

    @override
    async def has_notes(self, bank_id: BankId, notes: Sequence[NoteSection]) -> bool:
        stored = await self._connection.scalar(sa.select(t.banks.c.notes).where(t.banks.c.id == bank_id))
        return bool(stored == _notes(notes))

    @override
    async def mendings(self, bank_id: BankId) -> tuple[Mending, ...]:
        stored = await self._connection.scalar(sa.select(t.banks.c.mendings).where(t.banks.c.id == bank_id))
        return tuple(map(mending_in, stored or ()))

    @override
    async def set_mendings(self, bank_id: BankId, mendings: Sequence[Mending]) -> None:
        stored = list(map(stored_mending, mendings))
        await self._connection.execute(sa.update(t.banks).where(t.banks.c.id == bank_id).values(mendings=stored))

    @override
    async def summaries(self, space_id: SpaceId | None = None) -> list[BankSummary]:
        counted, listed = _ALL if space_id is None else _OPEN_TO
        seen = None if space_id is None else {"space": space_id}
        counts = await self._connection.execute(counted, seen)
        by_bank: dict[int, dict[str, int]] = {}
        for bank_id, status, count in counts:
            by_bank.setdefault(bank_id, {})[status] = count
        rows = await self._connection.execute(listed, seen)
        return [
            _summary(_bank(row), by_bank.get(row.id, {}))
            for row in rows
            if space_id is None or row.name != former_name(row.id)
        ]

    @override
    async def held(self, space_id: SpaceId) -> Held:
        row = (await self._connection.execute(_HELD, {"space": space_id})).one()
        return Held(banks=row.banks, questions=row.questions)

    @override
    async def questions(self, bank_id: BankId) -> list[Question]:
        query = (
            _QUESTION.where(t.questions.c.bank_id == bank_id, t.revisions.c.revision == t.questions.c.revision)
            .order_by(t.questions.c.position, t.questions.c.id)
        )  # fmt: skip
        questions: list[Question] = []
        async with self._connection.stream(query) as rows:
            async for some in rows.partitions(_SLICE):
                questions += map(_question, some)
                # Let other tasks run: if the driver has the next rows already, fetching them doesn't wait.
                await asyncio.sleep(0)
        return questions

    @override
    async def lock(self, bank_id: BankId) -> None:
        this = sa.select(t.banks.c.id).where(t.banks.c.id == bank_id)
        await self._connection.execute(this.with_for_update(key_share=True))

    @override
    async def stamp(self, bank_id: BankId) -> Stamp:
        # Versions, revisions and withdrawals only ever increase.
        (stamp,) = await self._connection.execute(
            sa.select(
                sa.literal(bank_id),
                sa.func.coalesce(sa.func.max(t.banks.c.version), 0),
                sa.func.count(t.questions.c.id),
                sa.func.coalesce(sa.func.sum(t.questions.c.revision), 0),
                sa.func.coalesce(sa.func.sum(sa.case((t.questions.c.withdrawn, 1), else_=0)), 0),
            )
            .select_from(t.banks)
            .outerjoin(t.questions, t.questions.c.bank_id == t.banks.c.id)
            .where(t.banks.c.id == bank_id)
        )
        return tuple(map(int, stamp))

    @override
    async def source_ids(self, bank_id: BankId) -> dict[str, QuestionId]:
        rows = await self._connection.execute(
            sa.select(t.questions.c.source_id, t.questions.c.id)
            .where(t.questions.c.bank_id == bank_id, t.questions.c.source_id.is_not(None))
            .order_by(t.questions.c.id.desc())  # if two questions have the same source id, the first one keeps it
        )  # fmt: skip
        return {source_id: QuestionId(question_id) for source_id, question_id in rows}

    @override
    async def save(self, revisions: Iterable[tuple[Question, str | None]], at: datetime) -> None:
        pairs = list(revisions)
        if not pairs:
            return
        statement = replacing(self._connection, t.questions, keep={"source_id", "after_id"})
        await self._connection.execute(statement, [_question_row(question, source) for question, source in pairs])
        await self._connection.execute(sa.insert(t.revisions), [_revision_row(question, at) for question, _ in pairs])
        if shown := [row for question, _ in pairs for row in _choice_image_rows(question)]:
            await self._connection.execute(sa.insert(t.choice_images), shown)

    @override
    async def set_order(self, before: Mapping[QuestionId, QuestionId | None]) -> None:
        if before:
            await self._connection.execute(
                sa.update(t.questions)
                .where(t.questions.c.id == sa.bindparam("this"))
                .values(after_id=sa.bindparam("other")),
                [{"this": number, "other": other} for number, other in before.items()],
            )

    @override
    async def question(self, question_id: QuestionId, revision: int | None = None) -> Question:
        if revision is None:
            found = await self._connection.execute(_CURRENT, {"this": question_id})
        else:
            found = await self._connection.execute(_AT_REVISION, {"this": question_id, "wanted": revision})
        row = found.one_or_none()
        if row is None:
            raise NotFound(_("There is no question {id}.").format(id=question_id))
        return _question(row)

    @override
    async def current(self, question_ids: Collection[QuestionId]) -> dict[QuestionId, Question]:
        these = t.questions.c.id.in_(question_ids), t.revisions.c.revision == t.questions.c.revision
        rows = await self._connection.execute(_QUESTION.where(*these))
        return {question.id: question for question in map(_question, rows)}

    @override
    async def asking(self, bank_id: BankId, stem: str) -> list[Question]:
        current = t.questions.c.bank_id == bank_id, t.revisions.c.revision == t.questions.c.revision
        these = _QUESTION.where(*current, ~t.questions.c.withdrawn, t.revisions.c.stem == stem)
        return list(map(_question, await self._connection.execute(these.order_by(t.questions.c.id))))

    @override
    async def bank_of(self, question: Question) -> Bank:
        return _bank((await self._connection.execute(_BANK.where(t.banks.c.id == question.bank_id))).one())

    @override
    async def withdraw(self, question_id: QuestionId) -> None:
        await self._connection.execute(
            sa.update(t.questions).where(t.questions.c.id == question_id).values(withdrawn=True, status="withdrawn")
        )

    @override
    async def candidates(self, which: QuestionFilter) -> list[Candidate]:
        """The ready questions that fit; from a starter bank only where no other bank has a ready one."""
        return await question_draw.candidates(self._connection, which)

    @override
    async def verdicts(self, which: QuestionFilter) -> dict[QuestionId, Accuracy]:
        """How many of the graded answers were right, for each matching question whose bank gives no difficulty."""
        return await question_draw.verdicts(self._connection, which)

    @override
    async def topics(self, space_id: SpaceId) -> list[str]:
        """The topics of the questions that the space may draw, sorted."""
        return await question_draw.topics(self._connection, space_id)


def _notes(notes: Sequence[NoteSection]) -> list[dict[str, Any]]:
    # Spelled out: asdict takes twenty times as long, and there may be thousands.
    return [{"line": one.line, "heading": one.heading, "text": one.text} for one in notes]


_BANK = sa.select(*[c for c in t.banks.c if c.name not in {"folded_name", "notes", "findings", "mendings"}])
_NAMED_BY_OPERATOR = _BANK.where(t.banks.c.id == question_draw.bank_named(sa.bindparam("name"), None))
_NAMED = _BANK.where(t.banks.c.id == question_draw.bank_named(sa.bindparam("name"), sa.bindparam("space")))
_QUESTION = (
    sa.select(
        t.revisions, t.questions.c.bank_id, t.questions.c.withdrawn, t.questions.c.after_id, t.images.c.media_type
    )
    .join_from(t.revisions, t.questions)
    .outerjoin(t.images)
)
_CURRENT = _QUESTION.where(t.questions.c.id == sa.bindparam("this"), t.revisions.c.revision == t.questions.c.revision)
_AT_REVISION = _QUESTION.where(
    t.questions.c.id == sa.bindparam("this"), t.revisions.c.revision == sa.bindparam("wanted")
)


def _summing(seen: sa.ColumnElement[bool]) -> tuple[sa.Select[tuple[int, str, int]], sa.Select[tuple[Any, ...]]]:
    """Select how many questions of each status the seen banks have, and these banks, each space's own first."""
    counts = (
        sa.select(t.questions.c.bank_id, t.questions.c.status, sa.func.count())
        .join_from(t.questions, t.banks)
        .where(seen)
        .group_by(t.questions.c.bank_id, t.questions.c.status)
    )
    own_first = t.banks.c.folded_name, t.banks.c.space_id.is_(None), t.banks.c.space_id
    return counts, _BANK.where(seen).order_by(*own_first)


_ALL = _summing(sa.true())
_OPEN_TO = _summing(question_draw.is_open_to(sa.bindparam("space")))


_own = t.banks.c.space_id == sa.bindparam("space")
_HELD = sa.select(
    sa.select(sa.func.count()).select_from(t.banks).where(_own).scalar_subquery().label("banks"),
    sa.select(sa.func.count()).select_from(t.questions.join(t.banks)).where(_own).scalar_subquery().label("questions"),
)


def _bank(row: sa.Row[tuple[object, ...]]) -> Bank:
    return Bank(**row._mapping)


def _summary(bank: Bank, counts: dict[str, int]) -> BankSummary:
    return BankSummary(
        bank=bank,
        ready=counts.get("ready", 0),
        unkeyed=counts.get("unkeyed", 0),
        needs_attention=counts.get("needs attention", 0),
        withdrawn=counts.get("withdrawn", 0),
    )


def _question(row: sa.Row[tuple[object, ...]]) -> Question:
    r = row._mapping
    return Question(
        id=QuestionId(r["question_id"]),
        revision=r["revision"],
        bank_id=BankId(r["bank_id"]),
        stem=r["stem"],
        choices=tuple(map(_choice, r["choices"])),
        key=key_in(r["kind"], r["key"], r["key_text"]),
        select="all" if r["selects"] is None else r["selects"],
        explanation=r["explanation"],
        section=r["section"],
        topic=r["topic"],
        difficulty=r["difficulty"],
        tags=tuple(r["tags"]),
        line=r["line"],
        findings=tuple(FindingCode(code) for code in r["findings"]),
        withdrawn=r["withdrawn"],
        source_key=_source_key(r),
        after=r["after_id"],
        image=None if r["image"] is None else Image(digest=r["image"], media_type=r["media_type"], alt=r["image_alt"]),
        kind=r["kind"],
    )


def _choice(c: Mapping[str, Any]) -> Choice:
    image = Image(**c["image"]) if "image" in c else None
    alone = c.get("picture_alone", False)
    return Choice(id=ChoiceId(c["id"]), text=c["text"], explanation=c["why"], image=image, picture_alone=alone)


def _source_key(r: sa.RowMapping) -> Key | None:
    return None if r["source_key"] is None else key_in(r["kind"], r["source_key"], r["source_key_text"])


def _question_row(question: Question, source_id: str | None) -> dict[str, object]:
    asked = kind_of(question).in_series(question)
    return {
        "id": question.id,
        "bank_id": question.bank_id,
        "revision": question.revision,
        "position": question.line,
        "source_id": source_id,
        "withdrawn": question.withdrawn,
        "status": question.status,
        "topic": question.topic,
        "difficulty": question.difficulty,
        "kind": question.kind,
        "series_kind": None if asked.kind == question.kind else asked.kind,
    }


def _revision_row(question: Question, at: datetime) -> dict[str, object]:
    key, key_text = columns(question.key.stored)
    source_key, source_key_text = (None, None) if question.source_key is None else columns(question.source_key.stored)
    return {
        "question_id": question.id,
        "revision": question.revision,
        "made_at": at,
        "stem": question.stem,
        "choices": list(map(_choice_row, question.choices)),
        "kind": question.kind,
        "key": key,
        "key_text": key_text,
        "selects": None if question.select == "all" else question.select,
        "explanation": question.explanation,
        "section": question.section,
        "topic": question.topic,
        "difficulty": question.difficulty,
        "tags": list(question.tags),
        "line": question.line,
        "findings": list(question.findings),
        "source_key": source_key,
        "source_key_text": source_key_text,
        "image": question.image.digest if question.image else None,
        "image_alt": question.image.alt if question.image else None,
    }


def _choice_row(choice: Choice) -> dict[str, object]:
    row: dict[str, object] = {"id": choice.id, "text": choice.text, "why": choice.explanation}
    if choice.image is None:
        return row
    return row | {"image": asdict(choice.image), "picture_alone": choice.picture_alone}


def _choice_image_rows(question: Question) -> list[dict[str, object]]:
    digests = {choice.image.digest for choice in question.choices if choice.image}
    return [{"question_id": question.id, "revision": question.revision, "image": digest} for digest in sorted(digests)]
