"""The platforms: each package turns what happens there into commands, and views into what is shown there."""
