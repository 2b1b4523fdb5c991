"""What the newsroom says about an article, inside the house and with somebody outside."""

from datetime import datetime, timedelta

from app.core import audit, crypto
from app.core.database import db, lock, transactional
from app.core.errors import RuleBroken
from app.news import messages
from app.news.actions.workflow import tell
from app.news.details import ItemStatus, Verdict
from app.news.models import Article, ArticleNote, FactCheck
from app.news.queries import find_fact_check
from app.people.models import Person
from app.people.queries import find_person

GOOD_FOR = timedelta(days=3)


@transactional
def add_note(article: Article, text: str, *, by: Person, now: datetime) -> None:
    """Leave a note beside an article for everyone in the newsroom."""
    db.session.add(ArticleNote(article_id=article.id, at=now, by_id=by.id, text=text))
    audit.record("news:article:noted", by=by, now=now, subject=article, name=article.title)


@transactional
def ask_fact_check(article: Article, *, asked_of: str, question: str, by: Person, now: datetime) -> FactCheck:
    """A link by which one person outside the house reads the text as it is now and answers once, for three days.

    Raises RuleBroken("news_withdrawn") for a withdrawn article.
    """
    lock(article)
    if article.status is ItemStatus.WITHDRAWN:
        raise RuleBroken("news_withdrawn")
    check = FactCheck(
        article_id=article.id,
        code=crypto.new_code(),
        asked_of=asked_of,
        question=question,
        asked_by_id=by.id,
        asked_at=now,
        expires_at=now + GOOD_FOR,
        version=article.version,
    )
    db.session.add(check)
    audit.record("news:article:fact_check_asked", by=by, now=now, subject=article, name=article.title)
    return check


@transactional
def answer_fact_check(code: str, *, verdict: Verdict, answer: str, now: datetime) -> None:
    """What the person outside says. Raises RuleBroken ("fact_check_over", "fact_check_answered", "answer_missing")."""
    check = find_fact_check(code, now)
    if check is None:
        raise RuleBroken("fact_check_over")
    article = check.article
    lock(check)
    if check.answered_at is not None:
        raise RuleBroken("fact_check_answered")
    if verdict is Verdict.WRONG and not answer:
        raise RuleBroken("answer_missing", field="answer")
    check.answered_at, check.verdict, check.answer = now, verdict, answer
    audit.record("news:article:fact_check_answered", by=None, now=now, subject=article, name=article.title)
    asker = find_person(check.asked_by_id) if check.asked_by_id else None
    if asker is not None:
        subject, text = messages.notice_of_fact_check(article.title, verdict, answer)
        tell(asker, article, f"fact_check:{check.id}", subject, text, now=now)
