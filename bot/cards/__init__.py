"""Pictures of standings: a week on one card, readable on a phone, in every script that names are written in.

`bot.cards.card` says what a card shows, also in words; `bot.cards.drawing` makes the PNG. Text goes through
`plain` (what may be shown), `shaping` (glyphs in their order), `fitting` (cut and wrapped) and `canvas` (ink).
"""
