"""When series ask next, and the runner that does what is due."""
