"""What the papers of one person begin with: set once on a page, or taken over from a paper by choice."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from documents.models import Document, DocumentType, Usual
from documents.papers.actions import save_draft
from documents.papers.rules import begin
from documents.source.bases import bases_on
from units.models import Official, Term

from ..conftest import typed, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def body(so_noi_vu):
    """Sở Nội vụ with a symbol."""
    so_noi_vu.symbol = "SNV"
    so_noi_vu.save()
    return so_noi_vu


def term(unit, name="Triệu Thị Thu", **fields):
    """A deputy who signs for ``unit``."""
    official = Official.objects.create(name=name, invented=True)
    facts = {"post": "Phó Giám đốc", "capacity": "KT.", "on_behalf_of": "Giám đốc"} | fields
    return Term.objects.create(official=official, unit=unit, **facts)


def begun(user, issuer, code="CV", **more):
    """A new paper of the type ``code``."""
    return begin(by=user, type=DocumentType.objects.get(code=code), issuer=issuer, **more)


def test_a_page_sets_once_what_letters_begin_with(officer, body, client_of):
    deputy, head = term(body), term(body, "Hà Văn Vinh", post="Giám đốc", capacity="", on_behalf_of="")
    sent = {"section": " NVY ", "archive": "", "signer": head.pk, "contact": "Số 2, đường Hùng Vương"}
    answer = client_of(officer).post(reverse("usual", args=[body.code]), sent)
    assert answer.url == f"{reverse('choose_type')}?co_quan={body.code}"
    letter = begun(officer, body)
    assert (letter.symbol, letter.archive, letter.signer, letter.contact) == (
        "SNV-NVY", "VT, NVY", head, "Số 2, đường Hùng Vương",
    )  # fmt: skip
    assert letter.capacity == "GIÁM ĐỐC"
    assert begun(officer, body, "KH").symbol == "KH-SNV"
    # A decision is signed by who decides, whoever signs by day.
    Usual.objects.update(signer=deputy)
    assert begun(officer, body, "QĐ").signer == head


def test_what_one_person_set_is_nobody_else_s(officer, leader, body):
    Usual.objects.create(by=officer, issuer=body, section="NVY", archive="VT, NVY (NTB)")
    assert (begun(leader, body).symbol, begun(leader, body).archive) == ("SNV-VP", "VT, VP")
    assert begun(officer, body).archive == "VT, NVY (NTB)"


def test_a_signer_whose_term_is_over_by_then_signs_nothing_new(officer, body):
    gone, now = term(body, until=date(2020, 6, 30)), term(body, "Hà Văn Vinh", since=date(2020, 7, 1))
    Usual.objects.create(by=officer, issuer=body, signer=gone)
    assert begun(officer, body, day=date(2020, 2, 5)).signer == gone
    assert begun(officer, body).signer == now


@pytest.mark.parametrize("section", ["T ĐKT", "TĐKT/1", "(TĐKT)"])
def test_what_no_symbol_has_is_refused_beside_the_field(officer, body, client_of, section):
    sent = {"section": section, "archive": "", "signer": "", "contact": "gõ rồi"}
    answer = client_of(officer).post(reverse("usual", args=[body.code]), sent)
    assert answer.status_code == 422
    assert answer.context["form"].errors["section"][0].startswith("Chỉ ghi chữ viết tắt")
    assert "gõ rồi" in answer.content.decode()
    assert not Usual.objects.exists()


def test_only_for_bodies_that_one_writes_for_and_by_who_writes(unit_officer, store_keeper, province, client_of):
    address = reverse("usual", args=[province.code])
    assert client_of(unit_officer).get(address).status_code == 404
    assert client_of(store_keeper).get(address).status_code == 403


def test_a_signer_of_another_body_is_no_choice(officer, body, province, client_of):
    other = term(province)
    sent = {"section": "", "archive": "", "signer": other.pk, "contact": ""}
    assert "signer" in client_of(officer).post(reverse("usual", args=[body.code]), sent).context["form"].errors


def test_the_last_paper_teaches_it_by_choice(officer, body, client_of):
    deputy = term(body)
    paper = save_draft(Document(**words(issuer_unit=body, symbol="SNV-VP", archive="VT, VP")), by=officer)
    address, client = reverse("document", args=[paper.pk]), client_of(officer)
    sent = {"symbol": "SNV-NVY", "archive": "VT, NVY", "signer": deputy.pk, "contact": "ĐT 0205"}
    client.post(address, typed(paper, **sent))
    assert not Usual.objects.exists()
    client.post(address, typed(paper, **sent, version=2, remember="on"))
    row = Usual.objects.get()
    # The archive follows from the section, so it goes on following it.
    assert (row.by, row.issuer, row.section, row.archive, row.signer, row.contact) == (
        officer, body, "NVY", "", deputy, "ĐT 0205",
    )  # fmt: skip
    assert (begun(officer, body).symbol, begun(officer, body).archive) == ("SNV-NVY", "VT, NVY")


def test_a_decision_teaches_no_signer(officer, body, client_of):
    deputy = term(body)
    Usual.objects.create(by=officer, issuer=body, section="NVY", signer=deputy)
    paper = save_draft(begun(officer, body, "QĐ"), by=officer)
    client_of(officer).post(
        reverse("document", args=[paper.pk]),
        typed(paper, subject="khen thưởng", archive="VT, NVY, KT", signer=deputy.pk, remember="on"),
    )
    row = Usual.objects.get()
    assert (row.section, row.archive, row.signer) == ("NVY", "VT, NVY, KT", deputy)


def test_who_proposes_decisions_is_set_once_or_learnt(officer, body, client_of):
    term(body)
    sent = {"section": "", "archive": "", "signer": "", "proposer": "Trưởng phòng Tổ chức cán bộ", "contact": ""}
    client_of(officer).post(reverse("usual", args=[body.code]), sent)
    paper = save_draft(begun(officer, body, "QĐ"), by=officer)
    assert paper.bases.split("\n")[-1] == "Theo đề nghị của Trưởng phòng Tổ chức cán bộ"
    bases = paper.bases.replace("Trưởng phòng Tổ chức cán bộ", "Chánh Văn phòng")
    address = reverse("document", args=[paper.pk])
    client_of(officer).post(address, typed(paper, subject="khen thưởng", bases=bases, remember="on"))
    assert begun(officer, body, "QĐ").bases == bases
    assert Usual.objects.get().proposer == "Chánh Văn phòng"


# --- What a paper begins with follows its type, its body and its day


def test_types_that_name_receivers_above_begin_with_as_above_and_the_others_with_the_names_chosen(officer, body):
    found = {code: begun(officer, body, code).recipients for code in ("CV", "TTr", "BC", "KH", "TB", "QĐ", "GGT")}
    assert found == {
        "CV": "Như trên", "TTr": "Như trên", "BC": "", "KH": "", "TB": "", "QĐ": "Như Điều 3", "GGT": "Như trên",
    }  # fmt: skip


def test_minutes_begin_with_who_takes_them_as_secretary(officer, body):
    minutes = begun(officer, body, "BB")
    assert (minutes.second_capacity, minutes.second_signer_name) == ("THƯ KÝ", officer.full_name)


def test_a_decision_rests_on_the_laws_of_its_day_and_moves_with_it(officer, body, client_of):
    term(body)
    paper = save_draft(begun(officer, body, "QĐ"), by=officer)
    today, before = timezone.localdate(), date(2023, 5, 20)
    assert paper.bases.split("\n")[:-1] == bases_on(today, body)
    address = reverse("document", args=[paper.pk])
    client_of(officer).post(address, typed(paper, subject="khen thưởng", date="20/05/2023"))
    paper.refresh_from_db()
    assert paper.bases.split("\n")[:-1] == bases_on(before, body) != bases_on(today, body)
    # What somebody wrote stays, whatever the day.
    client_of(officer).post(address, typed(paper, bases="Căn cứ quy chế của cơ quan", version=2))
    client_of(officer).post(address, typed(paper, bases="Căn cứ quy chế của cơ quan", date="20/11/2026", version=3))
    paper.refresh_from_db()
    assert paper.bases == "Căn cứ quy chế của cơ quan"


def test_another_type_brings_what_it_begins_with_but_for_what_was_written(officer, body, client_of):
    head = term(body, "Hà Văn Vinh", post="Giám đốc", capacity="", on_behalf_of="")
    term(body)
    paper = begun(officer, body)
    paper.subject, paper.body, paper.archive = "khen thưởng", "Nội dung.", "VT, riêng"
    paper = save_draft(paper, by=officer)
    decision = DocumentType.objects.get(code="QĐ").pk
    client_of(officer).post(reverse("document", args=[paper.pk]), typed(paper, type=decision))
    paper.refresh_from_db()
    assert (paper.symbol, paper.recipients, paper.archive) == ("QĐ-SNV", "Như Điều 3", "VT, riêng")
    assert (paper.signer, paper.capacity, paper.authority_line) == (head, "GIÁM ĐỐC", "GIÁM ĐỐC SỞ NỘI VỤ")
    assert paper.bases.endswith("Theo đề nghị của bộ phận phụ trách thi đua, khen thưởng")


def test_another_body_brings_its_head_and_its_signer(draft, officer, body, client_of):
    Usual.objects.create(by=officer, issuer=draft.issuer_unit, section="KGVX", archive="VT")
    deputy = term(body)
    client_of(officer).post(reverse("document", args=[draft.pk]), typed(draft, issuer_unit=body.pk))
    draft.refresh_from_db()
    assert (draft.issuer_name, draft.symbol, draft.archive) == ("Sở Nội vụ", "SNV-VP", "VT, VP")
    assert (draft.signer, draft.signer_name) == (deputy, "Triệu Thị Thu")


# --- Whom it goes to


@pytest.mark.parametrize(
    ("code", "place", "before", "after"),
    [
        ("CV", "to", "[Tên các cơ quan, đơn vị nhận]", "Sở Y tế"),
        ("BC", "to", "", "Sở Y tế"),
        ("TTr", "to", "", "Sở Y tế"),
        ("KH", "recipients", "[Nơi nhận]", "Sở Y tế"),
        ("KH", "recipients", "Lãnh đạo Sở", "Lãnh đạo Sở\nSở Y tế"),
    ],
)
def test_a_chosen_unit_is_printed_where_the_type_names_it_and_a_gap_for_it_goes(
    officer, body, other_unit, client_of, code, place, before, after
):
    term(body)
    paper = begun(officer, body, code)
    paper.subject, paper.body = "việc", "Nội dung."
    setattr(paper, place, before)
    paper = save_draft(paper, by=officer)
    client_of(officer).post(reverse("document", args=[paper.pk]), typed(paper, addressees=["don-vi:so-y-te"]))
    paper.refresh_from_db()
    assert getattr(paper, place) == after
    assert paper.recipients == ("Như trên" if place == "to" else after)
