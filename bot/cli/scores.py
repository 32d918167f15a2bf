"""``quizbot leaderboard`` and ``quizbot scores``."""

from typing import Annotated, Any

import typer

from bot.cli.console import actor, out, print_json, with_application
from bot.cli.options import ConfigOption, JsonOption
from bot.domain.grading import in_points
from bot.domain.standings import Ranked, Standing, Window
from bot.rendering.boards import part_of, team_rule
from bot.rendering.words import bare_points
from bot.services.standings import scores as use_cases

app = typer.Typer(help="Check the standings against the answers, and repair them.", no_args_is_help=True)


@app.callback()
def scores() -> None:
    """Check the standings against the answers, and repair them."""


def leaderboard(
    league: Annotated[str | None, typer.Option(help="The league's name. Default: all leagues together.")] = None,
    window: Annotated[
        Window, typer.Option(help="Which answers count: those of today, this week, month or season, or all.")
    ] = Window.WEEK,
    by: Annotated[Ranked, typer.Option(help="Rank players or teams.")] = Ranked.PLAYER,
    as_json: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Show the standings of players or teams."""
    standings = with_application(lambda a: use_cases.standings(a, league=league, window=window, by=by), config)
    if as_json:
        rows = [_standing_json(standing, by) for standing in standings]
        print_json({"league": league, "window": window, "by": by, "standings": rows})
        return
    if not standings:
        out.print("No answers in this period yet.")
    for s in standings:
        place = "–" if s.place is None else f"{s.place}."
        out.print(f"{place:>4} {s.name}: {_figures(s, by)}", markup=False, highlight=False)
    if by is Ranked.TEAM:
        out.print(team_rule())


@app.command()
def verify(
    repair: Annotated[bool, typer.Option(help="Replace stored totals that differ.")] = False,
    as_json: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Compute all standings from the answers, and list those that are stored differently (then exit code 1)."""
    differences = with_application(lambda a: use_cases.verify(a, repair=repair, actor=actor()), config)
    if as_json:
        print_json({"ok": not differences, "differences": differences, "repaired": repair and bool(differences)})
    elif differences:
        out.print("\n".join(differences), markup=False, highlight=False)
        out.print(
            "Repaired: the stored totals agree with the answers again."
            if repair
            else "Repair them: quizbot scores verify --repair"
        )
    else:
        out.print("Every standing agrees with the answers.")
    if differences and not repair:
        raise typer.Exit(1)


def _figures(standing: Standing, by: Ranked) -> str:
    points, score = bare_points(float(standing.points)), bare_points(float(standing.score))
    right = f"{standing.right} right of {standing.answered}"
    if by is Ranked.TEAM:
        return f"score {score}, mean {points} points, {part_of(standing)} answered, {right}"
    return f"{points} points, {right}"


def _standing_json(standing: Standing, by: Ranked) -> dict[str, Any]:
    row: dict[str, Any] = {
        "place": standing.place,
        "name": standing.name,
        "points": in_points(float(standing.points)),
        "right": standing.right,
        "answered": standing.answered,
    }
    if by is Ranked.TEAM:
        row |= {
            "score": in_points(float(standing.score)),
            "total": in_points(standing.total),
            "members": standing.members,
            "of": standing.of,
        }
    return row
