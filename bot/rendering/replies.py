"""The bot's other replies: help, teams, series, banks, small confirmations."""

from collections.abc import Collection, Sequence

from bot.domain.identity import Team
from bot.domain.operators import Operator
from bot.domain.questions import Question
from bot.domain.quick import Allowed, QuickRule
from bot.domain.shortening import shortened
from bot.domain.typed import Typed, typed
from bot.domain.views import Caution, MessageView, Section, Table
from bot.i18n import gettext as _
from bot.i18n import ngettext, npgettext
from bot.ports import Bank, BankSummary, ImportReport
from bot.rendering.findings import doubt
from bot.rendering.numbers import number
from bot.rendering.words import literal, side_by_side


def quick_rule(rule: QuickRule, *, is_here: bool) -> MessageView:
    """Where people may ask for quick questions; ``is_here``: the channel of the rule is the reader's."""
    match rule.allowed:
        case Allowed.EVERYWHERE:
            return say(_("Everybody can ask quick questions in any channel."))
        case Allowed.PRIVATE:
            return say(_("Everybody can ask quick questions, but only for themselves."))
        case Allowed.OFF:
            return say(_("Quick questions are off. The daily question goes on."))
        case Allowed.HERE if is_here:
            return say(_("Everybody can ask quick questions here; in other channels, only for themselves."))
        case Allowed.HERE:
            return say(_("Everybody can ask quick questions in another channel; here, only for themselves."))


def spoken_language(name: str) -> MessageView:
    """Which language the bot speaks to everybody in the space, by its own name, and who is spoken to in theirs."""
    text = _("My posts for everybody here are in {language}. My private replies are in each reader's own language.")
    return say(text.format(language=literal(name)))


def say(text: str) -> MessageView:
    """A plain sentence."""
    return MessageView(text=text)


def help_text(
    everybody: Sequence[tuple[Typed, str]], hosts: Sequence[tuple[Typed, str]], operator: Operator | None = None
) -> MessageView:
    """The list of commands, each with one line, and who helps; ``hosts`` is empty if the reader isn't a host."""
    sections = [Section(title=_("For everybody"), text=_lines(everybody))]
    if hosts:
        sections.append(Section(title=_("For hosts"), text=_lines(hosts)))
    return MessageView(
        title=_("What you can type"),
        text=_("Answer a question with its buttons; only you see what you chose until it closes."),
        sections=tuple(sections),
        footer=_support(operator) if operator else "",
    )


def _support(operator: Operator) -> str:
    """Say who runs the bot, and where to get help."""
    contact = operator.contact if operator.contact == operator.link else literal(operator.contact)
    said = [_("Run by {name}").format(name=literal(operator.name)), _("Help: {contact}").format(contact=contact)]
    if operator.privacy:
        said.append(_("Privacy: {address}").format(address=operator.privacy))
    return " · ".join(said)


def spoken_to() -> MessageView:
    """The answer to somebody who mentions the bot in a channel."""
    return say(
        _("I only understand commands. Type `{quiz}` for a question, or `{help}` for everything that I can do.").format(
            quiz=typed("quiz"), help=typed("help")
        )
    )


def spoken_to_in_private(*, is_host: bool) -> MessageView:
    """The answer to a direct message: what can be done there, where the bot asks nothing."""
    commands = [
        (typed("help"), _("what you can type in a channel")),
        (typed("privacy export"), _("everything stored about you")),
        (typed("privacy delete"), _("deletes it")),
    ]
    if is_host:
        commands.append((typed("bank import"), _("reads the file of questions that you shared here last")))
    return MessageView(text=_("I ask questions in channels. Here you can type:") + "\n\n" + _lines(commands))


def _lines(commands: Sequence[tuple[Typed, str]]) -> str:
    return "\n".join(f"- `{command}` {meaning}" for command, meaning in commands)


def team_list(teams: Sequence[Team]) -> MessageView:
    """Teams and who is in them."""
    if not teams:
        return say(_("There are no teams yet. Create one: {command}").format(command=typed("team create", name="NAME")))
    nobody = _("nobody yet")
    lines = [
        f"- **{literal(team.name)}**: {', '.join(literal(name) for name in team.members) or nobody}" for team in teams
    ]
    return MessageView(title=_("Teams"), text="\n".join(lines))


def bank_list(summaries: Sequence[BankSummary]) -> MessageView:
    """Banks with their counts."""
    if not summaries:
        return say(_("There are no question banks yet."))
    own = {s.bank.name.casefold() for s in summaries if s.bank.space_id is not None}
    return MessageView(
        title=_("Question banks"),
        table=Table(
            columns=(_("Bank"), _("Ready"), _("Without a key"), _("Needs attention"), _("Withdrawn")),
            rows=tuple(
                (_bank_name(s.bank, own), *map(number, (s.ready, s.unkeyed, s.needs_attention, s.withdrawn)))
                for s in summaries
            ),
        ),
    )


def _bank_name(bank: Bank, own: Collection[str]) -> str:
    """A bank's name, with a mark on the operator's if the space has its own bank of that name."""
    if bank.space_id is None and bank.name.casefold() in own:
        return _("{bank} (for every space)").format(bank=literal(bank.name))
    return literal(bank.name)


_REVIEWED = 20
_STEM = 80


def bank_review(bank: Bank, doubtful: Sequence[Question]) -> MessageView:
    """Questions of a bank that are not asked, each with its id and why."""
    if not doubtful:
        return say(_("Every question of {name} is ready.").format(name=literal(bank.name)))
    lines = [f"- `{one.id}` ({_why_not(one)}) {_stem(one)}" for one in doubtful[:_REVIEWED]]
    if (left := len(doubtful) - _REVIEWED) > 0:
        more = npgettext("questions", "and {number} more", "and {number} more", left)
        lines.append("- " + more.format(number=left))
    return MessageView(
        title=_("Questions to look at in {name}").format(name=literal(bank.name)),
        text="\n".join(lines),
        footer=_("To correct one, use the command line: quizbot question correct ID --key B"),
    )


def _why_not(question: Question) -> str:
    """Say in words why a question isn't asked."""
    if question.withdrawn:
        return _("withdrawn")
    return ", ".join(map(doubt, question.findings)) or _("no right answer is known")


def _stem(question: Question) -> str:
    return literal(shortened(question.stem, _STEM))


def own_data(data: str) -> MessageView:
    """Everything that is stored about somebody."""
    return MessageView(title=_("Everything stored about you"), text=f"```json\n{data}\n```")


def deleting(stay: Sequence[tuple[str, str]]) -> Caution:
    """What happens if somebody deletes their data; ``stay`` has the linked accounts that stay, by name and space."""
    if not stay:
        text = _("This deletes your name, your answers and your points for good. It can't be undone.")
    else:
        text = _(
            "This deletes the account with which you are here for good: its name, its answers and their points. "
            "Accounts that are linked with it stay, with what was answered there: {accounts}. To delete those, "
            "do this there, too."
        ).format(accounts=", ".join(_account(name, space) for name, space in stay))
    return Caution(title=_("Delete everything about you?"), text=text, yes=_("Delete it for good"))


def _account(name: str, space: str) -> str:
    return _("{name} in {space}").format(name=literal(name), space=literal(space))


def fastest_choice(*, named: bool) -> MessageView:
    """Say whether the reader may be named among the fastest."""
    if named:
        text, show = _("You may be named among the fastest. Would you rather not? {command}"), "off"
    else:
        text, show = _("You aren't named among the fastest. Would you like to be? {command}"), "on"
    return say(text.format(command=typed("privacy race", show=show)))


def fastest_chosen(*, named: bool) -> MessageView:
    """Confirm the reader's choice whether to be named among the fastest."""
    if named:
        return say(_("Good luck! From the next result on, I may name you among the fastest."))
    return say(
        _("Take your time: from the next result on, I won't name you among the fastest. Your points stay as they are.")
    )


def imported(report: ImportReport) -> MessageView:
    """Say what an import did."""
    counts = _("{new} new, {edited} edited, {unchanged} as before.").format(
        new=report.new, edited=report.edited, unchanged=report.unchanged
    )
    ready = ngettext(
        "{number} question is ready to be asked.", "{number} questions are ready to be asked.", report.ready
    ).format(number=report.ready)
    return MessageView(
        title=_("Imported into “{bank}”").format(bank=literal(report.bank)),
        text="\n\n".join(filter(None, [f"{counts} {ready}", _not_ready(report)])),
        footer=_("Ask one now: {command}").format(command=typed("quiz")) if report.ready else "",
    )


def _not_ready(report: ImportReport) -> str:
    """How many questions of an import aren't asked yet, and the command that shows them; empty if all are."""
    counts = []
    if unkeyed := report.unkeyed:
        counts.append(ngettext("{number} without a key", "{number} without a key", unkeyed).format(number=unkeyed))
    if doubtful := report.needs_attention:
        counts.append(ngettext("{number} needs a look", "{number} need a look", doubtful).format(number=doubtful))
    command = typed("bank review", name=report.bank)
    return _("{counts}: {command}").format(counts=side_by_side(counts), command=f"`{command}`") if counts else ""
