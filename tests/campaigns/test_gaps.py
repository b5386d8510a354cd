"""What a campaign fills in a text: name, days, who joined, for those who read of them; from the list of texts to a draft."""

import pytest
from django.urls import reverse

from campaigns.joinings.models import Joining
from campaigns.launches.papers import draft_launch
from campaigns.models import Campaign
from campaigns.overview.gaps import OF_CAMPAIGN
from documents.models import Document, DocumentType, OfficeText, Phrase
from documents.texts.actions import keep
from documents.texts.rules import begin_from

from .conftest import make_campaign

pytestmark = pytest.mark.django_db
BODY = "Đến nay {số đơn vị} đơn vị, {số người} cá nhân, {số tập thể} tập thể hưởng ứng {phong trào} từ {ngày} đến {đến ngày}."


@pytest.fixture
def text(db):
    letter = DocumentType.objects.get(code="CV")
    return keep(OfficeText(type=letter, name="Đôn đốc", subject="hưởng ứng {phong trào}", to="{đơn vị}", body=BODY))


@pytest.fixture
def joined(campaign, communes, officer):
    for number, unit in enumerate(communes[:2], start=1):
        Joining.objects.create(
            campaign=campaign, unit=unit, people=number * 1000, collectives=3, joined_on="2026-02-01", by=officer
        )


def test_a_campaign_answers_and_a_letter_about_it_begins_whole(campaign, joined, text, officer):
    draft = begin_from(text, by=officer, issuer=officer.unit, kind=OF_CAMPAIGN, row=campaign)
    assert draft.body == (
        "Đến nay 02 đơn vị, 3.000 cá nhân, 06 tập thể hưởng ứng phong trào thi đua “Chung sức xây dựng nông thôn mới” từ ngày "
        "15 tháng 01 năm 2026 đến ngày 15 tháng 12 năm 2026."
    )
    assert (draft.to, draft.subject) == (
        "UBND tỉnh Lạng Sơn",
        "hưởng ứng phong trào thi đua “Chung sức xây dựng nông thôn mới”",
    )


def test_who_reads_only_of_the_own_joining_gets_no_figures_of_all(campaign, joined, text, bason):
    draft = begin_from(text, by=bason, issuer=bason.unit, kind=OF_CAMPAIGN, row=campaign)
    assert draft.body.startswith(
        "Đến nay [số đơn vị] đơn vị, [số người] cá nhân, [số tập thể] tập thể hưởng ứng phong trào"
    )


def test_what_nobody_joined_yet_is_open_and_no_nought(campaign, text, officer):
    draft = begin_from(text, by=officer, issuer=officer.unit, kind=OF_CAMPAIGN, row=campaign)
    assert draft.body.startswith("Đến nay [số đơn vị] đơn vị")


def test_from_the_page_of_a_campaign_to_a_draft_that_knows_it(campaign, joined, text, officer, client_of):
    visitor, listed = client_of(officer), reverse("texts_for", args=["phong-trao", campaign.pk])
    assert listed in visitor.get(campaign.get_absolute_url()).content.decode()
    other = keep(OfficeText(type=text.type, name="A trước B", body="Không có chỗ điền."))
    little = keep(OfficeText(type=text.type, name="Biên bản", body="Từ {ngày}."))
    answer = visitor.get(listed)
    assert list(answer.context["page_obj"]) == [text, little, other]
    page = answer.content.decode()
    address = f"{reverse('new_document')}?mau={text.pk}&co_quan={officer.unit.code}&ho_so=phong-trao%3A{campaign.pk}"
    assert address.replace("&", "&amp;") in page
    answer = visitor.get(address)
    assert answer.context["form"]["to"].value() == "UBND tỉnh Lạng Sơn"
    form = answer.context["form"]
    sent = {name: form[name].value() or "" for name in form.fields if name not in ("addressees", "version")}
    sent |= {"capacity": "GIÁM ĐỐC", "signer_name": "Nông Văn Bịa", "mau-ban": "1"}
    sent |= {f"{name}-{part}": "0" for name in ("phu-luc", "nhiem-vu") for part in ("TOTAL_FORMS", "INITIAL_FORMS")}
    assert visitor.post(address, sent).status_code == 302
    draft = Document.objects.get(state="draft")
    assert (draft.beginning.record_kind, draft.beginning.record_key) == ("phong-trao", campaign.pk)
    # It is no paper that the campaign hears of.
    assert draft.area == ""
    assert campaign.name in visitor.get(draft.get_absolute_url()).content.decode()
    row = keep(Phrase(name="số", body="{số người} người, {phong trào}"))
    put = visitor.post(reverse("put_phrase", args=[row.pk]), {"pk": draft.pk}).json()["source"]
    assert put == "3.000 người, phong trào thi đua “Chung sức xây dựng nông thôn mới”"


def test_the_record_of_somebody_else_is_not_found(communes, bason, congson, text, client_of):
    foreign = make_campaign(communes[0], bason, "Riêng của Ba Sơn", state=Campaign.State.DRAFT)
    visitor = client_of(congson)
    named = f"phong-trao:{foreign.pk}"
    pages = [
        reverse("texts_for", args=["phong-trao", foreign.pk]),
        reverse("texts_for", args=["khong-co", foreign.pk]),
        f"{reverse('new_document')}?mau={text.pk}&co_quan={congson.unit.code}&ho_so={named}",
        f"{reverse('new_document')}?mau={text.pk}&co_quan={congson.unit.code}&ho_so=phong-trao:x",
    ]
    assert [visitor.get(page).status_code for page in pages] == [404] * 4
    tried = visitor.post(reverse("try_gaps"), {"ho_so": named, "body": "{phong trào}"}).json()
    assert "phong trào" not in tried["facts"]


def test_a_phrase_in_the_launch_of_a_campaign_is_filled_from_it(province, officer, client_of):
    campaign = make_campaign(province, officer, state=Campaign.State.DRAFT)
    document = draft_launch(campaign, "KH", by=officer)
    row = keep(Phrase(name="tên", body="{Phong trào}"))
    put = client_of(officer).post(reverse("put_phrase", args=[row.pk]), {"pk": document.pk}).json()["source"]
    assert put == "Phong trào thi đua “Chung sức xây dựng nông thôn mới”"


def test_a_text_is_tried_with_the_newest_record_that_one_sees(campaign, text, officer, client_of):
    page = client_of(officer).get(reverse("text", args=[text.pk]))
    assert (f"phong-trao:{campaign.pk}", "Phong trào", campaign) in page.context["examples"]
    tried = client_of(officer).post(reverse("try_gaps"), {"ho_so": f"phong-trao:{campaign.pk}", **text.words}).json()
    assert ["Kính gửi", "UBND tỉnh Lạng Sơn"] in tried["fields"]
    words = "".join(piece.get("text", "") for piece in tried["document"]["content"][0]["content"])
    assert "phong trào thi đua “Chung sức" in words
