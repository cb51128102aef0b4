"""Alembic's environment, on the connection that records/migrate.py hands over; DBOS's own tables are left alone."""

from alembic import context

import records.tables  # noqa: F401  fills the metadata
from records.base import Base


def _is_ours(name: str | None, type_: str, _parents: object) -> bool:
    return type_ != "table" or name in Base.metadata.tables


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    include_name=_is_ours,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
