"""Good examples: written, agreed to, published, taken off; nothing of a person without consent; who may do what."""

import io
import re
from datetime import date

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from campaigns.examples import actions as examples
from campaigns.examples import erasing
from campaigns.examples.forms import ExampleForm, Ground
from campaigns.examples.rules import WORDS, fault_of_words, law_of_today
from campaigns.models import About, Campaign, Example
from documents.models import Change, Upload
from documents.steps.log import record
from documents.steps.refusing import Refused, Stale
from documents.uploads import UploadRefused
from units.models import Role, Succession, Unit, UnitChange

from ...conftest import make_unit, make_user
from ...exported import table_of
from ..conftest import PEOPLE, make_campaign

Kind = Example.Kind
KEEPERS = {"officer", "leader", "administrator", "bason"}
PUBLISHERS = KEEPERS - {"bason"}


def written(unit, by, **facts):
    """An example of a person, stored by its action."""
    facts = {
        "kind": Kind.PERSON,
        "name": "Hoàng Văn Bình",
        "post": "Trưởng thôn",
        "title": "Hiến đất làm đường",
        "deed": "Vận động 12 hộ hiến 2.000 m² đất",
        "met_on": date(2026, 6, 1),
        "sources": "Báo cáo của thôn",
    } | facts
    return examples.save(Example(unit=unit, **facts), by=by)


@pytest.fixture
def example(communes, bason, campaign):
    return written(communes[0], bason, campaign=campaign)


@pytest.fixture
def agreed(example, bason):
    return examples.give_consent(example, by=bason, on=date(2026, 6, 2), words="Bản đồng ý có chữ ký")


@pytest.fixture
def published(agreed, officer):
    return examples.publish(agreed, by=officer)


def fresh(example):
    return Example.objects.get(pk=example.pk)


def picture(name="anh.jpg", exif=None, size=(60, 40)):
    content = io.BytesIO()
    Image.new("RGB", size, "#336699").save(content, "JPEG", **({"exif": exif} if exif else {}))
    return SimpleUploadedFile(name, content.getvalue(), "image/jpeg")


def other_picture():
    return picture("khac.jpg", size=(80, 40))


def typed(example=None, **changes):
    """What a complete form posts."""
    facts = {
        "kind": "person", "name": "Hoàng Văn Bình", "post": "Trưởng thôn", "title": "Hiến đất làm đường",
        "deed": "Vận động 12 hộ hiến đất", "met_on": "01/06/2026", "sources": "Báo cáo của thôn", "campaign": "",
    }  # fmt: skip
    if example:
        facts |= {"unit": example.unit_id, "version": example.version}
    return facts | changes


# --- Writing


def test_what_is_written_is_stored_and_told(client_of, bason, campaign):
    answer = client_of(bason).post(reverse("new_example"), typed(unit=bason.unit_id, campaign=campaign.pk))
    found = Example.objects.get()
    assert answer.url == reverse("example", args=[found.pk])
    assert (found.unit, found.campaign, found.by, found.version) == (bason.unit, campaign, bason, 1)
    assert (found.published_on, found.consented_on) == (None, None)
    row = Change.objects.get(about=About.EXAMPLE, key=found.pk)
    assert (row.act, row.by, row.changes["Tóm tắt việc làm"]) == ("Ghi gương", bason, ["", "Hiến đất làm đường"])


def test_the_form_begins_with_the_campaign_that_the_address_names(client_of, bason, campaign):
    client = client_of(bason)
    for text, expected in [(campaign.pk, campaign.pk), ("", None), ("x", None), ("9" * 30, None), (99999, None)]:
        form = client.get(reverse("new_example"), {"phong-trao": text}).context["form"]
        assert form.initial["campaign"] == expected
    assert form.initial["unit"] == bason.unit_id
    Campaign.objects.update(state=Campaign.State.STOPPED)
    assert client.get(reverse("new_example"), {"phong-trao": campaign.pk}).context["form"].initial["campaign"] is None


def test_a_change_is_stored_with_what_it_was(example, bason, client_of):
    answer = client_of(bason).post(
        reverse("edit_example", args=[example.pk]), typed(example, title="Làm đường", campaign=example.campaign_id)
    )
    assert answer.status_code == 302
    assert (fresh(example).title, fresh(example).version) == ("Làm đường", 2)
    row = Change.objects.filter(about=About.EXAMPLE, key=example.pk).first()
    assert row.act == "Sửa"
    assert row.changes["Tóm tắt việc làm"] == ["Hiến đất làm đường", "Làm đường"]
    assert "Họ tên hoặc tên tập thể" not in row.changes


def test_what_is_not_changed_is_no_new_version(published, bason):
    row = examples.save(fresh(published), by=bason)
    assert row.version == published.version
    assert fresh(published).published_on
    assert Change.objects.filter(about=About.EXAMPLE, act="Sửa").count() == 0


def test_a_stale_form_comes_back_with_what_was_typed(example, bason, officer, client_of):
    fresh_one = fresh(example)
    fresh_one.title = "Của Sở"
    examples.save(fresh_one, by=officer)
    url = reverse("edit_example", args=[example.pk])
    answer = client_of(bason).post(url, typed(example, title="Của xã"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Nguyễn Thị Hòa đã lưu một bản mới hơn" in page
    assert "Của xã" in page
    assert fresh(example).title == "Của Sở"
    again = re.search(r'name="version" value="(\d+)"', page)[1]
    client_of(bason).post(url, typed(example, title="Của xã", version=again))
    assert fresh(example).title == "Của xã"


def test_a_form_without_a_version_is_stale(example, bason, client_of):
    data = typed(example) | {"version": ""}
    assert client_of(bason).post(reverse("edit_example", args=[example.pk]), data).status_code == 422
    assert fresh(example).version == 1


@pytest.mark.parametrize(
    "words",
    [
        "CCCD 020080001234",
        "số 081234567",
        "Điện thoại 0912345678.",
        "0912 345 678",
        "0912.345.678",
        "024-3825-1234",
        "+84 912 345 678",
        "tài khoản 10203040506070",
        "mã 020 080 001 234",
        "(0205)0912345678",
    ],
)
def test_numbers_of_a_person_are_refused(words):
    assert "91/2025/QH15" in fault_of_words(words)


@pytest.mark.parametrize(
    ("day", "law"),
    [(date(2025, 12, 31), "13/2023/NĐ-CP"), (date(2026, 1, 1), "91/2025/QH15"), (date(2020, 1, 1), "13/2023/NĐ-CP")],
)
def test_the_law_of_the_day_is_named(monkeypatch, day, law):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: day)
    assert law in fault_of_words("sinh ngày 01/02/1990")


@pytest.mark.parametrize(
    "words",
    [
        "",
        "Ủng hộ 1.250.000.000 đồng",
        "Ủng hộ 12.500.000 đồng và 1.200 ngày công",
        "các năm 2023 2024 2025 2026",
        "Quyết định 12345678/QĐ",
        "từ 01.01.2026 đến 15/06/2026, 12 hộ",
        "https://dantri.com.vn/xa-hoi/hien-dat-20260115123456789.htm",
        "diện tích 12345,678 m2",
        "sinh viên 12 trường, sinh năm 1980",
        "0,125 ha; 0.5 km",
    ],
)
def test_other_figures_are_taken(words):
    assert fault_of_words(words) == ""


@pytest.mark.parametrize("words", ["sinh ngày 12/3/1980", "Sinh 01-02-1990", "SINH NGÀY: 5.6.1975"])
def test_a_day_of_birth_is_refused(words):
    assert "không cần ngày sinh" in fault_of_words(words)


@pytest.mark.parametrize("name", WORDS)
def test_every_field_of_words_is_looked_into(example, bason, client_of, name):
    changed = fresh(example)
    setattr(changed, name, "Gọi 0912345678")
    with pytest.raises(Refused, match="0912345678") as refusal:
        examples.save(changed, by=bason)
    assert refusal.value.field == name
    answer = client_of(bason).post(
        reverse("edit_example", args=[example.pk]), typed(example, **{name: "Gọi 0912345678"})
    )
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [name]


def test_a_day_that_has_not_come_is_refused(communes, bason):
    written(communes[0], bason, met_on=date(2026, 6, 15))
    with pytest.raises(Refused, match="16/06/2026 chưa đến"):
        written(communes[0], bason, met_on=date(2026, 6, 16))


@pytest.mark.parametrize(("day", "told"), [(date(1999, 12, 31), True), (date(2000, 1, 1), False)])
def test_a_year_that_cannot_be_meant_is_refused(example, bason, client_of, day, told):
    words = "Hãy ghi ngày trong khoảng từ năm 2000 đến năm 2100."
    url = reverse("edit_example", args=[example.pk])
    answer = client_of(bason).post(url, typed(example, met_on=f"{day:%d/%m/%Y}", campaign=example.campaign_id))
    assert (answer.status_code == 422) == told
    assert (words in str(answer.context["form"].errors["met_on"])) if told else fresh(example).met_on == day
    data = {"act": "give_consent", "version": fresh(example).version, "on": f"{day:%d/%m/%Y}", "words": "Bản ký tay"}
    answer = client_of(bason).post(reverse("example_step", args=[example.pk]), data)
    assert (answer.status_code == 422) == told
    assert (words in str(answer.context["steps"]["give_consent"].errors["on"])) if told else fresh(example).has_consent


@pytest.mark.parametrize("state", ["example", "agreed", "published"])
def test_a_person_never_becomes_a_collective(request, state, bason, officer, client_of):
    found = request.getfixturevalue(state)
    for by in (bason, officer):
        answer = client_of(by).post(reverse("edit_example", args=[found.pk]), typed(found, kind="collective"))
        assert answer.status_code == 422
        assert "Hãy ghi gương mới cho tập thể" in str(answer.context["form"].errors["kind"])
    assert fresh(found).kind == Kind.PERSON


def test_a_collective_that_is_a_person_after_all_needs_its_consent(communes, bason, officer):
    found = examples.publish(written(communes[0], bason, kind=Kind.COLLECTIVE), by=officer)
    found.kind = Kind.PERSON
    assert not examples.save(found, by=officer).is_published
    with pytest.raises(Refused, match="Chưa có sự đồng ý"):
        examples.publish(found, by=officer)


def test_what_came_without_a_log_waits_as_well(communes, bason):
    facts = {"title": "Làm đường", "deed": "Hiến đất", "met_on": date(2026, 6, 1), "sources": "Báo cáo", "by": bason}
    found = Example.objects.create(kind=Kind.COLLECTIVE, name="Tổ tự quản", unit=communes[0], **facts)
    assert list(examples.waiting()) == [found]


@pytest.fixture
def ended(communes):
    """A commune that went into Ba Sơn on 1 June 2026."""
    old = make_unit("xa-cu", "UBND xã Cũ", kind=Unit.Kind.COMMUNE, ended=date(2026, 5, 31))
    change = UnitChange.objects.create(kind="merge", date=date(2026, 6, 1), citation="NQ 1")
    Succession.objects.create(change=change, predecessor=old, successor=communes[0])
    return old


def test_a_unit_that_ended_has_no_example_of_today(ended, bason, officer, client_of):
    for by in (bason, officer):
        with pytest.raises(Refused, match="không hoạt động vào ngày 01/06/2026"):
            written(ended, by)
    found = written(ended, bason, met_on=date(2026, 5, 31))
    assert found.unit == ended
    answer = client_of(bason).post(reverse("edit_example", args=[found.pk]), typed(found))
    assert answer.status_code == 422
    assert "không hoạt động" in answer.content.decode()


def test_one_of_a_unit_that_ended_later_may_still_be_mended(example, communes, bason):
    Unit.objects.filter(pk=communes[0].pk).update(ended=date(2026, 5, 1))
    changed = fresh(example)
    changed.title = "Làm đường"
    assert examples.save(changed, by=bason).version == 2


def test_a_unit_that_was_not_founded_yet_is_refused(communes, bason):
    Unit.objects.filter(pk=communes[0].pk).update(founded=date(2026, 6, 2))
    with pytest.raises(Refused, match="không hoạt động"):
        written(Unit.objects.get(pk=communes[0].pk), bason)


def test_a_campaign_that_one_does_not_see_is_refused(communes, officer, bason, congson, child):
    assert written(communes[0], bason, campaign=child).campaign == child
    with pytest.raises(Refused, match="Không có phong trào này") as refusal:
        written(communes[1], congson, campaign=child)
    assert refusal.value.field == "campaign"
    assert written(communes[1], officer, campaign=child).campaign == child
    form = ExampleForm(instance=Example(), user=congson)
    assert list(form.fields["campaign"].queryset) == list(child.parents.all())


def test_a_campaign_that_others_set_may_stay(communes, officer, congson, child):
    found = written(communes[1], officer, campaign=child)
    form = ExampleForm(typed(found, title="Khác", campaign=child.pk), instance=fresh(found), user=congson)
    assert form.is_valid(), form.errors
    assert examples.save(form.instance, by=congson).campaign == child


def test_a_draft_has_no_examples(communes, bason):
    draft = make_campaign(communes[0], bason, state=Campaign.State.DRAFT)
    with pytest.raises(Refused, match="chưa phát động"):
        written(communes[0], bason, campaign=draft)
    assert draft not in ExampleForm(instance=Example(), user=bason).fields["campaign"].queryset


# --- Pictures


def test_a_picture_is_kept_without_where_it_was_taken(communes, bason, client_of):
    exif = Image.Exif()
    exif.get_ifd(0x8825)[1] = "N"
    exif[0x010F] = "Nokia"
    found = written(communes[0], bason)
    data = typed(found) | {"files": picture(exif=exif)}
    assert client_of(bason).post(reverse("edit_example", args=[found.pk]), data).status_code == 302
    kept = fresh(found).picture
    with Image.open(kept.file) as image:
        assert dict(image.getexif()) == {}
        assert image.size == (60, 40)
    assert kept.name == "anh.jpg"
    row = Change.objects.filter(about=About.EXAMPLE, key=found.pk).first()
    assert row.changes["Ảnh"] == ["", "anh.jpg"]


def test_a_telephone_s_picture_stands_upright_and_is_not_larger_than_needed(communes, bason):
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    found = written(communes[0], bason)
    found = examples.save(found, by=bason, picture=picture(exif=exif, size=(3000, 1500)))
    with Image.open(found.picture.file) as image:
        assert image.size == (1200, 2400)


def test_another_picture_takes_the_place_of_the_first_and_may_go(communes, bason):
    found = examples.save(written(communes[0], bason), by=bason, picture=picture())
    first = found.picture
    found = examples.save(fresh(found), by=bason, picture=other_picture())
    assert found.picture.name == "khac.jpg"
    assert not Upload.objects.filter(pk=first.pk).exists()
    assert not first.file.storage.exists(first.file.name)
    found = examples.save(fresh(found), by=bason, drop_picture=True)
    assert found.picture is None
    assert Upload.objects.count() == 0


def test_a_file_that_is_no_picture_is_refused(communes, bason, client_of):
    found = written(communes[0], bason)
    workbook = io.BytesIO()
    openpyxl.Workbook().save(workbook)
    file = SimpleUploadedFile("bang.xlsx", workbook.getvalue())
    with pytest.raises(UploadRefused, match="không phải ảnh"):
        examples.save(found, by=bason, picture=file)
    file.seek(0)
    answer = client_of(bason).post(reverse("edit_example", args=[found.pk]), typed(found) | {"files": file})
    assert answer.status_code == 422
    assert "không phải ảnh" in str(answer.context["form"].errors["files"])
    broken = SimpleUploadedFile("anh.jpg", b"khong phai anh")
    answer = client_of(bason).post(reverse("new_example"), typed(unit=bason.unit_id) | {"files": broken})
    assert answer.status_code == 422
    assert Example.objects.count() == 1
    assert Upload.objects.count() == 0


# --- Consent


def test_consent_is_recorded_with_its_paper(example, bason, client_of):
    data = {
        "act": "give_consent", "version": 1, "on": "02/06/2026", "words": "Bản ký tay",
        "files": picture("dong-y.jpg"),
    }  # fmt: skip
    assert client_of(bason).post(reverse("example_step", args=[example.pk]), data).status_code == 302
    found = fresh(example)
    assert (found.consented_on, found.consent_words, found.version) == (date(2026, 6, 2), "Bản ký tay", 2)
    assert found.consent_file.name == "dong-y.jpg"
    assert (found.has_consent, found.is_published) == (True, False)
    row = Change.objects.filter(about=About.EXAMPLE, key=example.pk).first()
    assert (row.act, row.changes["Ngày đồng ý công bố"]) == ("Ghi sự đồng ý", ["", "02/06/2026"])


@pytest.mark.parametrize(
    ("facts", "field", "words"),
    [
        ({"on": date(2026, 6, 16)}, "on", "chưa đến"),
        ({"words": "  "}, "words", "hình thức đồng ý"),
        ({"words": "gọi 0912345678"}, "words", "0912345678"),
    ],
)
def test_a_consent_that_is_none_is_refused(example, bason, facts, field, words):
    with pytest.raises(Refused, match=words) as refusal:
        examples.give_consent(example, by=bason, **({"on": date(2026, 6, 2), "words": "bản ký"} | facts))
    assert refusal.value.field == field
    assert fresh(example).consented_on is None


def test_a_refused_consent_comes_back_as_typed(example, bason, client_of):
    data = {"act": "give_consent", "version": 1, "on": "16/06/2026", "words": "Bản ký tay"}
    answer = client_of(bason).post(reverse("example_step", args=[example.pk]), data)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Bản ký tay" in page
    assert "chưa đến" in page
    answer = client_of(bason).post(reverse("example_step", args=[example.pk]), {"act": "give_consent", "version": 1})
    assert answer.status_code == 422
    assert set(answer.context["steps"]["give_consent"].errors) == {"on", "words"}


def test_a_consent_is_not_recorded_twice_and_not_of_a_collective(agreed, communes, bason):
    with pytest.raises(Refused, match="đã được ghi"):
        examples.give_consent(agreed, by=bason, on=date(2026, 6, 3), words="bản ký")
    group = written(communes[0], bason, kind=Kind.COLLECTIVE, name="Tổ tự quản")
    with pytest.raises(Refused, match="tập thể không cần"):
        examples.give_consent(group, by=bason, on=date(2026, 6, 3), words="bản ký")
    with pytest.raises(Refused, match="tập thể không cần"):
        examples.withdraw_consent(group, by=bason)


def test_withdrawing_the_consent_ends_the_publication_at_once(published, bason, stranger, client_of):
    assert client_of(stranger).get(published.get_absolute_url()).status_code == 200
    data = {"act": "withdraw_consent", "version": published.version, "reason": ""}
    assert client_of(bason).post(reverse("example_step", args=[published.pk]), data).status_code == 302
    found = fresh(published)
    assert (found.consent_ended_on, found.published_on) == (date(2026, 6, 15), None)
    assert not found.has_consent
    row = Change.objects.filter(about=About.EXAMPLE, key=found.pk).first()
    assert row.act == "Rút lại đồng ý"
    assert row.changes["Ngày công bố"] == ["15/06/2026", ""]
    assert client_of(stranger).get(published.get_absolute_url()).status_code == 404


def test_a_consent_that_is_no_more_is_not_withdrawn_again(published, example, bason):
    examples.withdraw_consent(published, by=bason)
    with pytest.raises(Refused, match="đã rút lại đồng ý ngày 15/06/2026"):
        examples.withdraw_consent(published, by=bason)


def test_a_new_consent_takes_the_place_of_one_that_ended(example, bason, officer):
    found = examples.give_consent(example, by=bason, on=date(2026, 6, 2), words="bản ký", files=picture("cu.jpg"))
    old = found.consent_file
    found = examples.withdraw_consent(found, by=bason)
    with pytest.raises(Refused, match="đã rút lại đồng ý ngày 15/06/2026 nên"):
        examples.publish(found, by=officer)
    with pytest.raises(Refused, match="từ ngày đó trở đi"):
        examples.give_consent(found, by=bason, on=date(2026, 6, 14), words="bản mới")
    assert Upload.objects.filter(pk=old.pk).exists()
    found = examples.give_consent(found, by=bason, on=date(2026, 6, 15), words="bản mới")
    assert (found.has_consent, found.consent_words, found.consent_file) == (True, "bản mới", None)
    assert not Upload.objects.filter(pk=old.pk).exists()
    assert examples.publish(found, by=officer).is_published


def test_a_consent_is_one_person_s(agreed, bason):
    changed = fresh(agreed)
    changed.name = "HOÀNG VĂN BINH"
    assert examples.save(changed, by=bason).has_consent  # the same letters without accents: a mended one
    changed = fresh(agreed)
    changed.name = "Nông Thị Lan"
    with pytest.raises(Refused, match="là của «HOÀNG VĂN BINH»") as refusal:
        examples.save(changed, by=bason)
    assert refusal.value.field == "name"
    examples.withdraw_consent(agreed, by=bason)
    changed = fresh(agreed)
    changed.name = "Nông Thị Lan"
    assert examples.save(changed, by=bason).name == "Nông Thị Lan"


def test_a_person_who_once_agreed_does_not_become_a_collective(agreed, example, bason):
    for withdraw in (False, True):
        if withdraw:
            examples.withdraw_consent(agreed, by=bason)
        changed = fresh(agreed)
        changed.kind = Kind.COLLECTIVE
        with pytest.raises(Refused, match="không đổi thành tập thể"):
            examples.save(changed, by=bason)


def test_a_published_collective_that_is_a_person_after_all_is_published_no_more(communes, bason, officer):
    found = written(communes[0], bason, kind=Kind.COLLECTIVE)
    examples.publish(found, by=officer)
    changed = fresh(found)
    changed.kind = Kind.PERSON
    examples.save(changed, by=officer)
    assert (fresh(found).published_on, fresh(found).has_consent) == (None, False)


# --- Publishing


def test_a_person_without_consent_is_not_published(example, officer):
    with pytest.raises(Refused, match="Chưa có sự đồng ý của Hoàng Văn Bình"):
        examples.publish(example, by=officer)
    with pytest.raises(IntegrityError), transaction.atomic():
        Example.objects.filter(pk=example.pk).update(published_on=date(2026, 6, 15))


def test_a_collective_is_published_without(communes, bason, officer, stranger, client_of):
    found = examples.publish(written(communes[0], bason, kind=Kind.COLLECTIVE, name="Tổ tự quản"), by=officer)
    assert found.is_published
    assert client_of(stranger).get(found.get_absolute_url()).status_code == 200


def test_publishing_is_told_and_not_done_twice(agreed, officer, client_of):
    url = reverse("example_step", args=[agreed.pk])
    client_of(officer).post(url, {"act": "publish", "version": agreed.version})
    assert fresh(agreed).published_on == date(2026, 6, 15)
    row = Change.objects.filter(about=About.EXAMPLE, key=agreed.pk).first()
    assert (row.act, row.changes) == ("Công bố", {"Ngày công bố": ["", "15/06/2026"]})
    with pytest.raises(Refused, match="đã công bố ngày 15/06/2026"):
        examples.publish(agreed, by=officer)


def test_taking_off_asks_why_and_whoever_keeps_it_may(published, bason, client_of, stranger):
    url = reverse("example_step", args=[published.pk])
    answer = client_of(bason).post(url, {"act": "take_off", "version": published.version, "reason": " "})
    assert answer.status_code == 422
    assert list(answer.context["steps"]["take_off"].errors) == ["reason"]
    assert fresh(published).published_on
    data = {"act": "take_off", "version": published.version, "reason": "Đang xác minh"}
    assert client_of(bason).post(url, data).status_code == 302
    assert fresh(published).published_on is None
    assert fresh(published).has_consent
    row = Change.objects.filter(about=About.EXAMPLE, key=published.pk).first()
    assert (row.act, row.reason) == ("Thôi công bố", "Đang xác minh")
    assert client_of(stranger).get(published.get_absolute_url()).status_code == 404
    with pytest.raises(Refused, match="chưa công bố"):
        examples.take_off(published, by=bason, reason="x")


def test_what_its_unit_changes_is_published_again_by_the_department_only(published, bason, officer, client_of):
    url = reverse("edit_example", args=[published.pk])
    assert "Nếu sửa, gương được gỡ xuống" in client_of(bason).get(url).content.decode()
    assert "Nếu sửa, gương được gỡ xuống" not in client_of(officer).get(url).content.decode()
    data = typed(published, title="Làm cầu", campaign=published.campaign_id)
    answer = client_of(bason).post(url, data, follow=True)
    assert "chờ Sở Nội vụ công bố lại" in answer.content.decode()
    found = fresh(published)
    assert (found.published_on, found.has_consent) == (None, True)
    row = Change.objects.filter(about=About.EXAMPLE, key=found.pk).first()
    assert row.changes["Công bố"][0] == "Đã công bố"
    found = examples.publish(found, by=officer)
    found.title = "Làm đường"
    assert examples.save(found, by=officer).published_on


def test_every_step_refuses_a_stale_version(published, officer):
    seen = published.version - 1
    for act in (examples.take_off, examples.withdraw_consent, erasing.erase):
        with pytest.raises(Stale):
            act(published, by=officer, seen_version=seen, reason="x")
    assert fresh(published).version == published.version


@pytest.mark.parametrize("name", ["withdraw_consent", "take_off"])
def test_a_step_from_a_stale_page_changes_nothing(published, officer, client_of, name):
    url = reverse("example_step", args=[published.pk])
    data = {"act": name, "version": 1, "reason": "x"}
    answer = client_of(officer).post(url, data, follow=True)
    assert "đã lưu một bản mới hơn" in answer.content.decode()
    assert fresh(published).version == published.version


def test_a_step_that_is_none_is_not_found(example, officer, client_of):
    url = reverse("example_step", args=[example.pk])
    assert client_of(officer).post(url, {}).status_code == 404
    assert client_of(officer).get(url).status_code == 405


# --- Who may


def attempt(act, *args, **facts):
    """Whether ``act`` was not refused."""
    try:
        act(*args, **facts)
    except Refused:
        return False
    return True


def test_who_may_write_for_a_unit(communes, turn_of):
    for who in PEOPLE:
        with turn_of(who) as user:
            assert attempt(written, communes[0], user) == (who in KEEPERS), who


def test_who_may_change(example, turn_of):
    for who in PEOPLE:
        with turn_of(who) as user:
            changed = fresh(example)
            changed.title = "Khác"
            assert attempt(examples.save, changed, by=user) == (who in KEEPERS), who


def test_who_may_record_and_withdraw_the_consent(example, turn_of):
    for who in PEOPLE:
        with turn_of(who) as user:
            facts = {"by": user, "on": date(2026, 6, 2), "words": "bản ký"}
            assert attempt(examples.give_consent, example, **facts) == (who in KEEPERS), who
    for who in PEOPLE:
        with turn_of(who) as user:
            Example.objects.update(consented_on=date(2026, 6, 2))
            assert attempt(examples.withdraw_consent, example, by=user) == (who in KEEPERS), who


def test_who_may_publish(agreed, turn_of):
    for who in PEOPLE:
        with turn_of(who) as user:
            assert attempt(examples.publish, agreed, by=user) == (who in PUBLISHERS), who


def test_who_may_take_off(published, turn_of):
    for who in PEOPLE:
        with turn_of(who) as user:
            did = attempt(examples.take_off, published, by=user, reason="x")
            assert did == (who in KEEPERS), who


def test_a_unit_does_not_give_its_example_to_another(example, communes, bason):
    changed = fresh(example)
    changed.unit = communes[1]
    with pytest.raises(Refused, match="Chỉ ghi được gương của đơn vị mình"):
        examples.save(changed, by=bason)


def test_which_pages_answer_whom(example, turn_of, client_of):
    """Nothing of it is found by strangers; the clerk reads and is told that it does not write."""
    addresses = {name: reverse(name, args=[example.pk]) for name in ("example", "edit_example", "example_step")}
    for who in PEOPLE:
        with turn_of(who) as user:
            client = client_of(user)
            read, edit = (client.get(addresses[name]).status_code for name in ("example", "edit_example"))
            step = client.post(addresses["example_step"], {"act": "publish", "version": 1}).status_code
            expected = (200, 200, 422 if who in PUBLISHERS else 403) if who in KEEPERS else (404, 404, 404)
            expected = (200, 403, 403) if who == "clerk" else expected
            # Whoever writes nothing at all is told so before.
            expected = (404, 403, 404) if who in ("council_member", "nobody") else expected
            assert (read, edit, step) == expected, who


def test_a_published_one_is_read_by_all_and_changed_by_its_keepers(published, turn_of, client_of):
    for who in PEOPLE:
        with turn_of(who) as user:
            client = client_of(user)
            page = client.get(published.get_absolute_url())
            assert page.status_code == 200, who
            words = page.content.decode()
            assert ("Nhật ký" in words) == (who in KEEPERS), who
            assert ("Bản đồng ý có chữ ký" in words) == (who in KEEPERS), who
            assert client.get(reverse("edit_example", args=[published.pk])).status_code == (
                200 if who in KEEPERS else 403
            ), who


def test_who_is_offered_to_write(campaign, turn_of, client_of):
    for who in PEOPLE:
        with turn_of(who) as user:
            may = who not in ("council_member", "nobody")
            for url in (reverse("examples"), reverse("campaign_examples", args=[campaign.pk])):
                assert (reverse("new_example") in client_of(user).get(url).content.decode()) == may, who
            assert client_of(user).get(reverse("new_example")).status_code == (200 if may else 403), who


def test_publishing_is_offered_to_the_department_where_it_can_be_done(agreed, officer, bason, client_of):
    button = 'id="step-publish"'
    assert button in client_of(officer).get(agreed.get_absolute_url()).content.decode()
    assert button not in client_of(bason).get(agreed.get_absolute_url()).content.decode()
    examples.withdraw_consent(agreed, by=bason)
    assert button not in client_of(officer).get(agreed.get_absolute_url()).content.decode()


def test_a_unit_writes_for_itself_and_the_department_for_all(communes, bason, officer, ended):
    assert set(ExampleForm(instance=Example(), user=bason).fields["unit"].queryset) == {communes[0], ended}
    offered = set(ExampleForm(instance=Example(), user=officer).fields["unit"].queryset)
    assert set(communes) <= offered
    assert ended not in offered


# --- Erasing


@pytest.fixture
def told(published, officer, bason):
    """A published one with a picture, the paper of its consent, and reasons in its log."""
    found = examples.take_off(published, by=officer, reason="Anh Bình đang xác minh")
    found = examples.withdraw_consent(found, by=bason, reason="Anh Bình không muốn nữa")
    facts = {"on": date(2026, 6, 15), "words": "Bản ký", "files": picture("binh-dong-y.jpg", size=(50, 50))}
    examples.give_consent(found, by=bason, **facts)
    found = examples.save(fresh(found), by=officer, picture=picture("anh-binh.jpg"))
    return examples.publish(found, by=officer)


def test_all_of_a_person_is_erased_and_one_row_tells_of_it(told, communes, bason, officer, client_of):
    twin = written(communes[0], bason, name="Hoàng Văn Bình")
    of_campaign = record(About.CAMPAIGN, told, "Việc khác", by=officer, after={"Tên": "Bình"}, reason="Bình")
    files = [(upload.file.storage, upload.file.name) for upload in Upload.objects.all()]
    assert len(files) == 2
    before = list(Change.objects.filter(about=About.EXAMPLE, key=told.pk).values_list("act", "by", "at"))
    url = reverse("erase_example", args=[told.pk])
    # What is published the department erases, and its unit is told whom to ask.
    client = client_of(bason)
    assert "Gương đã công bố thì do Sở Nội vụ xóa" in client.get(url, follow=True).content.decode()
    assert client.post(url, {"reason": "law", "version": told.version}).url == told.get_absolute_url()
    client = client_of(officer)
    assert f'href="{url}"' in client.get(told.get_absolute_url()).content.decode()
    page = client.get(url).content.decode()
    for words in ("Không khôi phục được", law_of_today()):
        assert words in page
    assert "kiểm tra lại" not in page
    for reason in ("", "anh Bình xin"):
        answer = client.post(url, {"reason": reason, "version": told.version})
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["reason"])
    answer = client.post(url, {"reason": "withdrawn", "version": told.version - 1})
    page = answer.content.decode()
    assert (answer.status_code, "đã lưu một bản mới hơn" in page, "nếu vẫn muốn xóa" in page) == (422, True, True)
    assert "thay bản của người kia" not in page
    assert Example.objects.count() == 2
    assert client.post(url, {"reason": "withdrawn", "version": told.version}).url == reverse("examples")
    assert list(Example.objects.all()) == [twin]
    assert not Upload.objects.exists()
    assert not any(storage.exists(name) for storage, name in files)
    log = Change.objects.filter(about=About.EXAMPLE, key=told.pk)
    assert list(log.values_list("act", "by", "at"))[1:] == before
    assert (log[0].act, log[0].by, log[0].reason) == (
        "Xóa theo yêu cầu", officer, "Người được nêu gương không đồng ý nữa",
    )  # fmt: skip
    assert [(row.changes, row.reason) for row in log[1:]] == [({}, "")] * len(before)
    # What is kept of others with the same name, or under the same key, stays.
    assert (
        Change.objects.get(about=About.EXAMPLE, key=twin.pk).changes["Họ tên hoặc tên tập thể"][1] == "Hoàng Văn Bình"
    )
    of_campaign.refresh_from_db()
    assert (of_campaign.changes, of_campaign.reason) == ({"Tên": ["", "Bình"]}, "Bình")
    assert client.get(url).status_code == 404
    # The department reads what was erased, without a name.
    assert reverse("erased_examples") in client.get(reverse("examples")).content.decode()
    page = client.get(reverse("erased_examples")).content.decode()
    assert "Người được nêu gương không đồng ý nữa" in page
    assert str(officer) in page
    assert "Bình" not in page
    with pytest.raises(Refused, match="đã được xóa"):
        erasing.erase(Example(pk=told.pk), by=bason, reason=Ground.LAW.label)


def test_what_something_else_uses_is_not_erased(told, officer, monkeypatch):
    """No relation is protected today; one that comes keeps all of it in its place."""

    def protected(self):
        raise ProtectedError("used", {self.campaign})

    monkeypatch.setattr(Example, "delete", protected)
    with pytest.raises(Refused, match="đang được dùng ở: phong trào thi đua"):
        erasing.erase(told, by=officer, reason=Ground.LAW.label)
    with pytest.raises(Refused) as refused:
        erasing.erase(told, by=officer, reason="Anh Bình xin")
    assert refused.value.field == "reason"
    assert Upload.objects.count() == 2
    assert Change.objects.filter(about=About.EXAMPLE, reason="Anh Bình đang xác minh").exists()


def test_who_may_erase(example, bason, officer, turn_of, client_of):
    url = reverse("erase_example", args=[example.pk])
    for who in PEOPLE:
        with turn_of(who) as user:
            assert client_of(user).get(url).status_code == (200 if who in KEEPERS else 403 if who == "clerk" else 404)
            assert attempt(erasing.erase, example, by=user, reason=Ground.WRONG.label) == (who in KEEPERS), who
            codes = [client_of(user).get(reverse("erased_examples")).status_code]
            assert codes == [200 if who in PUBLISHERS else 403], who
    examples.give_consent(example, by=bason, on=date(2026, 6, 2), words="Bản ký")
    examples.publish(fresh(example), by=officer)
    for who in KEEPERS:
        with turn_of(who) as user:
            assert attempt(erasing.erase, example, by=user, reason=Ground.WRONG.label) == (who in PUBLISHERS), who


# --- Files


def test_who_fetches_the_picture_and_who_the_consent(example, bason, officer, turn_of, client_of):
    found = examples.save(fresh(example), by=bason, picture=picture())
    found = examples.give_consent(
        found, by=bason, on=date(2026, 6, 2), words="bản ký", files=picture("dong-y.jpg", size=(50, 50))
    )

    def fetched(user, upload):
        return client_of(user).get(upload.get_absolute_url()).status_code == 200

    for who in PEOPLE:
        with turn_of(who) as user:
            assert fetched(user, found.picture) == (who in KEEPERS | {"clerk"}), who
            assert fetched(user, found.consent_file) == (who in KEEPERS), who
    examples.publish(found, by=officer)
    for who in PEOPLE:
        with turn_of(who) as user:
            assert fetched(user, found.picture), who
            assert fetched(user, found.consent_file) == (who in KEEPERS), who
    examples.withdraw_consent(found, by=bason)
    for who in PEOPLE:
        with turn_of(who) as user:
            assert fetched(user, found.picture) == (who in KEEPERS | {"clerk"}), who


# --- Lists


def names(answer):
    return [row.name for row in answer.context["page_obj"]]


def exported(answer):
    rows = table_of(answer)
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def test_strangers_find_nothing_of_who_did_not_agree(example, published, communes, bason, stranger, client_of):
    """Neither in a list, nor by a search, nor in what is exported, nor on a page of the campaign."""
    written(communes[0], bason, name="Lý Thị Kín", deed="Việc riêng", campaign=published.campaign)
    client = client_of(stranger)
    for url in (reverse("examples"), reverse("campaign_examples", args=[published.campaign_id])):
        assert names(client.get(url)) == ["Hoàng Văn Bình"]
        assert names(client.get(url, {"q": "ly thi kin"})) == []
        assert names(client.get(url, {"cong_bo": "unasked"})) == []
        assert "Kín" not in client.get(url).content.decode()
        assert [row["Họ tên, tên tập thể"] for row in exported(client.get(url, {"xuat": "xlsx"}))] == ["Hoàng Văn Bình"]
    examples.withdraw_consent(published, by=bason)
    assert names(client.get(reverse("examples"))) == []
    assert exported(client.get(reverse("examples"), {"xuat": "xlsx"})) == []
    assert len(names(client_of(bason).get(reverse("examples")))) == 2


def test_the_export_holds_what_the_list_shows(published, officer, client_of):
    (row,) = exported(client_of(officer).get(reverse("examples"), {"xuat": "xlsx"}))
    assert row["Đơn vị"] == "UBND xã Ba Sơn"
    assert row["Phong trào"] == published.campaign.name
    assert row["Công bố"] == "Đã công bố"
    assert row["Ngày công bố"].date() == date(2026, 6, 15)
    assert not any("đồng ý" in str(value) for value in row.values())


@pytest.fixture
def four(communes, bason, congson, officer, campaign):
    """One published, one collective and one person waiting, one without consent."""
    first = written(communes[0], bason, name="Đã công bố", campaign=campaign)
    examples.publish(examples.give_consent(first, by=bason, on=date(2026, 6, 2), words="x"), by=officer)
    written(communes[1], congson, name="Tổ chờ", kind=Kind.COLLECTIVE, met_on=date(2026, 5, 1))
    second = written(communes[0], bason, name="Chờ", title="Nuôi ong", met_on=date(2026, 4, 1))
    examples.give_consent(second, by=bason, on=date(2026, 6, 2), words="x")
    written(make_unit("so-y-te", "Sở Y tế"), officer, name="Chưa", met_on=date(2026, 3, 1))


@pytest.mark.usefixtures("four")
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, ["Đã công bố", "Tổ chờ", "Chờ", "Chưa"]),
        ({"q": "nuoi ong"}, ["Chờ"]),
        ({"q": "y te"}, ["Chưa"]),
        ({"kind": "collective"}, ["Tổ chờ"]),
        ({"loai": "department"}, ["Chưa"]),
        ({"cong_bo": "published"}, ["Đã công bố"]),
        ({"cong_bo": "waiting"}, ["Tổ chờ", "Chờ"]),
        ({"cong_bo": "unasked"}, ["Chưa"]),
        ({"cong_bo": "khong-co"}, []),
        ({"sap": "-don-vi"}, ["Tổ chờ", "Đã công bố", "Chờ", "Chưa"]),
        ({"sap": "ngay"}, ["Chưa", "Chờ", "Tổ chờ", "Đã công bố"]),
        ({"sap": "ten"}, ["Chưa", "Chờ", "Tổ chờ", "Đã công bố"]),
    ],
)
def test_the_list_is_filtered_and_sorted(officer, client_of, query, expected):
    answer = client_of(officer).get(reverse("examples"), query)
    if query.get("sap") in ("-don-vi", "ten"):
        assert sorted(names(answer)) == sorted(expected)
        keys = [row.unit.sort_text if "don-vi" in query["sap"] else row.name for row in answer.context["page_obj"]]
        assert keys == sorted(keys, reverse=query["sap"].startswith("-"))
        return
    assert names(answer) == expected


@pytest.mark.usefixtures("four")
def test_the_list_is_filtered_by_campaign(officer, campaign, client_of):
    assert names(client_of(officer).get(reverse("examples"), {"phong_trao": campaign.pk})) == ["Đã công bố"]
    assert names(client_of(officer).get(reverse("campaign_examples", args=[campaign.pk]))) == ["Đã công bố"]


def test_the_name_of_a_campaign_that_one_does_not_see_is_not_told(child, bason, officer, congson, client_of):
    found = written(bason.unit, bason, kind=Kind.COLLECTIVE, name="Tổ tự quản", campaign=child)
    examples.publish(found, by=officer)
    for url in (reverse("examples"), found.get_absolute_url()):
        assert child.name in client_of(bason).get(url).content.decode()
        answer = client_of(congson).get(url)
        assert "Tổ tự quản" in answer.content.decode()
        assert child.name not in answer.content.decode()
    (row,) = exported(client_of(congson).get(reverse("examples"), {"xuat": "xlsx"}))
    assert row["Phong trào"] is None
    assert client_of(congson).get(reverse("campaign_examples", args=[child.pk])).status_code == 404


def test_an_empty_list_says_what_to_do(officer, council_member, client_of):
    assert "Bấm «Ghi gương»" in client_of(officer).get(reverse("examples")).content.decode()
    page = client_of(council_member).get(reverse("examples")).content.decode()
    assert "Gương đã công bố hiện ở đây" in page
    assert "Không có gương nào như vậy" in client_of(officer).get(reverse("examples"), {"q": "x"}).content.decode()


def test_as_many_queries_with_two_rows_as_with_twelve(campaign, communes, bason, officer, client_of):
    urls = [reverse("examples"), reverse("campaign_examples", args=[campaign.pk]), reverse("examples") + "?xuat=xlsx"]

    def count():
        found = []
        for person, more in ((officer, [reverse("erased_examples")]), (bason, [])):
            for url in urls + more:
                with CaptureQueriesContext(connection) as queries:
                    assert client_of(person).get(url).status_code == 200
                found.append(len(queries))
        return found

    def add(number):
        unit = make_unit(f"don-vi-{number}", f"Đơn vị {number}")
        row = written(unit, officer, kind=Kind.COLLECTIVE, name=f"Tổ {number}", campaign=campaign)
        examples.publish(row, by=officer)
        by = make_user(f"nguoi-{number}", f"Người {number}", Role.UNIT_OFFICER, unit)
        record(About.EXAMPLE, row, "Xóa theo yêu cầu", what="erase", by=by, reason="x")

    add(0), add(1)
    few = count()
    for number in range(2, 12):
        add(number)
    assert count() == few
