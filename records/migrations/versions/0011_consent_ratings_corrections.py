"""Consent before a hand-over, ratings after the end, what a consultant corrects of a case"""

import sqlalchemy as sa
from alembic import op


revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "municipality",
        sa.Column(
            "asks_consent",
            sa.Boolean(),
            nullable=False,
            server_default=sa.false(),
            comment="an unsure hand-over is asked about first",
        ),
    )
    op.add_column(
        "inquiry",
        sa.Column("consent", sa.String(), nullable=True, comment="to a hand-over; none: it was not asked about"),
    )
    op.create_index(op.f("ix_inquiry_consent"), "inquiry", ["consent"])
    op.add_column(
        "case_event",
        sa.Column("value", sa.String(), nullable=False, server_default="", comment="of a correction: what was set"),
    )
    op.create_table(
        "rating",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False, comment="an asker's id"),
        sa.Column("score", sa.Integer(), nullable=False, comment="1 poor, 2 fair, 3 good; the last word"),
        sa.Column("words", sa.String(), nullable=False, comment="masked"),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["handoff_case.id"], name=op.f("fk_rating_case_id_handoff_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rating")),
        sa.UniqueConstraint("case_id", "by", name=op.f("uq_rating_case_id")),
    )
    op.create_index(op.f("ix_rating_at"), "rating", ["at"])


def downgrade() -> None:
    op.drop_table("rating")
    with op.batch_alter_table("case_event", schema=None) as batch_op:
        batch_op.drop_column("value")
    op.drop_index(op.f("ix_inquiry_consent"), table_name="inquiry")
    with op.batch_alter_table("inquiry", schema=None) as batch_op:
        batch_op.drop_column("consent")
    with op.batch_alter_table("municipality", schema=None) as batch_op:
        batch_op.drop_column("asks_consent")
