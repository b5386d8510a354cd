"""What a demonstration starts from: accounts, officials, cited papers, the seed letter, a year of drafts that can be set."""

import re
from collections import Counter
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from documents import typesetting
from documents.citations.rules import long_form, resolver
from documents.duties.actions import Standing, matrix
from documents.models import AxisOrgan, AxisPackage, AxisTold, Change, Document, DocumentType
from documents.sample.cited import CITED, DIRECTIONS
from documents.sample.life import ISSUED_MARK
from documents.source.blanks import blanks
from documents.source.paper import all_text
from documents.source.source import check
from tests.waits import waits_for, words_for
from units.models import Official, Term, Unit, User
from units.passwords import DEMO_PASSWORD, DEMO_USERNAMES

SEED_CITES = ["79-CV/TW", "05/CT-TTg", "50/BC-UBND", "1365/PĐ-UBND", "43/PĐ-UBND", "109/TB-UBND", "125/KH-UBND"]
pytestmark = pytest.mark.usefixtures("sample_papers", "db")


def sample():
    return Document.objects.filter(sample=True)


def rows():
    """Everything that the command stores, as plain values."""
    models = (Unit, User, Official, Term, Document, Change)
    return [list(model.objects.order_by("pk").values()) for model in models]


def test_each_account_has_its_role_in_a_unit_of_today_and_opens_with_the_published_password():
    accounts = {user.username: user for user in User.objects.filter(is_active=True).select_related("unit")}
    assert set(accounts) == set(DEMO_USERNAMES)
    assert {name: (user.role, user.unit.code) for name, user in accounts.items()} == {
        "quantri": ("administrator", "so-noi-vu-2025"),
        "chuyenvien": ("officer", "so-noi-vu-2025"),
        "lanhdao": ("leader", "so-noi-vu-2025"),
        "vanthu": ("clerk", "so-noi-vu-2025"),
        "lanhdaotinh": ("body_leader", "ubnd-tinh"),
        "vanthutinh": ("body_clerk", "ubnd-tinh"),
        "thukho": ("store_keeper", "so-noi-vu-2025"),
        "truongcum": ("unit_officer", "so-tu-phap"),
        "phocum": ("unit_officer", "so-giao-duc-va-dao-tao"),
        "donvi": ("unit_officer", "so-y-te"),
        "donvikhac": ("unit_officer", "ubnd-xa-huu-lung-2025"),
        "uyvien": ("council_member", "hoi-dong-tdkt-tinh"),
    }
    assert all(user.unit.is_alive_on(timezone.localdate()) for user in accounts.values())
    assert all(user.invented and user.check_password(DEMO_PASSWORD) for user in accounts.values())


def test_only_the_signer_of_the_seed_letter_is_a_real_person_and_signs_nothing_else():
    assert list(Official.objects.filter(invented=False).values_list("name", flat=True)) == ["Dương Xuân Huyền"]
    signed = Document.objects.filter(signer_name="Dương Xuân Huyền")
    assert {document.symbol for document in signed} == {"UBND-KGVX"}
    assert signed.get(state="issued").note == ISSUED_MARK


def test_whoever_read_the_sample_letter_is_invented_and_cannot_log_in():
    readers = User.objects.filter(username__startswith="minhhoa.")
    assert readers.count() > 30
    assert not any(user.is_active or user.has_usable_password() or not user.invented for user in readers)


def test_every_capacity_has_an_official():
    assert set(Term.objects.values_list("capacity", flat=True)) == {"", "TM.", "KT.", "TL.", "TUQ.", "Q."}


def test_the_papers_that_the_seed_letter_cites_are_in_the_register():
    cited = Document.objects.filter(origin="cited", reference__in=SEED_CITES).order_by("-pk")
    assert {(row.reference, row.type.code, row.date_text) for row in cited} == {
        ("79-CV/TW", "CV", "29/01/2020"),
        ("05/CT-TTg", "CT", "28/01/2020"),
        ("50/BC-UBND", "BC", "17/02/2020"),
        ("1365/PĐ-UBND", "PĐ", "25/12/2019"),
        ("43/PĐ-UBND", "PĐ", "16/01/2020"),
        ("109/TB-UBND", "TB", "25/02/2020"),
        ("125/KH-UBND", "KH", "17/07/2019"),
    }


def test_the_seed_letter_is_a_draft_with_blank_number_and_day():
    seed = Document.objects.get(symbol="UBND-KGVX", state="draft")
    assert (seed.origin, seed.unit.code, seed.issuer_unit.code) == ("ours", "so-noi-vu", "ubnd-tinh")
    assert (seed.number, seed.date_text, str(seed.signer.official)) == (None, "02/2020", "Dương Xuân Huyền")
    assert seed.to == "Các đơn vị trong cụm thi đua của tỉnh"


def test_the_year_has_papers_of_many_types_and_of_every_unit_that_has_an_account():
    types = Counter(sample().values_list("type__code", flat=True))
    units = Counter(sample().values_list("unit__code", flat=True))
    assert sum(types.values()) == 46
    assert set(types) == {"BB", "BC", "CTr", "CV", "GGT", "GM", "GƯTĐ", "HD", "KH", "PĐ", "QĐ", "TB", "TTr"}
    assert units == {
        "so-noi-vu": 29,
        "so-noi-vu-2025": 5,
        "so-tu-phap": 3,
        "so-giao-duc-va-dao-tao": 3,
        "so-y-te": 3,
        "ubnd-xa-huu-lung-2025": 3,
    }


def test_no_two_papers_have_the_same_words_and_no_hole_is_left_in_them():
    bodies = list(sample().exclude(symbol="UBND-KGVX", state="issued").values_list("body", flat=True))
    assert len(set(bodies)) == len(bodies)
    assert [body for body in bodies if "$" in body or re.search(r"\{(?!\{cite:)", body.replace("{{cite:", ""))] == []


def test_every_paper_can_be_set_and_says_that_it_is_a_sample():
    types, cite = DocumentType.objects.catalogue(), resolver(User.objects.get(username="quantri"))
    for document in sample():
        paper = document.as_paper()
        assert [*check(paper, types), *blanks(paper)] == []
        assert typesetting.typeset(paper, types, cite=cite, today=timezone.localdate())
        # What is invented is told beside the paper, never in it.
        assert "minh họa" not in all_text(paper)
        assert "minh họa" in document.note


def test_the_issued_seed_letter_gives_ten_duties_to_the_units_of_2020_and_every_state_occurs():
    letter = Document.objects.get(symbol="UBND-KGVX", state="issued")
    assert (letter.reference, letter.date_text, letter.duties.count()) == ("213/UBND-KGVX", "28/02/2020", 10)
    units = [row.unit for row in letter.deliveries.select_related("unit")]
    assert all(unit.is_alive_on(date(2020, 2, 28)) for unit in units)
    assert {unit.kind for unit in units} == {"department", "front", "district"}
    _, rows = matrix(letter, date(2020, 7, 31))
    found = {cell.standing for row in rows for cell in row.cells}
    assert found == set(Standing)


def test_those_who_log_in_find_a_step_to_take():
    states = {}
    for name in ("lanhdao", "vanthu", "lanhdaotinh"):
        papers = waits_for(User.objects.get(username=name))["Chờ duyệt, chờ số"]
        states[name] = {row.verb for row in papers.rows}
    assert states == {"lanhdao": {"Duyệt"}, "vanthu": {"Cấp số"}, "lanhdaotinh": {"Duyệt"}}


def test_loading_again_changes_nothing_and_keeps_what_people_changed():
    Document.objects.filter(symbol="TB-SNV").first().appendices.all().delete()
    User.objects.filter(username="donvi").update(full_name="Đặng Thị Lan Anh", password="!")
    Official.objects.filter(name="Lê Văn Tâm").update(invented=False)
    Term.objects.filter(official__name="Mã Văn Yên").update(post="Giám đốc Sở")
    before = rows()
    call_command("load_sample_data", verbosity=0)
    assert rows() == before


def test_real_use_refuses_sample_data_and_stores_nothing(settings):
    settings.REAL_USE = True
    User.objects.get(username="uyvien").delete()
    with pytest.raises(CommandError, match="tài khoản minh họa có mật khẩu đã công bố"):
        call_command("load_sample_data")
    assert not User.objects.filter(username="uyvien").exists()


def test_the_seed_letter_rests_on_eight_papers_of_the_register():
    assert [row[1] for row in CITED[:7]] + [row[0] for row in DIRECTIONS] == [
        "79-CV/TW",
        "05/CT-TTg",
        "50/BC-UBND",
        "1365/PĐ-UBND",
        "43/PĐ-UBND",
        "109/TB-UBND",
        "125/KH-UBND",
        "YK 14/02/2020",
    ]
    spoken = Document.objects.get(reference="YK 14/02/2020")
    assert long_form(spoken) == (
        "ý kiến chỉ đạo của Phó Thủ tướng Vũ Đức Đam tại cuộc họp trực tuyến ngày 14 tháng 02 năm 2020 về phòng, chống dịch "
        "Covid-19"
    )
    assert spoken.dated <= timezone.localdate()


def test_the_axis_shows_a_package_with_its_states_and_one_that_waits():
    sent, came = AxisPackage.objects.order_by("pk")
    assert (sent.document.issuer_unit.code, sent.receivers.count(), came.outcome) == ("so-noi-vu-2025", 3, "waiting")
    assert [*AxisTold.objects.order_by("pk").values_list("state", flat=True)] == ["01", "03", "02"]
    assert [one.get("fault") for one in came.files] == [None]
    # No code is one that a body has.
    assert all(".MH." in code for code in AxisOrgan.objects.values_list("code", flat=True))
    assert words_for(User.objects.get(username="vanthu"))["Gói liên thông chờ xử lý"] == [came.subject]
