"""A crowd in the web room: how soon a question reaches every listening page, and how soon each gets a receipt."""
