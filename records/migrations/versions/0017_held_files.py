"""Files of the web, held sealed, and since when they are not any more"""

import sqlalchemy as sa
from alembic import op


revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

COMMENTS = (
    ("team", "the workspace where it was uploaded", "the workspace where it was uploaded; web: we hold it"),
    ("ref", "Slack's id of it there", "Slack's id of it there, or held_file.ref"),
)


def upgrade() -> None:
    op.create_table(
        "held_file",
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("piece", sa.Integer(), nullable=False, comment="from 0"),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False, comment="some of its bytes, by desk/sealing.py"),
        sa.PrimaryKeyConstraint("ref", "piece", name=op.f("pk_held_file")),
    )
    op.create_index(op.f("ix_held_file_kept_at"), "held_file", ["kept_at"])
    at = sa.Column("let_go_at", sa.DateTime(timezone=True), nullable=True, comment="since when it is held no longer")
    op.add_column("attachment", at)
    op.create_index(op.f("ix_attachment_ref"), "attachment", ["ref"])
    _comment(COMMENTS)


def downgrade() -> None:
    _comment(tuple((column, after, before) for column, before, after in COMMENTS))
    op.drop_index(op.f("ix_attachment_ref"), table_name="attachment")
    with op.batch_alter_table("attachment", schema=None) as batch_op:
        batch_op.drop_column("let_go_at")
    op.drop_index(op.f("ix_held_file_kept_at"), table_name="held_file")
    op.drop_table("held_file")


def _comment(changes: tuple[tuple[str, str, str], ...]) -> None:
    if op.get_bind().dialect.name == "sqlite":  # it keeps no comments
        return
    for column, existing, now in changes:
        op.alter_column("attachment", column, comment=now, existing_comment=existing, existing_type=sa.String())
