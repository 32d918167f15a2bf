"""When series ask: next-fire calculation, and the runner that takes up what is due."""
