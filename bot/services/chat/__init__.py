"""Commands in chat: one table of them, from which they are read, checked, run and completed."""
