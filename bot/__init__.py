"""Quizbot: a quiz bot for study groups, independent of the platform it speaks on."""
