"""The consultation log: tables, unit of work, read side, migrations. SQLAlchemy and Alembic live only here."""
