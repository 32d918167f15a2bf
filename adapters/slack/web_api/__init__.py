"""Slack's Web API: the workspaces that the bot is in, and what it asks and tells them."""
