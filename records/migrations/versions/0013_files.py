"""Files that came with words: names and what became of them, no contents"""

import sqlalchemy as sa
from alembic import op


revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "attachment",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("inquiry_id", sa.String(), nullable=True, comment="from the municipality"),
        sa.Column("turn_id", sa.String(), nullable=True, comment="from a consultant"),
        sa.Column("ordinal", sa.Integer(), nullable=False, comment="within its message"),
        sa.Column("team", sa.String(), nullable=False, comment="the workspace where it was uploaded"),
        sa.Column("ref", sa.String(), nullable=False, comment="Slack's id of it there"),
        sa.Column("name", sa.String(), nullable=False, comment="masked and cleaned; empty: not known, or taken back"),
        sa.Column("size", sa.BigInteger(), nullable=True, comment="as announced"),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("unfit", sa.String(), nullable=True, comment="why it was not passed on"),
        sa.Column(
            "upload_ref",
            sa.String(),
            nullable=True,
            comment="Slack's id of the copy, noted before it becomes visible",
        ),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["inquiry_id"], ["inquiry.id"], name=op.f("fk_attachment_inquiry_id_inquiry")),
        sa.ForeignKeyConstraint(["turn_id"], ["turn.id"], name=op.f("fk_attachment_turn_id_turn")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
        sa.UniqueConstraint("inquiry_id", "ref", name=op.f("uq_attachment_inquiry_id")),
    )
    op.create_index(op.f("ix_attachment_turn_id"), "attachment", ["turn_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_attachment_turn_id"), table_name="attachment")
    op.drop_table("attachment")
