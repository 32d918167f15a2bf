"""A message as a user sees it."""

from datetime import UTC, datetime

import discord

from tests.platforms.discord.rendering import render, with_times

CHOICES = (("A", "Recall"), ("B", None))


async def test_a_message_is_shown_with_all_it_holds(server, channel, venue, ada):
    later = int(server.clock.now()) + 2 * 3600 + 5
    embed = discord.Embed(title="Which metric?", description=f"Closes <t:{later}:R>")
    embed.add_field(name="Topic", value="metrics").set_footer(text="Round 7")
    view = discord.ui.View(timeout=None)
    view.add_item(discord.ui.Button(label="A", custom_id="a", row=0))
    view.add_item(discord.ui.Button(label="B", custom_id="b", disabled=True, row=0))
    options = [discord.SelectOption(label=label, value=label.lower(), description=text) for label, text in CHOICES]
    view.add_item(discord.ui.Select(custom_id="m", placeholder="Pick", options=options, max_values=2, row=1))
    await venue.send("Good morning", embed=embed, view=view)
    await server.react(ada, channel.last, "🇦")
    assert render(channel.last).splitlines() == [
        "Good morning",
        "│ Which metric?",
        "│ Closes in 2 hours",
        "│ Topic",
        "│ metrics",
        "│ Round 7",
        "[A] (B)",
        "▾ Pick · choose 1 to 2",
        "  ☐ A – Recall",
        "  ☐ B",
        "🇦 1",
    ]


def test_a_time_is_shown_as_its_style_says():
    now = datetime(2026, 3, 2, 9, tzinfo=UTC)
    hour = int(now.timestamp()) - 3600
    assert with_times(f"<t:{hour}:R> <t:{hour}:t> <t:{hour}:d> <t:{hour}>", now) == (
        "1 hour ago 08:00 UTC 2026-03-02 2026-03-02 08:00 UTC"
    )
