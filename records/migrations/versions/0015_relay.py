"""What a consultant sent may be corrected and taken back; an edited question is told; consultants ask the machine"""

import sqlalchemy as sa
from alembic import op


revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

# Which case a reply was sent in stands with its posts; who sent it was kept by name only.
SENT_BEFORE = """
INSERT INTO reply (turn_id, case_id)
SELECT turn_id, MIN(case_id) FROM delivery
WHERE purpose IN ('reply', 'sent') AND turn_id IS NOT NULL AND case_id IS NOT NULL GROUP BY turn_id
"""


def upgrade() -> None:
    op.add_column("turn", sa.Column("revised_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("turn", sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column(
        "inquiry",
        sa.Column("amended_at", sa.DateTime(timezone=True), nullable=True, comment="when its message was last edited"),
    )
    op.create_table(
        "reply",
        sa.Column("turn_id", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("consultant_id", sa.String(), nullable=True, comment="who sent it; none: before this was kept"),
        sa.ForeignKeyConstraint(["case_id"], ["handoff_case.id"], name=op.f("fk_reply_case_id_handoff_case")),
        sa.ForeignKeyConstraint(["consultant_id"], ["consultant.id"], name=op.f("fk_reply_consultant_id_consultant")),
        sa.ForeignKeyConstraint(["turn_id"], ["turn.id"], name=op.f("fk_reply_turn_id_turn")),
        sa.PrimaryKeyConstraint("turn_id", name=op.f("pk_reply")),
    )
    op.create_index(op.f("ix_reply_case_id"), "reply", ["case_id"])
    op.create_table(
        "earlier_wording",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("turn_id", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(), nullable=False, comment="who changed or withdrew it: a consultant's id"),
        sa.ForeignKeyConstraint(["turn_id"], ["turn.id"], name=op.f("fk_earlier_wording_turn_id_turn")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_earlier_wording")),
    )
    op.create_index(op.f("ix_earlier_wording_turn_id"), "earlier_wording", ["turn_id"])
    op.create_table(
        "aside",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False, comment="the message's identity, so that it is asked once"),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("consultant_id", sa.String(), nullable=False, comment="who asked; not necessarily the owner"),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False, comment="masked"),
        sa.Column("is_posted", sa.Boolean(), nullable=False, comment="answered in the card's thread; else on the web"),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column(
            "found",
            sa.JSON(),
            nullable=False,
            comment="ids of like cases; their words are read when shown, so that what is taken back is gone",
        ),
        sa.ForeignKeyConstraint(["case_id"], ["handoff_case.id"], name=op.f("fk_aside_case_id_handoff_case")),
        sa.ForeignKeyConstraint(["consultant_id"], ["consultant.id"], name=op.f("fk_aside_consultant_id_consultant")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_aside")),
        sa.UniqueConstraint("key", name=op.f("uq_aside_key")),
    )
    op.create_index(op.f("ix_aside_case_id"), "aside", ["case_id"])
    op.execute(SENT_BEFORE)


def downgrade() -> None:
    op.drop_table("aside")
    op.drop_table("earlier_wording")
    op.drop_table("reply")
    with op.batch_alter_table("inquiry", schema=None) as batch_op:
        batch_op.drop_column("amended_at")
    with op.batch_alter_table("turn", schema=None) as batch_op:
        batch_op.drop_column("withdrawn_at")
        batch_op.drop_column("revised_at")
