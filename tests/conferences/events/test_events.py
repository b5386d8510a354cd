"""Who sees which conference, in lists and by its address."""

from conferences.models import Event
from tests.conftest import make_unit, make_user
from units.models import Role


def test_a_unit_sees_its_own_conference_and_no_other(event, own, client_of):
    stranger = make_user("xa-khac", "Lý Văn Khác", Role.UNIT_OFFICER, make_unit("xa-khac", "UBND xã Công Sơn"))
    assert list(Event.objects.visible_to(own)) == [event]
    assert list(Event.objects.visible_to(stranger)) == []
    assert client_of(stranger).get(event.get_absolute_url()).status_code == 404
    assert "Hội trường xã" in client_of(own).get(event.get_absolute_url()).content.decode()
