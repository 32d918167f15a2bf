"""Banks of questions: stored, stored again when edited, corrected."""
