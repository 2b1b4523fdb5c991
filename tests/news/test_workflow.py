from datetime import timedelta

import pytest

from app.core import clock
from app.core.database import db
from app.core.errors import RuleBroken, StaleWrite
from app.core.permissions import Role
from app.news.actions import (
    approve_emergency,
    correct_article,
    publish,
    return_item,
    save_article,
    start_article,
    start_notice,
    submit,
    withdraw,
)
from app.news.details import ArticleDetails, ItemStatus, NoticeDetails, NoticeKind, Urgency
from app.news.models import ArticleRevision
from app.news.queries import find_public_article, find_public_notice, returned_items
from app.notify.models import OutboxMessage
from app.people.actions import end_role
from app.people.queries import living_roles
from tests.media.factories import make_photo
from tests.news.factories import make_article, make_notice
from tests.news.test_public import quiet_now
from tests.people.factories import make_person
from tests.regions.factories import make_unit


def draft(unit, writer, **given):
    values = {"title": "Warga Contoh Gelar Doa Bersama", "body": "<p>Isi.</p>", **given}
    return start_article(ArticleDetails(**values), unit_id=unit.id, by=writer, now=clock.now())


@pytest.fixture
def unit(app):
    return make_unit("Polsek Redaksi")


@pytest.fixture
def writer(unit):
    return make_person(Role.PENULIS, unit=unit)


@pytest.fixture
def editor(unit):
    return make_person(Role.EDITOR, unit=unit)


def test_an_article_is_submitted_by_one_and_published_by_another(unit, writer, editor):
    article = draft(unit, writer)
    submit(article, by=writer, now=clock.now())
    assert db.session.query(OutboxMessage).filter_by(to_email=editor.email).count() == 1
    publish(article, by=editor, now=clock.now())
    assert find_public_article(article.slug, clock.now()).id == article.id


def test_whoever_submitted_does_not_publish(unit, editor):
    article = draft(unit, editor)
    submit(article, by=editor, now=clock.now())
    with pytest.raises(RuleBroken, match="own_submission"):
        publish(article, by=editor, now=clock.now())


def test_a_writer_cannot_have_a_colleague_press_submit_for_nothing(unit, writer, editor):
    article = draft(unit, writer)
    with pytest.raises(RuleBroken, match="news_not_submitted"):
        publish(article, by=editor, now=clock.now())


def test_an_emergency_publication_waits_for_somebody_elses_approval(unit, writer, editor):
    article = draft(unit, editor)
    publish(article, by=editor, now=clock.now(), emergency="Banjir, warga perlu tahu segera.")
    assert find_public_article(article.slug, clock.now()) is not None
    with pytest.raises(RuleBroken, match="own_submission"):
        approve_emergency(article, by=editor, now=clock.now())
    other = make_person(Role.EDITOR, unit=unit)
    approve_emergency(article, by=other, now=clock.now())
    assert article.approved_by_id == other.id


def test_a_returned_article_carries_the_note_and_may_be_changed_again(unit, writer, editor):
    article = draft(unit, writer)
    submit(article, by=writer, now=clock.now())
    return_item(article, note="Lengkapi nama lembaga.", by=editor, now=clock.now())
    save_article(
        article,
        ArticleDetails(title="Judul baru", body="<p>Lengkap.</p>"),
        version=article.version,
        by=writer,
        now=clock.now(),
    )
    assert (article.status, article.slug) == (ItemStatus.RETURNED, "judul-baru")


def test_two_editors_do_not_overwrite_each_other(unit, writer):
    article = draft(unit, writer)
    opened = article.version
    save_article(article, ArticleDetails("A", "<p>a</p>"), version=opened, by=writer, now=clock.now())
    with pytest.raises(StaleWrite):
        save_article(article, ArticleDetails("B", "<p>b</p>"), version=opened, by=writer, now=clock.now())
    kept = db.session.query(ArticleRevision).filter_by(article_id=article.id).count()
    assert (article.title, kept) == ("A", 2)


def test_a_submitted_article_cannot_be_changed_behind_the_editors_back(unit, writer):
    article = draft(unit, writer)
    submit(article, by=writer, now=clock.now())
    with pytest.raises(RuleBroken, match="news_not_draft"):
        save_article(
            article,
            ArticleDetails("Lain", "<p>x</p>"),
            version=article.version,
            by=writer,
            now=clock.now(),
        )


def test_a_gap_keeps_an_article_from_being_published(unit, writer, editor):
    article = draft(unit, writer, body="<p>Kegiatan selesai pukul [LENGKAPI: jam selesai].</p>")
    submit(article, by=writer, now=clock.now())
    with pytest.raises(RuleBroken, match="has_gap"):
        publish(article, by=editor, now=clock.now())


def test_a_photo_without_words_keeps_an_article_from_being_published(unit, writer, editor):
    photo = make_photo(unit=unit, alt="")
    article = draft(unit, writer, body=f"<p>Isi.</p><p>[foto {photo.id}]</p>")
    submit(article, by=writer, now=clock.now())
    with pytest.raises(RuleBroken, match="photo_incomplete"):
        publish(article, by=editor, now=clock.now())


def test_a_schedule_in_the_past_is_refused_and_one_ahead_is_kept(unit, writer, editor):
    article = draft(unit, writer)
    submit(article, by=writer, now=clock.now())
    now = clock.now()
    with pytest.raises(RuleBroken, match="publish_in_past"):
        publish(article, by=editor, now=now, at=now - timedelta(minutes=1))
    publish(article, by=editor, now=now, at=now + timedelta(days=1))
    assert find_public_article(article.slug, now) is None
    assert find_public_article(article.slug, now + timedelta(days=1)) is not None


def test_masa_tenang_refuses_to_publish_what_names_candidates(unit, writer, editor):
    article = draft(unit, writer, names_candidates=True)
    submit(article, by=writer, now=clock.now())
    quiet_now()
    with pytest.raises(RuleBroken, match="quiet_period"):
        publish(article, by=editor, now=clock.now())


def test_a_correction_is_dated_and_a_changed_title_leaves_the_old_address_alive(client, editor):
    article = make_article("Judul yang keliru")
    old = article.slug
    correct_article(
        article,
        ArticleDetails(title="Judul yang benar", body=article.body),
        note="Judul sebelumnya keliru menyebut tempat.",
        version=article.version,
        by=editor,
        now=clock.now(),
    )
    answer = client.get(f"/berita/{old}")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/berita/judul-yang-benar")
    assert "Judul sebelumnya keliru" in client.get("/berita/judul-yang-benar").text
    assert "Ralat:" in client.get("/berita/umpan.xml").text


def test_a_correction_must_change_something(editor):
    article = make_article()
    details = ArticleDetails(title=article.title, body=article.body)
    with pytest.raises(RuleBroken, match="correction_changes_nothing"):
        correct_article(article, details, note="x", version=article.version, by=editor, now=clock.now())


def test_withdrawing_says_why(editor):
    article = make_article()
    withdraw(article, reason="Keliru.", by=editor, now=clock.now())
    assert find_public_article(article.slug, clock.now()) is None


def test_a_notice_ends_when_its_replacement_is_published(unit, writer, editor):
    now = clock.now()
    old = make_notice(unit=unit)
    details = NoticeDetails(
        "Pengganti",
        "<p>Baru.</p>",
        NoticeKind.ANNOUNCEMENT,
        Urgency.NORMAL,
        now - timedelta(minutes=1),
        now + timedelta(days=1),
    )
    new = start_notice(details, unit_id=unit.id, by=writer, now=now, replaces=old)
    submit(new, by=writer, now=now)
    publish(new, by=editor, now=now)
    db.session.refresh(old)
    assert old.replaced_by_id == new.id
    assert find_public_notice(new.slug, clock.now()) is not None


def test_a_notice_whose_time_is_over_cannot_be_published(unit, writer, editor):
    now = clock.now()
    details = NoticeDetails(
        "Lewat",
        "<p>x</p>",
        NoticeKind.APPEAL,
        Urgency.NORMAL,
        now - timedelta(days=2),
        now - timedelta(days=1),
    )
    notice = start_notice(details, unit_id=unit.id, by=writer, now=now)
    submit(notice, by=writer, now=now)
    with pytest.raises(RuleBroken, match="notice_already_over"):
        publish(notice, by=editor, now=now)


@pytest.mark.parametrize("named", [True, False])
def test_the_open_items_of_a_writer_who_leaves_pass_on(app, named):
    unit = make_unit("Polsek Serah")
    leaving, staying = make_person(Role.PENULIS, unit=unit), make_person(Role.PENULIS, unit=unit)
    draft = make_article(unit=unit, by=leaving, status=ItemStatus.DRAFT, published_at=None)
    returned = make_notice(
        unit=unit, by=leaving, status=ItemStatus.RETURNED, published_at=None, submitted_by_id=leaving.id
    )
    published = make_article(unit=unit, by=leaving)
    end_role(
        living_roles(leaving.id)[0],
        by=make_person(),
        now=clock.now(),
        successor_id=staying.id if named else None,
    )
    db.session.expire_all()
    heir = staying.id if named else None
    assert [draft.written_by_id, returned.written_by_id, returned.submitted_by_id] == [heir] * 3
    assert published.written_by_id == leaving.id
    assert returned_items(staying.id, frozenset({unit.id})) == [returned]
