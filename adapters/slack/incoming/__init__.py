"""The ways in: what Slack sends over HTTP or through a socket gets to Bolt."""
