"""Alembic migrations, numbered and described; `bot.storage.schema` runs them."""
