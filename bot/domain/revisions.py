"""Turn a draft into a question, and an edit or a correction into its next revision."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.domain.drafts import FindingCode, QuestionDraft
from bot.domain.identity import BankId, ChoiceId, QuestionId
from bot.domain.images import LONGEST_WORDS, ChoicePicture, Image, PictureEdit
from bot.domain.kinds import kind_of
from bot.domain.questions import Choice, Question
from bot.domain.responses import Key
from bot.domain.shortening import shortened


def first_revision(draft: QuestionDraft, *, question_id: QuestionId, bank_id: BankId) -> Question:
    """Make the first revision of a question that is new to its bank."""
    return _revision(draft, question_id, bank_id, 1, [ChoiceId(n) for n in range(len(draft.choices))])


def next_revision(draft: QuestionDraft, known: Question) -> Question | None:
    """Make the next revision of a known question from an edited draft; None if nothing changed.

    A withdrawn question stays withdrawn. While a question keeps its kind:

    - A choice keeps its id if its text and picture are the same or, failing that, its text, or its position: answers
      from before the edit keep their meaning.
    - A key that a person corrected stays for as long as the source gives the same answers as before, whatever else it
      says about them.
    - A typed answer that a person accepted stays accepted whatever answers the source gives, unless the key was also
      corrected.
    - Neither stays if the source gives numbers in another unit.
    """
    ids = _carry_ids(draft, known.choices if draft.kind == known.kind else ())
    new = _revision(draft, known.id, known.bank_id, known.revision + 1, ids)
    new = replace(new, withdrawn=known.withdrawn, after=known.after)
    if known.kind == new.kind and known.source_key is not None:
        source, key = (kind_of(new).with_answers(new.key, one) for one in (known.source_key, known.key))
        if source is not None and key is not None:
            new = _keep_correction(new, known, key) if source == new.key else _keep_accepted(new, source, key)
    same = _content(new) == _content(known)
    return None if same else new


def rewritten(draft: QuestionDraft, known: Question) -> Question | None:
    """Make the revision of a known question that a person edited by hand; None if nothing changed.

    Its picture stays, and so does the question that must be asked before it. It has no more findings. Choices keep
    their ids as in `next_revision`, and with them their pictures; but if there are more or fewer choices than before,
    one with another text may be another choice, and gets no picture. A changed key counts as corrected when the
    question's file is imported again.
    """
    same_kind = draft.kind == known.kind
    before = known.choices if same_kind else ()
    new = _revision(draft, known.id, known.bank_id, known.revision + 1, _carry_ids(draft, before))
    texts = {choice.id: choice.text for choice in new.choices}
    as_many = len(new.choices) == len(before)
    same = {choice.id: choice for choice in before if as_many or texts.get(choice.id) == choice.text}
    new = replace(
        new,
        choices=tuple(_with_picture(choice, same.get(choice.id)) for choice in new.choices),
        findings=(),
        withdrawn=known.withdrawn,
        after=known.after,
        image=known.image,
    )
    if same_kind:
        first = known.key if new.key != known.key else None
        new = replace(new, source_key=first if known.source_key is None else known.source_key)
    return None if _content(new) == _content(known) else new


def illustrated(known: Question, edits: Mapping[ChoiceId | None, PictureEdit]) -> Question | None:
    """Make the revision of a known question whose pictures a person edited; None if nothing changed.

    The edit under None is for the question's own picture. Whoever adds a picture has seen what the question lacked, so
    it no longer needs one.
    """
    image = edits[None].of(known.image) if None in edits else known.image
    settled = {FindingCode.NEEDS_FIGURE} if any(edit.file for edit in edits.values()) else set()
    new = replace(
        known,
        revision=known.revision + 1,
        image=image,
        choices=tuple(_illustrated(choice, edits.get(choice.id)) for choice in known.choices),
        findings=tuple(code for code in known.findings if code not in settled),
    )
    return None if _content(new) == _content(known) else new


def _illustrated(choice: Choice, edit: PictureEdit | None) -> Choice:
    image = choice.image if edit is None else edit.of(choice.image)
    alone = choice.picture_alone and image is not None
    return replace(choice, image=image, picture_alone=alone, text=image.alt if image and alone else choice.text)


def _with_picture(choice: Choice, before: Choice | None) -> Choice:
    """Give a choice the picture that it had before; if that was all of the choice, its new text says what it shows."""
    if before is None or before.image is None or choice.image is not None:
        return choice
    alt = shortened(choice.text, LONGEST_WORDS) if before.picture_alone else before.image.alt
    image = replace(before.image, alt=alt)
    return replace(choice, image=image, picture_alone=before.picture_alone)


def draft_of(question: Question) -> QuestionDraft:
    """Return the draft that a question could have been made from, without its place in a source and its files."""
    notes = tuple(choice.explanation for choice in question.choices)
    pictures = tuple(
        ChoicePicture(image=choice.image, alone=choice.picture_alone) if choice.image else None
        for choice in question.choices
    )
    draft = QuestionDraft(
        line=question.line,
        stem=question.stem,
        choices=tuple(choice.text for choice in question.choices),
        select=question.select,
        section=question.section,
        explanation=question.explanation,
        choice_explanations=notes if any(notes) else None,
        choice_pictures=pictures if any(pictures) else None,
        findings=question.findings,
        topic=question.topic,
        difficulty=question.difficulty,
        tags=question.tags,
        kind=question.kind,
    )
    return kind_of(question).with_key(draft, question.order, question.key)


def accepted_answers(draft: QuestionDraft) -> tuple[str, ...]:
    """Return the typed answers that a draft accepts, as people read them, in plain text; none if it has choices."""
    return () if draft.choices else kind_of(draft).drafted_key(draft, ()).spelled(())


def corrected(question: Question, key: Key) -> Question:
    """Make the revision with a key that a person gives; it has no more findings."""
    return replace(
        kind_of(question).keyed(question, key),
        revision=question.revision + 1,
        findings=(),
        source_key=question.key if question.source_key is None else question.source_key,
    )


def widened(question: Question, key: Key) -> Question:
    """Make the revision with a key that accepts one more answer; its other findings stay."""
    return replace(corrected(question, key), findings=_but_unkeyed(question.findings))


def _keep_correction(new: Question, known: Question, key: Key) -> Question:
    lost = len(new.images) < len(known.images)  # findings were settled by somebody who saw the picture
    return replace(
        new,
        key=key,
        select=known.select,
        findings=_but_unkeyed(new.findings) if lost or known.findings else (),
        source_key=new.key,
    )


def _keep_accepted(new: Question, source_key: Key, key: Key) -> Question:
    """Accept also what a person added to the answers in the source; a key that they replaced is the source's again."""
    kind, draft = kind_of(new), draft_of(new)
    before, after = (kind.with_key(draft, new.order, one) for one in (source_key, key))
    added = [one for one in after.accepted if one not in before.accepted and one not in draft.accepted]
    if not added or before.back != after.back or not set(before.accepted) <= set(after.accepted):
        return new
    wider = kind.drafted_key(replace(draft, accepted=(*draft.accepted, *added)), new.order)
    return replace(new, key=wider, source_key=new.key, findings=_but_unkeyed(new.findings))


def _but_unkeyed(findings: Sequence[FindingCode]) -> tuple[FindingCode, ...]:
    return tuple(code for code in findings if code is not FindingCode.UNKEYED)


def _carry_ids(draft: QuestionDraft, known: Sequence[Choice]) -> list[ChoiceId]:
    pictures = (picture.image.digest if picture else "" for picture in _pictures(draft))
    looks = list(zip(draft.choices, pictures, strict=True))
    free = {choice.id: (choice.text, choice.image.digest if choice.image else "") for choice in known}
    fresh = max(free, default=-1) + 1
    found: dict[int, ChoiceId] = {}
    for compared in (2, 1):  # text and picture, then the text alone
        # Two choices may look the same: each takes the next id of that look.
        by_look: dict[tuple[str, ...], list[ChoiceId]] = defaultdict(list)
        for choice_id, look in free.items():
            by_look[look[:compared]].append(choice_id)
        for position, look in enumerate(looks):
            if position not in found and by_look[look[:compared]]:
                found[position] = by_look[look[:compared]].pop(0)
                del free[found[position]]
    for position in range(len(looks)):
        if position not in found and position < len(known) and known[position].id in free:
            found[position] = known[position].id
            del free[known[position].id]
    new = [position for position in range(len(looks)) if position not in found]
    found |= {position: ChoiceId(fresh + number) for number, position in enumerate(new)}
    return [found[position] for position in range(len(looks))]


def _revision(
    draft: QuestionDraft, question_id: QuestionId, bank_id: BankId, revision: int, ids: Sequence[ChoiceId]
) -> Question:
    explanations = draft.choice_explanations or ("",) * len(draft.choices)
    told = zip(ids, draft.choices, explanations, _pictures(draft), strict=True)
    return Question(
        id=question_id,
        revision=revision,
        bank_id=bank_id,
        stem=draft.stem,
        choices=tuple(_choice(*one) for one in told),
        key=kind_of(draft).drafted_key(draft, ids),
        select=draft.select,
        explanation=draft.explanation,
        section=draft.section,
        topic=draft.topic,
        difficulty=draft.difficulty,
        tags=draft.tags,
        line=draft.line,
        findings=draft.findings,
        image=_image(draft),
        kind=draft.kind,
    )


def _choice(choice_id: ChoiceId, text: str, explanation: str, picture: ChoicePicture | None) -> Choice:
    image, alone = (picture.image, picture.alone) if picture else (None, False)
    return Choice(id=choice_id, text=text, explanation=explanation, image=image, picture_alone=alone)


def _pictures(draft: QuestionDraft) -> Sequence[ChoicePicture | None]:
    return draft.choice_pictures or (None,) * len(draft.choices)


def _image(draft: QuestionDraft) -> Image | None:
    if draft.image is None:
        return None
    return Image(digest=draft.image.digest, media_type=draft.image.media_type, alt=draft.image_alt)


def _content(question: Question) -> tuple[object, ...]:
    """The content that makes a revision differ; its line in the file doesn't count."""
    return (
        question.stem,
        question.choices,
        question.key,
        question.select,
        question.explanation,
        question.section,
        question.topic,
        question.difficulty,
        question.tags,
        question.findings,
        question.image,
        question.kind,
    )
