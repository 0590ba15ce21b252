"""The schema's history, run by Alembic through asyncpg as the owner of the tables."""
