"""Whatever is typed or asked, the answer is a page, never a breakdown."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.core.permissions import Role
from tests.people.factories import make_person
from tests.regions.factories import make_unit
from tests.support.forms import find_form, values_of

FIELDS = [
    "title",
    "kinds",
    "starts_at",
    "ends_at",
    "venue_name",
    "venue_kind",
    "district_code",
    "faiths",
    "audience",
    "capacity",
    "expected_crowd",
    "contact_phone",
    "unit_id",
    "version",
    "slot",
    "tambah",
    "hapus",
    "naik",
    "periksa",
    "programme-0-minutes",
    "programme-0-kind",
    "programme-0-session",
    "programme-99999999999-title",
    "sessions-0-kind",
]
# A NUL is refused at the door for every page; what is left reaches the form.
TEXTS = st.one_of(
    st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=60),
    st.sampled_from(
        [
            "-1",
            "1e9",
            "9" * 40,
            "0001-01-01T00:00",
            "9999-12-31T23:59",
            "2027-02-30T10:00",
            "programme-7",
            "x" * 9000,
        ]
    ),
)
QUIETLY = settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@QUIETLY
@given(
    query=st.dictionaries(
        st.sampled_from(["kecamatan", "jenis", "bulan", "cari", "halaman", "tampilan"]), TEXTS
    )
)
def test_the_list_answers_any_question(client, query):
    assert client.get("/acara/", query_string=query).status_code == 200


def test_the_form_answers_any_typing(sign_in):
    client = sign_in(make_person(Role.TOKOH, unit=make_unit("Polsek Acak")))
    page = client.get("/kelola/acara/baru").get_data(as_text=True)
    values = values_of(find_form(page, names=FIELDS))

    @QUIETLY
    @given(typed=st.dictionaries(st.sampled_from(FIELDS), TEXTS))
    def fuzz(typed):
        data = {**values, **typed}
        for path in ("/kelola/acara/baru", "/kelola/acara/periksa"):
            assert client.post(path, data=data).status_code in {200, 303, 422}

    fuzz()
