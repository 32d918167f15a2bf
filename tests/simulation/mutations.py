"""Ways to break the program on purpose: each takes one promise away."""

import asyncio
import sqlite3
from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.domain import answers as answers_domain
from bot.domain import ledger, settling
from bot.domain.answers import AnswerOutcome, AnswerStatus
from bot.domain.kinds.choice import ChoiceKind
from bot.domain.rounds import Reveal, Round
from bot.ports import OutcomeUnknown
from bot.rendering import questions as rendering
from bot.rendering.receipts import receipt
from bot.services.banks import correcting
from bot.services.platforms import delivery
from bot.services.rounds import answering, asking, closing
from bot.services.series import series as series_service
from bot.storage import answer_writer, sqlite_batches
from bot.storage.answers import SqlAnswers
from bot.storage.boards import SqlBoards
from bot.storage.outbox import SqlOutbox

Mutation = Callable[[pytest.MonkeyPatch], None]


def earlier_wins(patch: pytest.MonkeyPatch) -> None:
    """Where the last click must count, the one that arrives last does."""
    decide = answers_domain.decide

    def broken(round_, standing, submitted, player_id, **more) -> AnswerOutcome:
        if standing is not None and round_.reveal is Reveal.AT_CLOSE and submitted.at < standing.at:
            standing = replace(standing, at=submitted.at, event_id="")
        return decide(round_, standing, submitted, player_id, **more)

    patch.setattr(settling, "decide", broken)


def close_in_two_steps(patch: pytest.MonkeyPatch) -> None:
    """A round is graded in one transaction and closed in another: answers slip in between."""

    async def broken(core, round_id) -> None:
        async def grade(unit) -> None:
            round_ = await unit.rounds.find(round_id)
            if round_ is not None and round_.closed_at is None and round_.reveal is Reveal.AT_CLOSE:
                answers = await unit.answers.of_round(round_id)
                await unit.answers.save_grades(round_, [answers_domain.graded_answer(a, round_) for a in answers])

        async def finish(unit) -> None:
            round_ = await unit.rounds.find(round_id)
            if round_ is not None and round_.closed_at is None:
                now = core.clock.now()
                await unit.rounds.save_closed(round_id, now)
                await closing.post_result(unit, round_, now)

        await core.storage.write(grade)
        await core.storage.write(finish)

    patch.setattr("bot.scheduling.runner.close_round", broken)


def totals_twice(patch: pytest.MonkeyPatch) -> None:
    """What an answer adds to totals is added twice when it replaces another."""
    add = ledger.Ledger.add

    def broken(self, answer, round_, day, *, sign=1) -> None:
        add(self, answer, round_, day, sign=sign)
        if sign < 0:
            add(self, answer, round_, day, sign=1)

    patch.setattr(ledger.Ledger, "add", broken)


def no_cap(patch: pytest.MonkeyPatch) -> None:
    """On-demand points count without end."""
    patch.setattr(ledger, "capped", lambda points: points)


def no_look_before_posting_again(patch: pytest.MonkeyPatch) -> None:
    """A message whose outcome is unknown is posted again without looking for it."""
    claim = SqlOutbox.claim

    async def broken(outbox, adapters, worker, now, lane):
        return [replace(one, tries=0) for one in await claim(outbox, adapters, worker, now, lane)]

    patch.setattr(SqlOutbox, "claim", broken)


def thanks_before_the_commit(patch: pytest.MonkeyPatch) -> None:
    """People are told that their answer is saved while it is on its way to the disk."""
    store = sqlite_batches.SqliteBatches.store
    kept = []

    async def broken(self, batch):
        def undone(connection: sqlite3.Connection):
            connection.execute("BEGIN IMMEDIATE")
            try:
                return self._store(connection, batch)
            finally:
                connection.execute("ROLLBACK")

        await self._meet({one.round_id for one in batch})
        outcomes = await self._database.write_direct(undone)
        kept.append(asyncio.create_task(store(self, batch)))
        return outcomes

    patch.setattr(sqlite_batches.SqliteBatches, "store", broken)


def private_for_all(patch: pytest.MonkeyPatch) -> None:
    """Anybody may answer what somebody was asked in private."""

    def broken(round_, member, channel) -> bool:
        return member.space_id == round_.space_id and channel == round_.channel

    patch.setattr(Round, "is_shown_to", broken)


def never_closed(patch: pytest.MonkeyPatch) -> None:
    """A closed round still takes answers."""
    patch.setattr(Round, "takes_answers_at", lambda _round, _moment: True)


def regrading_forgets_totals(patch: pytest.MonkeyPatch) -> None:
    """A corrected key changes grades, and no sum."""

    async def broken(core, unit, question, key, actor, action, details):
        apply = SqlBoards.apply

        async def nothing(_boards, _ledger) -> None:
            return None

        SqlBoards.apply = nothing
        try:
            return await regrade(core, unit, question, key, actor, action, details)
        finally:
            SqlBoards.apply = apply

    regrade = correcting._regrade
    patch.setattr(correcting, "_regrade", broken)


def redelivery_counts_again(patch: pytest.MonkeyPatch) -> None:
    """A click that comes twice is counted twice."""
    save = sqlite_batches._save

    def broken(connection, changed, before, *more) -> None:
        save(connection, changed, {}, *more)

    patch.setattr(sqlite_batches, "_save", broken)
    decide = answers_domain.decide

    def again(round_, standing, submitted, player_id, **more) -> AnswerOutcome:
        same = standing is not None and standing.event_id == submitted.event_id
        return decide(round_, None if same else standing, submitted, player_id, **more)

    patch.setattr(settling, "decide", again)


def key_in_the_question(patch: pytest.MonkeyPatch) -> None:
    """The open question marks the right choices, for whoever reads the page's source."""
    options = rendering._options

    def broken(round_, question):
        views = options(round_, question)
        right = rendering.result_options(round_, question, None)
        return tuple(replace(view, mark=told.mark) for view, told in zip(views, right, strict=True))

    patch.setattr(rendering, "_options", broken)


def hint_tells_how_many(patch: pytest.MonkeyPatch) -> None:
    """Where all that apply are to be chosen, the hint says how many do."""
    hint = ChoiceKind.hint
    patch.setattr(ChoiceKind, "hint", lambda kind, round_: f"{hint(kind, round_)} ({len(round_.key)})")


def receipt_tells_the_verdict(patch: pytest.MonkeyPatch) -> None:
    """The receipt of an answer that may still be changed says whether it is right."""
    patch.setattr("bot.services.rounds.answering.receipt", _verdict)


def _verdict(outcome, question, *more):
    view, round_, answer = receipt(outcome, question, *more), outcome.round, outcome.answer
    if round_ is None or answer is None:
        return view
    return replace(view, text=f"{view.text} {', '.join(round_.key.spelled(round_.order))}.")


def latecomers_are_told_before_the_close(patch: pytest.MonkeyPatch) -> None:
    """Whoever comes after a round's time hears what was right, though it still waits for its close."""
    reply = answering._private_reply

    async def broken(core, submitted, outcome):
        if outcome.status is AnswerStatus.CLOSED:
            return await answering._too_late(core, submitted, outcome.round)
        return await reply(core, submitted, outcome)

    patch.setattr(answering, "_private_reply", broken)


def quiz_asks_what_is_open(patch: pytest.MonkeyPatch) -> None:
    """What an open round keeps back may be had from ``/quiz`` at once."""
    which = asking.QuestionFilter

    def broken(**wanted: object) -> asking.QuestionFilter:
        return which(**wanted | {"tells_at_once": False})

    patch.setattr(asking, "QuestionFilter", broken)


def asked_twice(patch: pytest.MonkeyPatch) -> None:
    """A series doesn't move on with its question: whoever comes next asks again."""

    async def never(_rounds, _series_id, _due_on) -> bool:
        return False

    patch.setattr("bot.storage.rounds.SqlRounds.asked_on", never)
    patch.setattr(series_service, "due_date", lambda _timetable, _moment: None)

    async def stays(_schedules, _series_id, _at) -> None:
        return None

    patch.setattr("bot.storage.schedules.SqlSchedules.set_next", stays)


def late_without_end(patch: pytest.MonkeyPatch) -> None:
    """A question that was missed by hours is asked all the same."""
    ask_due = series_service.ask_due

    async def broken(core, series_id, grace) -> None:
        await ask_due(core, series_id, grace * 100)

    patch.setattr("bot.scheduling.runner.ask_due", broken)


def result_before_the_close(patch: pytest.MonkeyPatch) -> None:
    """The result goes into the outbox with the question."""
    open_round = asking.open_round

    async def broken(core, unit, which, **options):
        round_ = await open_round(core, unit, which, **options)
        if round_ is not None:
            await closing.post_result(unit, round_, options["now"])
        return round_

    patch.setattr(series_service, "open_round", broken)


def the_whole_batch_fails(patch: pytest.MonkeyPatch) -> None:
    """One bad answer is reported as stored, with the others of its batch that are not."""
    write = answer_writer.GroupCommitWriter._write

    async def broken(self, batch) -> None:
        await write(self, batch[:1])
        await asyncio.sleep(0)  # until it was told
        outcome = batch[0][1].result() if not batch[0][1].exception() else None
        for _submitted, future in batch[1:]:
            if outcome is not None and not future.done():
                future.set_result(outcome)
        if outcome is None:
            await write(self, batch[1:])

    patch.setattr(answer_writer.GroupCommitWriter, "_write", broken)


def gives_up_what_may_have_come(patch: pytest.MonkeyPatch) -> None:
    """A message whose outcome is unknown is never tried again."""
    put_off = delivery._put_off

    async def broken(core, claim, reason, after, *, untried=False) -> None:
        if reason == str(OutcomeUnknown("connection lost")):
            await delivery._give_up(core, claim.post, reason)
        else:
            await put_off(core, claim, reason, after, untried=untried)

    patch.setattr(delivery, "_put_off", broken)


def ungraded_at_the_close(patch: pytest.MonkeyPatch) -> None:
    """What waited for the close is never counted."""

    async def nothing(_answers, _round, _graded) -> None:
        return None

    patch.setattr(SqlAnswers, "save_grades", nothing)


MUTATIONS: dict[str, Mutation] = {
    mutation.__name__: mutation
    for mutation in (
        earlier_wins,
        close_in_two_steps,
        totals_twice,
        no_cap,
        no_look_before_posting_again,
        thanks_before_the_commit,
        private_for_all,
        never_closed,
        regrading_forgets_totals,
        redelivery_counts_again,
        key_in_the_question,
        hint_tells_how_many,
        receipt_tells_the_verdict,
        latecomers_are_told_before_the_close,
        quiz_asks_what_is_open,
        asked_twice,
        late_without_end,
        result_before_the_close,
        the_whole_batch_fails,
        gives_up_what_may_have_come,
        ungraded_at_the_close,
    )
}
