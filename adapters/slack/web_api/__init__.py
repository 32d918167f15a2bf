"""Slack's Web API: the workspaces that the bot is in, and its calls to them."""
