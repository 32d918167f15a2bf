"""Questions that people write: stored by hosts, suggested by members, decided on, forgotten with their writers."""

import asyncio
import json
from dataclasses import replace

import pytest

from bot.domain.drafts import QuestionDraft
from bot.domain.errors import BadInput, Busy, NotAllowed, NotFound
from bot.domain.rounds import Reveal
from bot.domain.writing import LONGEST, Miswritten, Written
from bot.i18n import use_language
from bot.services.banks import suggesting, unfinished, writing
from bot.services.banks.correcting import withdraw
from bot.services.banks.storing import summaries
from bot.services.banks.suggesting import MOST_OF_ONE
from bot.services.chat.dispatch import handle
from bot.services.leagues.spaces import ensure_space
from bot.testing import Conversation, draft, plain
from tests.contract.test_forgetting import leftovers

pytestmark = pytest.mark.sqlite_first

WEIGHT = Written(kind="number", question="How heavy is it?", answers="3 kg", topic="weights")
HOSTILE = "a\x00b\ud800c\u202ed <@1> @everyone"


def written(number=0, **changes):
    return Written(**{"kind": "short", "question": f"Which {number}?", "answers": "that"} | changes)


@pytest.fixture
def host(game):
    return game.caller("Hana", is_host=True)


@pytest.fixture
def hana(game):
    return Conversation(game.app, game.space, speaker="Hana", is_host=True)


async def news(game, name="ada"):
    posts = await game.app.storage.read(lambda unit: unit.outbox.recent(game.space.id, "study", 50))
    return [plain(post.view) for post in posts if post.is_direct and post.private_to == name]


async def ready(game, space=None):
    return {one.bank.name: one.ready for one in await summaries(game.app, (space or game.space).id)}


@pytest.mark.both_databases
async def test_a_written_question_is_stored_once_however_often_it_is_sent_and_can_be_asked(game, host):
    stored = await writing.add(game.app, host, WEIGHT)
    assert (stored.changed, stored.bank.name, stored.question.status) == (True, "Written here", "ready")
    again = await asyncio.gather(*(writing.add(game.app, host, WEIGHT) for _ in range(3)))
    assert {(one.question.id, one.changed) for one in again} == {(stored.question.id, False)}
    other = await writing.add(game.app, host, Written(kind="number", question=WEIGHT.question, answers="4 kg"))
    assert other.changed
    assert await ready(game) == {"Written here": 2}
    assert (await game.asks(topic="weights")).question_id == stored.question.id


@pytest.mark.both_databases
async def test_two_hosts_who_write_at_once_share_the_new_bank(game, host):
    both = await asyncio.gather(*(writing.add(game.app, host, written(number), bank="Ours") for number in range(4)))
    assert len({one.bank.id for one in both}) == 1
    assert await ready(game) == {"Ours": 4}


async def test_a_bank_for_every_space_takes_no_question_and_is_not_hidden_by_one(game, host):
    await game.imports(draft(), bank="AWS")
    with pytest.raises(NotAllowed, match="“AWS” is for every space"):
        await writing.add(game.app, host, WEIGHT, bank="aws")
    with pytest.raises(BadInput, match="looks like the bank “AWS”"):
        await writing.add(game.app, host, WEIGHT, bank="АWS")  # its first letter is Cyrillic
    with pytest.raises(BadInput, match="can't be a bank's name"):
        await writing.add(game.app, host, WEIGHT, bank="<b>")
    assert await ready(game) == {"AWS": 1}
    await game.imports(draft(), bank="own", space_id=game.space.id)
    await writing.add(game.app, host, WEIGHT, bank="OWN")
    assert await ready(game) == {"AWS": 1, "own": 2}


async def test_an_edit_is_a_new_revision_and_an_open_round_keeps_its_own(game, host):
    stored = await writing.add(game.app, host, WEIGHT)
    round_ = await game.daily(reveal=Reveal.AT_CLOSE)
    edit = Written(kind="number", question="How heavy is that?", answers="4 kg", topic="weights")
    edited = await writing.edit(game.app, host, stored.question.id, edit)
    assert (edited.question.revision, edited.changed) == (2, True)
    assert not (await writing.edit(game.app, host, stored.question.id, edit)).changed
    ada = Conversation(game.app, game.space, speaker="Ada")
    await ada.answers(round_, ("3",))
    await game.closes(round_)
    assert await game.points() == {"Ada": 10}
    assert (await game.asks()).revision == 2
    await game.agrees()


async def test_an_edit_keeps_an_imported_questions_place_in_its_file(game, host, hana):
    await game.imports(draft("One?", source_id="one"), draft("Two?"), bank="own", space_id=game.space.id)
    (one, _two) = await game.app.storage.read(lambda unit: _questions(unit, "own", game.space.id))
    await writing.edit(game.app, host, one.id, Written(kind="choice", question="One!", answers="* 42\n36"))
    report = await game.imports(draft("One?", source_id="one"), draft("Two?"), bank="own", space_id=game.space.id)
    assert (report.new, report.edited, report.unchanged) == (0, 1, 1)


async def _questions(unit, bank, space_id):
    return await unit.banks.questions((await unit.banks.named(bank, space_id)).id)


async def test_hosts_edit_only_questions_of_their_own_that_are_still_asked(game, host):
    await game.imports(draft(), bank="for all")
    elsewhere = await ensure_space(game.app, "web", "elsewhere", "Elsewhere", "UTC")
    await game.imports(draft(), bank="theirs", space_id=elsewhere.id)
    (for_all,) = await game.app.storage.read(lambda unit: _questions(unit, "for all", game.space.id))
    (theirs,) = await game.app.storage.read(lambda unit: _questions(unit, "theirs", elsewhere.id))
    gone = (await writing.add(game.app, host, WEIGHT)).question
    await withdraw(game.app, gone.id, reason="wrong", actor="operator")
    for question, error in ((for_all, NotAllowed), (theirs, NotFound), (gone, BadInput)):
        with pytest.raises(error):
            await writing.to_edit(game.app, host, question.id)
        with pytest.raises(error):
            await writing.edit(game.app, host, question.id, WEIGHT)


async def test_a_question_of_a_kind_that_is_never_asked_cannot_be_edited_in_a_form(game, host, hana):
    essay = QuestionDraft(line=1, stem="Why?", choices=(), kind="essay", kept='{"words": 100}')
    await game.imports(essay, bank="own", space_id=game.space.id)
    (kept,) = await game.app.storage.read(lambda unit: _questions(unit, "own", game.space.id))
    assert "can't be asked" in await hana.says(f"/quiz question edit {kept.id}")
    with pytest.raises(BadInput, match="can't be asked"):
        await writing.edit(game.app, host, kept.id, WEIGHT)


async def test_what_no_database_stores_is_left_out(game, host):
    hostile = Written(kind="short", question=HOSTILE, answers=HOSTILE, explanation=HOSTILE, topic=HOSTILE)
    stored = await writing.add(game.app, host, hostile)
    assert stored.question.stem == "abcd <@1> @everyone"
    await suggesting.suggest(game.app, game.caller("Ada"), hostile)
    refused = Written(kind="\x00", question=HOSTILE * 999, answers="\ud800")
    number = await unfinished.keep(game.app, game.caller("Ada"), refused)
    kept = await unfinished.find(game.app, game.caller("Ada"), number)
    assert (kept.kind, kept.question[:20], kept.answers) == ("", "abcd <@1> @everyonea", "")
    assert len(kept.question) <= LONGEST


@pytest.mark.both_databases
async def test_a_suggestion_is_accepted_and_its_writer_told_once(game, host, hana):
    ada = game.caller("Ada")
    for _twice in range(2):
        await suggesting.suggest(game.app, ada, WEIGHT)
    ((one, name),) = (await suggesting.waiting(game.app, host)).shown
    assert (name, one.written) == ("Ada", WEIGHT)
    decided = [hana.says(f"/quiz question approve {one.id}"), hana.says(f"/quiz question decline {one.id}")]
    told = sorted(await asyncio.gather(*decided), key=lambda text: "isn't waiting" in text)
    assert "This suggestion isn't waiting any more" in told[1]
    (line,) = await news(game)
    assert ("your question is in!" in line) is ("Stored!" in told[0])
    assert "No suggestions are waiting" in await hana.says("/quiz question suggestions")


async def test_a_host_changes_a_suggestion_before_accepting_it(game, host, hana):
    await suggesting.suggest(game.app, game.caller("Ada"), WEIGHT)
    ((one, _name),) = (await suggesting.waiting(game.app, host)).shown
    told = await hana.says(f"/quiz question add suggestion={one.id} kind=number question=Heavy? answers=many")
    assert "“many” isn't a number." in told
    told = await hana.says(f"/quiz question add suggestion={one.id} kind=number question=Heavy? answers=5 bank=Ours")
    assert "in the bank “Ours”" in told
    assert "Heavy?" in "".join(await news(game))
    with pytest.raises(NotFound):
        await suggesting.to_change(game.app, host, one.id)


async def test_a_statement_is_accepted_by_a_host_who_reads_another_language_than_its_writer(game, host):
    with use_language("de"):
        statement = Written(kind="true_false", question="Regnet es?", answers="wahr")
        await suggesting.suggest(game.app, game.caller("Ada"), statement)
    ((one, _name),) = (await suggesting.waiting(game.app, host)).shown
    with use_language("fr"):
        stored = await suggesting.approve(game.app, host, one.id)
    assert stored.question.key == {0}


async def test_a_host_who_decides_on_their_own_suggestion_is_told_nothing_twice(game, host):
    await suggesting.suggest(game.app, host, WEIGHT)
    ((one, _name),) = (await suggesting.waiting(game.app, host)).shown
    await suggesting.decline(game.app, host, one.id)
    assert await news(game, "hana") == []


async def test_another_spaces_hosts_see_and_decide_nothing(game):
    await suggesting.suggest(game.app, game.caller("Ada"), WEIGHT)
    ((one, _name),) = (await suggesting.waiting(game.app, game.caller("Hana"))).shown
    elsewhere = await ensure_space(game.app, "web", "elsewhere", "Elsewhere", "UTC")
    zoe = Conversation(game.app, elsewhere, speaker="Zoe", is_host=True)
    await zoe.follows(
        [
            ("/quiz question suggestions", "No suggestions are waiting"),
            (f"/quiz question approve {one.id}", "isn't waiting any more"),
            (f"/quiz question decline {one.id}", "isn't waiting any more"),
            (f"/quiz question add suggestion={one.id}", "isn't waiting any more"),
            (f"/quiz question suggest again={one.id}", "That form is gone"),
            ("/quiz question approve x", "Which suggestion?"),
            ("/quiz question edit", "Which question?"),
            (f"/quiz question edit {10**30}", "There is no question"),
            ("/quiz question add bank=" + "b" * 41, "at most 40 characters"),
        ]
    )
    assert len((await suggesting.waiting(game.app, game.caller("Hana"))).shown) == 1


async def test_only_so_many_suggestions_wait_of_one_person_and_in_the_space(game, host):
    game.app.limiter.limits = replace(game.app.limiter.limits, waiting_suggestions=MOST_OF_ONE + 2)
    for number in range(MOST_OF_ONE):
        await suggesting.suggest(game.app, game.caller("Ada"), written(number))
    with pytest.raises(Busy, match="10 suggestions of yours are waiting"):
        await suggesting.suggest(game.app, game.caller("Ada"), written(99))
    for number in range(2):
        await suggesting.suggest(game.app, game.caller("Bob"), written(number))
    with pytest.raises(Busy, match="12 suggestions are waiting"):
        await suggesting.suggest(game.app, game.caller("Cy"), written(99))
    waiting = await suggesting.waiting(game.app, host)
    assert (len(waiting.shown), waiting.more) == (5, 7)


async def kept_forms(game, name="Ada"):
    own = await game.app.storage.read(lambda unit: unit.suggestions.of(game.member(name)))
    return {one.written.question: one.id for one in own if not one.waits}


async def test_each_form_with_mistakes_is_kept_until_it_is_corrected_itself(game, host, hana):
    for stem in ("One?", "Two?", "Three?"):
        await hana.says(f"/quiz question add kind=number question={stem} answers=many")
    assert "Thank you!" in await hana.says("/quiz question suggest kind=number question=Four? answers=7")
    assert "Stored!" in await hana.says("/quiz question add kind=number question=Five? answers=7")
    forms = await kept_forms(game, "Hana")
    assert list(forms) == ["One?", "Two?", "Three?"]
    told = await hana.says(f"/quiz question suggest again={forms['One?']} kind=number question=1? answers=7")
    assert "Thank you!" in told
    told = await hana.says(f"/quiz question add again={forms['Two?']} kind=number question=2? answers=7")
    assert "Stored!" in told
    await hana.says(f"/quiz question add again={forms['Three?']} kind=number question=3? answers=lots")
    assert list(await kept_forms(game, "Hana")) == ["3?"]


async def test_the_newest_forms_of_an_account_are_kept(game):
    for number in range(7):
        await unfinished.keep(game.app, game.caller("Ada"), written(number))
    await unfinished.keep(game.app, game.caller("Bob"), written())
    assert list(await kept_forms(game)) == [f"Which {number}?" for number in range(2, 7)]


async def test_what_was_filled_in_is_kept_whatever_it_is_refused_for(game, host, hana):
    await game.imports(draft(), bank="AWS")
    gone = (await writing.add(game.app, host, WEIGHT)).question
    await withdraw(game.app, gone.id, reason="wrong", actor="operator")
    for command, why in (("add bank=AWS", "is for every space"), (f"edit {gone.id}", "is withdrawn")):
        view = await handle(game.app, host, f"/quiz question {command} kind=number question=Heavy? answers=5")
        assert why in plain(view)
        assert "I keep what you wrote for a day." in plain(view)
        ((button,),) = (section.buttons for section in view.sections)
        opened = await handle(game.app, host, button.command.plain)
        assert opened.form.command == button.command
        assert [field.value for field in opened.form.fields] == ["number", "Heavy?", "5", "", ""]
        assert "Stored!" in await hana.says(
            f"{button.command.plain} kind=number question={command.split()[0]}? answers=5"
        )
    assert await kept_forms(game, "Hana") == {}


@pytest.mark.both_databases
async def test_a_form_with_mistakes_is_kept_for_its_writer_alone_until_it_is_corrected_or_a_day_is_over(game):
    ada, bob = (Conversation(game.app, game.space, speaker=name) for name in ("Ada", "Bob"))
    await ada.says("/quiz question suggest kind=number question=New? answers=many")
    again = f"/quiz question suggest again={(await kept_forms(game))['New?']}"
    assert await ada.says(again) == "Write the question in the form."
    assert "That form is gone" in await bob.says(again)
    await game.later(hours=23)
    await unfinished.forget_old(game.app)
    assert await ada.says(again) == "Write the question in the form."
    await game.later(hours=2)
    await unfinished.forget_old(game.app)
    assert "That form is gone" in await ada.says(again)
    assert "many" in await ada.says("/quiz question suggest kind=number question=New? answers=many")
    again = f"/quiz question suggest again={(await kept_forms(game))['New?']}"
    assert "That form is gone" in await bob.says(again)
    assert "Thank you!" in await bob.says(again + " kind=number question=Mine? answers=7")
    assert "Thank you!" in await ada.says(again + " kind=number question=New? answers=7")
    (left,) = await game.app.storage.read(lambda unit: unit.suggestions.of(game.member("Ada")))
    assert left.waits


async def test_whoever_is_forgotten_leaves_nothing_of_what_they_wrote(game, hana):
    zoe = Conversation(game.app, game.space, speaker="Zoe")
    texts = {"declined": "zubenelgenubi", "waiting": "zubeneschamali", "wrong": "vindemiatrix"}
    await zoe.says(f"/quiz question suggest kind=short question={texts['declined']} answers=a")
    (one,) = await game.app.storage.read(lambda unit: unit.suggestions.waiting(game.space.id))
    await hana.says(f"/quiz question decline {one.id}")
    assert [text for text in await news(game, "zoe") if texts["declined"] in text]
    await zoe.says(f"/quiz question suggest kind=short question={texts['waiting']} answers=a")
    await zoe.says(f"/quiz question suggest kind=number question={texts['wrong']} answers=a")
    told = await zoe.says("/quiz privacy export")
    exported = json.loads(told[told.index("{") : told.rindex("}") + 1])
    assert [one["question"] for one in exported["questions written"]] == [texts["waiting"], texts["wrong"]]
    await game.app.storage.wipe()
    assert await leftovers(game.app, texts.values()) == set(texts.values())
    assert "Done" in await zoe.insists("/quiz privacy delete")
    assert await leftovers(game.app, texts.values()) == set()
    assert "No suggestions are waiting" in await hana.says("/quiz question suggestions")


async def test_nothing_is_stored_of_a_question_with_mistakes(game, host):
    for use in (writing.add, suggesting.suggest):
        with pytest.raises(Miswritten):
            await use(game.app, host, Written(kind="number", question="?", answers="many"))
    assert await ready(game) == {}
    assert (await suggesting.waiting(game.app, host)).shown == ()


async def test_what_a_host_wrote_is_kept_if_another_has_decided_meanwhile(game, host, hana):
    await suggesting.suggest(game.app, game.caller("Ada"), WEIGHT)
    ((one, _name),) = (await suggesting.waiting(game.app, host)).shown
    await suggesting.decline(game.app, game.caller("Greta"), one.id)
    told = await hana.says(f"/quiz question add suggestion={one.id} kind=number question=Heavy? answers=5")
    assert "This suggestion isn't waiting any more" in told
    assert "I keep what you wrote for a day." in told
    (kept,) = await game.app.storage.read(lambda unit: unit.suggestions.of(host.member))
    assert (kept.written.question, kept.waits) == ("Heavy?", False)
    assert await hana.says(f"/quiz question add again={kept.id}") == "Write the question in the form."
