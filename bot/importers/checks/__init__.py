"""What wants a second look in questions, wherever they come from: doubts become findings."""
