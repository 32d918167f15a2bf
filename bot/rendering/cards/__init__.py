"""Pictures of standings: a week on one card, readable on a phone, in every script that names are written in.

`card` says what a card shows, also in words; `painting` makes the PNG. Text goes through
`plain` (what may be shown), `shaping` (glyphs in their order), `fitting` (cut and wrapped) and `canvas` (ink).
"""
