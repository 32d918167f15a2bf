"""Messages as people see them, and whom they ping."""

from tests.platforms.slack import Channel, SlackServer, User, pings


def mrkdwn(text: str, **more) -> dict:
    return {"type": "mrkdwn", "text": text, **more}


async def test_a_message_reads_as_it_is_shown(slack: SlackServer, channel: Channel, ada: User):
    plain = {"type": "plain_text", "text": "Question <1>"}
    option = {"text": {"type": "plain_text", "text": "red"}, "value": "r"}
    message = channel.write(
        channel.team.bot,
        "fallback",
        [
            {"type": "header", "text": plain},
            {"type": "section", "text": mrkdwn(f"*Which*, <@{ada.id}>? a &lt; b")},
            {"type": "actions", "elements": [{"type": "checkboxes", "action_id": "c", "options": [option]}]},
            {"type": "divider"},
            {
                "type": "context",
                "elements": [mrkdwn("until <!date^1772442000^{date_short} at {time}|then>"), mrkdwn("x")],
            },
        ],
    )
    message.reactions["one"] = [ada.id]
    assert slack.render(message, tz="Europe/Berlin").splitlines() == [
        "# Question <1>",
        "*Which*, @Ada? a < b",
        "[ ] red",
        "---",
        "until Mar 2, 2026 at 10:00 AM · x",
        ":one: 1",
    ]


async def test_nobody_is_pinged_by_text_that_was_escaped(channel: Channel):
    safe = [{"type": "section", "text": mrkdwn("&lt;!channel&gt; @here", verbatim=True)}]
    assert pings(channel.write(channel.team.bot, "&lt;!channel&gt; @here", safe)) == set()


async def test_everybody_who_would_be_notified_is_found(slack: SlackServer, channel: Channel, ada: User):
    blocks = [{"type": "section", "text": mrkdwn(f"<!here|x> <@{ada.id}> @everyone")}]
    channel.write(channel.team.bot, "<!channel> @ada", blocks)
    assert slack.pings() == {"channel", "here", "everyone", ada.id}


async def test_names_count_where_they_are_linked(channel: Channel, ada: User):
    assert pings(channel.write(channel.team.bot, "@ada @here")) == set()
    assert pings(channel.write(channel.team.bot, "@ada @here", link_names=True)) == {ada.id, "here"}


async def test_what_a_failed_test_shows_of_a_busy_channel_is_short(channel: Channel, ada: User):
    for number in range(6):
        await ada.says(f"{number}", channel)
    assert all(len(repr(one)) < 1_000 for one in (channel.messages[-1], channel, ada, channel.team))
