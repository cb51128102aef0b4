"""Articles: a consultant's answer for all who ask again"""

import sqlalchemy as sa
from alembic import op


revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

OPEN = sa.text("state IN ('draft', 'submitted', 'returned')")
STANDING = sa.text("state IN ('approved', 'expired')")


def upgrade() -> None:
    op.create_table(
        "article",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False, comment="shown as K-0007; its editions share it"),
        sa.Column("edition", sa.Integer(), nullable=False, comment="from 1, rising"),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("question", sa.String(), nullable=False, comment="generalised"),
        sa.Column("answer", sa.String(), nullable=False, comment="generalised"),
        sa.Column("municipality_code", sa.String(length=6), nullable=False, comment="whose consultation it was"),
        sa.Column("for_all", sa.Boolean(), nullable=False, comment="else only that body may find it"),
        sa.Column("case_id", sa.String(), nullable=True, comment="whose answer it was; none: written as a new edition"),
        sa.Column("author_id", sa.String(), nullable=False, comment="who wrote this edition"),
        sa.Column("owner_id", sa.String(), nullable=False, comment="who is asked whether it still holds"),
        sa.Column("expires_on", sa.Date(), nullable=False, comment="last day in force"),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["account.id"], name=op.f("fk_article_author_id_account")),
        sa.ForeignKeyConstraint(["case_id"], ["handoff_case.id"], name=op.f("fk_article_case_id_handoff_case")),
        sa.ForeignKeyConstraint(
            ["municipality_code"], ["municipality.code"], name=op.f("fk_article_municipality_code_municipality")
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["account.id"], name=op.f("fk_article_owner_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article")),
        sa.UniqueConstraint("number", "edition", name=op.f("uq_article_number")),
    )
    op.create_index(op.f("ix_article_case_id"), "article", ["case_id"])
    op.create_index(op.f("ix_article_owner_id"), "article", ["owner_id"])
    op.create_index(op.f("ix_article_state"), "article", ["state"])
    op.create_index("uq_article_open", "article", ["number"], unique=True, sqlite_where=OPEN, postgresql_where=OPEN)
    op.create_index(
        "uq_article_standing", "article", ["number"], unique=True, sqlite_where=STANDING, postgresql_where=STANDING
    )
    op.create_table(
        "article_event",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("article_id", sa.String(), nullable=False),
        sa.Column("deed", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False, comment="an account's id, or desk"),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_article_event_article_id_article")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article_event")),
    )
    op.create_index(op.f("ix_article_event_article_id"), "article_event", ["article_id"])
    op.create_table(
        "article_source",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("article_id", sa.String(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("passage_id", sa.String(), nullable=False),
        sa.Column("document_id", sa.String(), nullable=False),
        sa.Column("document_version", sa.Integer(), nullable=False),
        sa.Column("document", sa.String(), nullable=False, comment="its title when cited"),
        sa.Column("locator", sa.String(), nullable=False),
        sa.Column("quote", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_article_source_article_id_article")),
        sa.ForeignKeyConstraint(["passage_id"], ["passage.id"], name=op.f("fk_article_source_passage_id_passage")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article_source")),
        sa.UniqueConstraint("article_id", "rank", name=op.f("uq_article_source_article_id")),
    )


def downgrade() -> None:
    op.drop_table("article_source")
    op.drop_table("article_event")
    op.drop_table("article")
