"""Who sees which conference, in lists and by its address."""

from datetime import date

from conferences.models import Event
from documents.models import Document, DocumentType
from tests.conftest import make_unit, make_user
from units.models import Role


def test_a_unit_sees_its_own_conference_and_no_other(event, own, client_of):
    stranger = make_user("xa-khac", "Lý Văn Khác", Role.UNIT_OFFICER, make_unit("xa-khac", "UBND xã Công Sơn"))
    assert list(Event.objects.visible_to(own)) == [event]
    assert list(Event.objects.visible_to(stranger)) == []
    assert client_of(stranger).get(event.get_absolute_url()).status_code == 404
    assert "Hội trường xã" in client_of(own).get(event.get_absolute_url()).content.decode()


def test_the_page_of_a_stopped_conference_says_by_what_and_what_is_studied_instead(event, own, client_of):
    paper = Document.objects.create(
        origin=Document.Origin.CITED, type=DocumentType.objects.get(code="CV"), reference="213/UBND-KGVX", subject="dừng",
        issuer_name="UBND tỉnh Lạng Sơn", year=2026, month=6, day=1,
    )  # fmt: skip
    facts = {"stopped_on": date(2026, 6, 1), "stopped_by": paper, "stopped_for": "Phòng, chống dịch", "instead": None}
    Event.objects.filter(pk=event.pk).update(state=Event.State.STOPPED, **facts)
    told = client_of(own).get(event.get_absolute_url()).content.decode()
    assert "213/UBND-KGVX" in told
    assert "không được tính là đã tổ chức" in told
    assert "Chưa lập chương trình" not in told
