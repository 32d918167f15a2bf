"""What Quizbot is made of: advisories against the lock, the bill of materials, and the fonts of its cards."""
