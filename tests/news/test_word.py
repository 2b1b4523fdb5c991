import io
import zipfile

import pytest

from app.core.database import db
from app.core.errors import RuleBroken
from app.core.permissions import Role
from app.media.models import Photo
from app.news.models import Article
from app.news.rules import word
from app.news.rules.word import read_word
from tests.media.factories import picture_bytes
from tests.people.factories import make_person
from tests.regions.factories import make_unit
from tests.support.forms import errors_in, fill

pytestmark = pytest.mark.once

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
DRAWING = (
    '<w:p><w:r><w:drawing xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"><wp:inline>'
    '<wp:docPr id="1" name="x"/>'
    '<a:graphic><a:graphicData><pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:blipFill>'
    '<a:blip r:embed="rId1"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>'
)


def paragraph(text, style=""):
    look = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{look}<w:r><w:t>{text}</w:t></w:r></w:p>"


def docx(*parts, picture=b"", extra=None):
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/></w:style>'
        for key, name in (("Judul", "Title"), ("Judul1", "Heading 1"))
    )
    files = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="jpeg" ContentType="image/jpeg"/></Types>',
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
        'Target="word/document.xml"/></Relationships>',
        "word/document.xml": f"<w:document {W}><w:body>{''.join(parts)}</w:body></w:document>",
        "word/styles.xml": f"<w:styles {W}>{styles}</w:styles>",
        "word/_rels/document.xml.rels": "<Relationships "
        'xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" '
        'Target="media/image1.jpeg"/></Relationships>',
        "word/media/image1.jpeg": picture,
        **(extra or {}),
    }
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return target.getvalue()


def send(client, content):
    return fill(client, "/kelola/berita/dari-word", {"file": (io.BytesIO(content), "rilis.docx")})


def test_a_word_file_becomes_a_draft_with_its_pictures(app, sign_in):
    unit = make_unit("Polsek Redaksi")
    content = docx(
        paragraph("Warga Contoh Gelar Doa Bersama", "Judul"),
        paragraph("Paragraf satu."),
        paragraph("Latar", "Judul1"),
        DRAWING,
        paragraph("Paragraf dua."),
        picture=picture_bytes((900, 600)),
    )
    answer = send(sign_in(make_person(Role.PENULIS, unit=unit)), content)
    assert answer.status_code == 303, errors_in(answer)
    article, photo = db.session.query(Article).one(), db.session.query(Photo).one()
    assert article.title == "Warga Contoh Gelar Doa Bersama"
    assert article.body == (
        f'<p>Paragraf satu.</p><h2>Latar</h2><figure data-photo="{photo.id}"></figure><p>Paragraf dua.</p>'
    )


def test_what_is_no_word_file_is_refused_beside_the_field(app, sign_in):
    client = sign_in(make_person(Role.PENULIS, unit=make_unit("Polsek Redaksi")))
    answer = send(client, b"PK\x03\x04 bukan dokumen")
    assert answer.status_code == 422
    assert any(".docx" in error for error in errors_in(answer))
    assert db.session.query(Article).count() == 0


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (
            docx(paragraph("a"), extra={"word/media/b.bin": b"\x00" * (word.MOST_UNPACKED + 1)}),
            "word_too_large",
        ),
        (docx(paragraph("a"), extra={"word/b.xml": b" " * (word.MOST_TEXT + 1)}), "word_too_large"),
        (
            docx(paragraph("a"), extra={"word/c.xml": '<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'}),
            "word_wrong_type",
        ),
        (docx(), "word_empty"),
        (docx()[:200], "word_wrong_type"),
        (b"", "word_wrong_type"),
    ],
)
def test_bombs_and_broken_files_are_refused_before_they_are_unpacked(content, code):
    with pytest.raises(RuleBroken) as refused:
        read_word(content)
    assert refused.value.code == code
