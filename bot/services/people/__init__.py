"""People: their accounts, their data, and whether they may be named."""
