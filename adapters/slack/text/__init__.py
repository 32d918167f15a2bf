"""Write what the bot says in Slack's blocks and markup: pure functions."""
