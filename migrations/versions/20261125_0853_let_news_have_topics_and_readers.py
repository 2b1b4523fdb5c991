"""Give articles topics, a link to the facts of their record, translations; let readers subscribe; know words by their trigrams."""

import sqlalchemy as sa
from alembic import op

revision = "20261125_0853"
down_revision = "20261125_0821"
branch_labels = None
depends_on = None

_TOPICS = "'kerukunan', 'pemilu-damai', 'kamtibmas', 'lalu-lintas', 'pelayanan', 'sosial'"


def upgrade() -> None:
    # In words, with its check: a batch would make the table anew without its checks.
    op.execute(
        f"ALTER TABLE articles ADD COLUMN topic VARCHAR(32) CONSTRAINT ck_articles_topic CHECK (topic IN ({_TOPICS}))"
    )
    op.add_column("articles", sa.Column("release_facts", sa.JSON(), nullable=True))
    op.add_column("articles", sa.Column("stale_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "article_translations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("subtitle", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("by_machine", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_by_id", sa.Integer(), nullable=True),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reviewed_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["articles.id"],
            name=op.f("fk_article_translations_article_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["saved_by_id"], ["people.id"], name=op.f("fk_article_translations_saved_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["reviewed_by_id"], ["people.id"], name=op.f("fk_article_translations_reviewed_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article_translations")),
        sa.UniqueConstraint("article_id", "language", name="uq_article_translations_language"),
    )
    op.create_table(
        "subscriptions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("address_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("address_hash", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("topics", sa.JSON(), nullable=False),
        sa.Column("districts", sa.JSON(), nullable=False),
        sa.Column("digest", sa.Boolean(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told_until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subscriptions")),
        sa.UniqueConstraint("address_hash", name="uq_subscriptions_address"),
        sa.UniqueConstraint("code", name=op.f("uq_subscriptions_code")),
    )
    op.create_index(op.f("ix_subscriptions_confirmed_at"), "subscriptions", ["confirmed_at"])
    op.create_table(
        "search_words",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("word", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_words")),
        sa.UniqueConstraint("word", name=op.f("uq_search_words_word")),
    )
    op.create_table(
        "search_trigrams",
        sa.Column("trigram", sa.String(), nullable=False),
        sa.Column("word_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["word_id"], ["search_words.id"], name=op.f("fk_search_trigrams_word_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("trigram", "word_id", name=op.f("pk_search_trigrams")),
    )


def downgrade() -> None:
    for table in ("search_trigrams", "search_words", "subscriptions", "article_translations"):
        op.drop_table(table)
    for column in ("stale_at", "release_facts", "topic"):
        op.drop_column("articles", column)
