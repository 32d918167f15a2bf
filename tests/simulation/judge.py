"""Holds the disk against the model after each step."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.domain.errors import QuizbotError
from bot.ports import Forbidden, Gone
from tests.simulation.actions import ACCEPTED, Said, Step, Unstorable
from tests.simulation.model import GRACE, QUIZ_LASTS, Player, Round, Series, Stands
from tests.simulation.process import LOST
from tests.simulation.world import World


class Judge:
    """See the module."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._model = world.model
        self._closed_to_us: set[tuple[int, str]] = set()
        self._gone: set[int | None] = set()

    def looks(self, step: Step) -> None:
        """Bring the model along with what was told to people, and the disk must follow."""
        lost = self._world.lost()
        self._closed_to_us = {(post.space_id, post.channel) for kind, post in lost if kind is Forbidden}
        self._gone = {post.round_id for kind, post in lost if kind is Gone}
        before = {round_id: round_.closed_at for round_id, round_ in self._model.rounds.items()}
        self._questions(step)
        self._rounds(step)
        self._series(step)
        self._ticks(step)
        self._answers(step, before)
        self._keys()
        self._totals()

    def _wrong(self, text: str) -> None:
        self._world.violates(text)

    def _questions(self, step: Step) -> None:
        for result, question_id, key in step.changed:
            question = self._model.questions[question_id]
            if result is LOST:
                # Stored or not, but as a whole: the question tells which, and the rounds must follow.
                evidence = self._world.evidence
                stored = (
                    evidence.is_withdrawn(question_id)
                    if key is None
                    else (evidence.key_of_question(question_id) == key)
                )
                audited = len(evidence.audited("key corrected", "withdrawn"))
                done = audited > self._model.corrections
                if not stored and done:
                    self._wrong(f"question {question_id} is audited as changed, and is not")
            else:
                done = not isinstance(result, QuizbotError)
            if done:
                self._model.corrections += 1
                if key is None:
                    question.withdrawn = True
                else:
                    question.key = key
        if len(self._world.evidence.audited("key corrected", "withdrawn")) != self._model.corrections:
            self._wrong("corrections and audit lines are not as many")

    def _rounds(self, step: Step) -> None:
        stored = self._world.evidence.rounds()
        for round_id, known in self._model.rounds.items():
            now = stored.get(round_id)
            if now is None:
                self._wrong(f"round {round_id} is gone")
                continue
            if known.closes_at != now.closes_at:
                self._ends(known, now, stored)
            if known.closed_at is None and now.closed_at is not None:
                self._closes(now, stored)
                known.closed_at = now.closed_at
            if now != known:
                self._wrong(f"round {round_id} has changed: {known} is now {now}")
        fresh = [round_ for round_id, round_ in stored.items() if round_id not in self._model.rounds]
        for round_ in fresh:
            self._model.rounds[round_.id] = round_
            self._opens(round_)
            if round_.closed_at is not None:
                self._closes(round_, stored)
        self._asked_for(step, [round_ for round_ in fresh if round_.series is None])
        open_in = [r.series for r in stored.values() if r.series is not None and r.is_open_at(self._world.clock.now())]
        if len(open_in) != len(set(open_in)):
            self._wrong("a series has two open rounds")

    def _opens(self, round_: Round) -> None:
        question = self._model.questions[round_.question]
        if sorted(round_.order) != list(range(len(question.texts))):
            self._wrong(f"round {round_.id} doesn't show every choice once")
        if round_.series is None:
            if round_.at_close or round_.reactions or round_.closes_at != round_.opened_at + QUIZ_LASTS:
                self._wrong(f"round {round_.id} isn't as /quiz asks")
            if round_.question in self._model.kept_back(round_.space):
                self._wrong(f"round {round_.id} tells what an open round keeps back")
            return
        series = self._model.series[round_.series]
        lasts = None if round_.closes_at is None else round_.closes_at - round_.opened_at
        if round_.reactions and lasts is not None and round_.closes_at <= self._world.clock.now():
            lasts = series.close_after  # the next one was asked at once: it ended before its time, and waits to be read
        if (round_.space, round_.channel, round_.at_close, round_.reactions, lasts, round_.private_to) != (
            (series.space, series.channel, series.at_close, series.reactions, series.close_after, None)
        ):
            self._wrong(f"round {round_.id} isn't as its series wants it")
        if round_.due_on is None:
            return
        others = [r for r in self._model.rounds.values() if (r.series, r.due_on) == (round_.series, round_.due_on)]
        if len(others) > 1:
            self._wrong(f"series {series.id} asks twice for {round_.due_on}")
        if not timedelta(0) <= round_.opened_at - series.moment(round_.due_on) <= GRACE:
            self._wrong(f"round {round_.id} for {round_.due_on} opens at {round_.opened_at}")

    def _ends(self, known: Round, now: Round, stored: dict[int, Round]) -> None:
        """The end of a round's time may come early, and then it waits for a look at its reactions."""
        if now.reactions and now.closes_at and (known.closes_at is None or now.closes_at < known.closes_at):
            self._has_reason_to_close(now, stored)
            known.closes_at = now.closes_at

    def _closes(self, round_: Round, stored: dict[int, Round]) -> None:
        if round_.closes_at is None or round_.closes_at > round_.closed_at:
            self._has_reason_to_close(round_, stored)

    def _has_reason_to_close(self, round_: Round, stored: dict[int, Round]) -> None:
        """Its time isn't over: so something else must end it."""
        followed = round_.series is not None and any(
            r.series == round_.series and r.id > round_.id for r in stored.values()
        )
        ended = round_.id in self._gone or (round_.space, round_.channel) in self._closed_to_us
        gave_way = round_.series is None and any(
            r.series is not None and r.opened_at == round_.closed_at and _asks_the_same(r, round_)
            for r in stored.values()
        )
        if not followed and not ended and not gave_way:
            self._wrong(f"round {round_.id} closed without a reason")

    def _asked_for(self, step: Step, fresh: list[Round]) -> None:
        left = [(r.space, r.channel, r.private_to) for r in fresh]
        for result, space, channel, owner, number in sorted(step.asked, key=lambda asked: asked[0] is LOST):
            mine = (space, channel, owner)
            expected = 0 if isinstance(result, QuizbotError) else number
            if result is LOST and left.count(mine) < number:
                expected = 0
            for _ in range(expected):
                if mine not in left:
                    self._wrong(f"/quiz asked {number} in {mine}, and fewer are stored")
                    break
                left.remove(mine)
        if left:
            self._wrong(f"nobody asked for rounds in {left}")

    def _series(self, step: Step) -> None:
        for start, series_id, pause in step.switched:
            series = self._model.series[series_id]
            now_paused = self._world.evidence.is_paused(series_id)
            if now_paused not in {series.paused, pause}:
                self._wrong(f"series {series_id} is paused by nobody")
            if now_paused != series.paused:
                series.asks_after = self._world.clock.now() if not now_paused else start
            series.paused = now_paused
        for series in self._parkable():
            now_paused = self._world.evidence.is_paused(series.id)
            if series.paused and not now_paused:
                series.asks_after = self._world.clock.now()
            series.paused = now_paused

    def _parkable(self) -> list[Series]:
        """The series that a platform's word may have paused in this step."""
        return [s for s in self._model.series.values() if (s.space, s.channel) in self._closed_to_us]

    def _ticks(self, step: Step) -> None:
        skipped = self._world.evidence.audited("skipped")
        if len(skipped) != len(set(skipped)):
            self._wrong(f"a day is skipped twice: {skipped}")
        busy = {series_id for _, series_id, _ in step.switched} | {series.id for series in self._parkable()}
        for process, start in step.ticked:
            for series in self._model.series.values():
                if series.id not in busy and self._platform(series.space) in process.lines:
                    self._was_asked(series, start, skipped)
            for round_ in self._model.rounds.values():
                is_over = round_.closes_at is not None and round_.closes_at <= start
                if round_.reactions and self._world.evidence.may_stand(round_.id):
                    continue  # it waits for its message to be found
                if is_over and not round_.closed_at and self._platform(round_.space) in process.lines:
                    self._wrong(f"round {round_.id} should have closed at {round_.closes_at}")

    def _was_asked(self, series, start, skipped) -> None:
        due = series.latest_due(start)
        if due is None:
            return
        day = due.astimezone(ZoneInfo(series.zone)).date()
        asked = any((r.series, r.due_on) == (series.id, day) for r in self._model.rounds.values())
        was_skipped = (f"series {series.id}", due.isoformat()) in skipped
        if asked == was_skipped:
            self._wrong(f"series {series.id}, due {due}: asked {asked}, skipped {was_skipped}")
        series.asks_after = due

    def _platform(self, space_id: int) -> str:
        return next(space.adapter for space in self._world.spaces if space.id == space_id)

    def _answers(self, step: Step, before: dict) -> None:
        unsure: list[tuple[Round, Player, Stands]] = []
        for said in step.said:
            self._judge_one(said, before, unsure)
        stored = self._world.evidence.answers()
        if len(stored) != self._world.evidence.answer_rows():
            self._wrong("answers without a member are stored")
        for round_, player, click in unsure:
            found = stored.get((round_.id, player))
            if found == click and self._model.beats(round_, click, self._model.answers.get((round_.id, player))):
                self._model.answers[round_.id, player] = click
        if stored != self._model.answers:
            keys = stored.keys() | self._model.answers.keys()
            for key in sorted(k for k in keys if stored.get(k) != self._model.answers.get(k)):
                self._wrong(f"answer {key}: stored {stored.get(key)}, right is {self._model.answers.get(key)}")

    def _judge_one(self, said: Said, before: dict, unsure: list) -> None:
        click, result = said.click, said.result
        round_ = self._model.rounds.get(click.round_id)
        player = click.member.space_id, click.member.external_id
        status = "lost" if result is LOST else "failed" if isinstance(result, Exception) else result.status.value
        if round_ is None:
            if status not in {"no_such_round", "lost", "failed"}:
                self._wrong(f"an answer to no round: {status}")
            return
        was_closed = before.get(round_.id) is not None
        refusals = {round_.refusal(player, click.channel, click.given, click.at, closed=was_closed)}
        if round_.closed_at is not None and not was_closed:
            refusals.add(round_.refusal(player, click.channel, click.given, click.at, closed=True))
        told = None if status in ACCEPTED else status
        if status not in {"lost", "failed"} and told not in refusals:
            self._wrong(f"{click} was told {status}, right is {refusals}")
        if isinstance(click.event_id, Unstorable):
            return
        stands = Stands(
            frozenset(round_.order[p] for p in click.given if 0 <= p < len(round_.order)), click.at, click.event_id
        )
        if status in ACCEPTED:
            self._model.takes(round_, player, stands)
        elif status == "lost" and None in refusals:
            unsure.append((round_, player, stands))

    def _keys(self) -> None:
        for round_id, key in self._world.evidence.keys().items():
            right = self._model.questions[self._model.rounds[round_id].question].counts
            if key != right:
                self._wrong(f"round {round_id} is graded by {key}, right is {right}")

    def _totals(self) -> None:
        kept, right = self._world.evidence.sums(), self._model.sums()
        if kept != right:
            for key in sorted(k for k in kept.keys() | right.keys() if kept.get(k) != right.get(k)):
                self._wrong(f"total {key}: kept {kept.get(key)}, right is {right.get(key)}")


def _asks_the_same(one: Round, other: Round) -> bool:
    """Whether two rounds ask one question in one channel: a quick one gives way to that of a series."""
    return (one.question, one.space, one.channel) == (other.question, other.space, other.channel)
