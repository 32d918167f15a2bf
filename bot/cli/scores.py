"""``quizbot leaderboard`` and ``quizbot scores``."""

from typing import Annotated, Any

import typer

from bot.cli.console import ConfigOption, JsonOption, actor, out, print_json, with_application
from bot.domain.grading import in_points
from bot.domain.standings import Ranked, Standing, Window
from bot.rendering.boards import part_of, team_rule
from bot.rendering.words import bare_points
from bot.services.standings import scores as use_cases

app = typer.Typer(help="Check that the standings are right.", no_args_is_help=True)


@app.callback()
def scores() -> None:
    """Check that the standings are right."""


def leaderboard(
    league: Annotated[str | None, typer.Option(help="A league's name; else all leagues together.")] = None,
    window: Annotated[Window, typer.Option(help="The time to look at.")] = Window.WEEK,
    by: Annotated[Ranked, typer.Option(help="Players or teams.")] = Ranked.PLAYER,
    as_json: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Show the standings."""
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
    repair: Annotated[bool, typer.Option(help="Make the totals anew where they differ.")] = False,
    as_json: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Rebuild every standing from the answers and compare; exit code 1 where anything differs."""
    differences = with_application(lambda a: use_cases.verify(a, repair=repair, actor=actor()), config)
    if as_json:
        print_json({"ok": not differences, "differences": differences, "repaired": repair and bool(differences)})
    elif differences:
        out.print("\n".join(differences), markup=False, highlight=False)
        out.print("Totals were made anew." if repair else "Mend it with: quizbot scores verify --repair")
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
