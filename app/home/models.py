"""What can be found, and problems that people tell of."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.database import Model, choice
from app.home.details import DocumentKind
from app.people.models import Person


class SearchDocument(Model):
    """Something public as search knows it; whether it may be shown is asked of its feature at the moment of asking.

    title_stems, stems: see rules.words. path, place, zone, at: what a line of the results shows.
    changed_at: the thing's own, when it was put here.
    """

    __tablename__ = "search_documents"
    __table_args__ = (UniqueConstraint("kind", "subject_id", name="uq_search_documents_subject"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[DocumentKind] = mapped_column(choice(DocumentKind))
    subject_id: Mapped[int]
    title: Mapped[str]
    text: Mapped[str] = mapped_column(Text)
    title_stems: Mapped[str] = mapped_column(Text)
    stems: Mapped[str] = mapped_column(Text)
    path: Mapped[str]
    place: Mapped[str] = mapped_column(default="")
    zone: Mapped[str]
    at: Mapped[datetime]
    changed_at: Mapped[datetime]


class SearchWord(Model):
    """A word that stands in the title or the text of some document, as people write it, folded to small letters."""

    __tablename__ = "search_words"

    id: Mapped[int] = mapped_column(primary_key=True)
    word: Mapped[str] = mapped_column(unique=True)


class SearchTrigram(Model):
    """Three letters in a row of a word, its ends marked; a misspelt name shares most of them with the right one."""

    __tablename__ = "search_trigrams"

    trigram: Mapped[str] = mapped_column(primary_key=True)
    word_id: Mapped[int] = mapped_column(ForeignKey("search_words.id", ondelete="CASCADE"), primary_key=True)


# The index itself. On SQLite a table of FTS5 that keeps no text of its own and follows the documents by triggers.
SEARCH_DDL = {
    "sqlite": [
        (
            "CREATE VIRTUAL TABLE search_index USING fts5(title_stems, stems, content='search_documents', "
            "content_rowid='id', tokenize='unicode61', detail=none, prefix='2 3')"
        ),
        (
            "CREATE TRIGGER search_documents_added AFTER INSERT ON search_documents BEGIN "
            "INSERT INTO search_index(rowid, title_stems, stems) VALUES (new.id, new.title_stems, new.stems); END"
        ),
        (
            "CREATE TRIGGER search_documents_removed AFTER DELETE ON search_documents BEGIN "
            "INSERT INTO search_index(search_index, rowid, title_stems, stems) "
            "VALUES ('delete', old.id, old.title_stems, old.stems); END"
        ),
        (
            "CREATE TRIGGER search_documents_changed AFTER UPDATE OF title_stems, stems ON search_documents BEGIN "
            "INSERT INTO search_index(search_index, rowid, title_stems, stems) "
            "VALUES ('delete', old.id, old.title_stems, old.stems); "
            "INSERT INTO search_index(rowid, title_stems, stems) VALUES (new.id, new.title_stems, new.stems); END"
        ),
    ],
    "postgresql": [
        (
            "CREATE INDEX ix_search_documents_stems ON search_documents "
            "USING gin (to_tsvector('simple', title_stems || ' ' || stems))"
        ),
    ],
}
SEARCH_DDL_UNDO = {
    "sqlite": [
        "DROP TRIGGER search_documents_changed",
        "DROP TRIGGER search_documents_removed",
        "DROP TRIGGER search_documents_added",
        "DROP TABLE search_index",
    ],
    "postgresql": ["DROP INDEX ix_search_documents_stems"],
}


class ProblemReport(Model):
    """A problem of the portal or of something on it. The phone goes 90 days after the report was settled.

    crowded: very many came from its network address within an hour, which may be one venue or one mischief-maker.
    """

    __tablename__ = "problem_reports"

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"), index=True)
    message: Mapped[str] = mapped_column(Text)
    page: Mapped[str] = mapped_column(default="")
    phone_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    crowded: Mapped[bool] = mapped_column(default=False)
    at: Mapped[datetime] = mapped_column(index=True)
    settled_at: Mapped[datetime | None]
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    answer: Mapped[str] = mapped_column(default="")  # what was done about it

    settled_by: Mapped[Person | None] = relationship(lazy="raise")
