"""SQL storage: SQLite on one machine, PostgreSQL beyond, through the same queries."""
