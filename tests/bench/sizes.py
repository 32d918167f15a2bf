"""How much the benchmarks do: all of it, as much as fits in two minutes, or just enough to see that they work."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """One run's amounts.

    Attributes:
        players: how many people answer at most.
        durable_s: seconds spent on durable answers, for each number of callers and each typed kind.
        steady_s: seconds of clicks at each steady rate.
        stored: answers that are stored while memory is measured.
        history: answers of the old league.
        slack_s: seconds spent on Slack's clicks.
        discord_rounds: rounds that everybody answers on Discord.
        discord_channels: channels that Discord's limit is measured with.
        channels: channels whose question is due in the same minute.
        questions: questions of each list that is read.
        browsers: pages of the web room that listen.
    """

    players: int = 10_000
    durable_s: float
    steady_s: float
    stored: int
    history: int
    slack_s: float
    discord_rounds: int
    discord_channels: int = 10_000
    channels: int
    questions: int
    browsers: int = 300


SIZES = {
    "full": Size(
        durable_s=10,
        steady_s=60,
        stored=1_000_000,
        history=10_000_000,
        slack_s=30,
        discord_rounds=8,
        channels=10_000,
        questions=100_000,
    ),
    "fast": Size(
        durable_s=2,
        steady_s=4,
        stored=100_000,
        history=1_000_000,
        slack_s=4,
        discord_rounds=1,
        channels=500,
        questions=5_000,
    ),
    "smallest": Size(
        players=50,
        durable_s=0.01,
        steady_s=0.1,
        stored=50,
        history=1_000,
        slack_s=0.01,
        discord_rounds=1,
        discord_channels=100,
        channels=5,
        questions=20,
        browsers=5,
    ),
}
