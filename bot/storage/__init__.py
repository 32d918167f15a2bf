"""SQL storage: SQLite for one machine, PostgreSQL for several, with the same queries."""
