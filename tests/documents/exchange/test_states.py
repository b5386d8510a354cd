"""What systems of receivers tell comes back: every state, out of order, twice, of papers that are none of ours."""

import pytest
from django.urls import reverse

from documents.exchange.packing import pack
from documents.exchange.taking import Taken, take
from documents.models import AxisState, AxisTold
from documents.steps.refusing import Refused

pytestmark = pytest.mark.django_db


def told(key, code, state, at="2020/03/05 08:00:00", words=""):
    """A state as systems send it: in an envelope of SOAP."""
    return f"""<?xml version="1.0" encoding="utf-8"?><SOAP-ENV:Envelope
      xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/" xmlns:edXML="http://www.mic.gov.vn/TBT/QCVN_102_2016">
      <SOAP-ENV:Header><edXML:Status><edXML:ResponseFor><edXML:OrganId>000.00.00.H37</edXML:OrganId>
      <edXML:DocumentId>{key}</edXML:DocumentId></edXML:ResponseFor><edXML:From><edXML:OrganId>{code}</edXML:OrganId></edXML:From>
      <edXML:StatusCode>{state}</edXML:StatusCode><edXML:Description>{words}</edXML:Description>
      <edXML:Timestamp>{at}</edXML:Timestamp></edXML:Status></SOAP-ENV:Header><SOAP-ENV:Body/></SOAP-ENV:Envelope>""".encode()


@pytest.fixture
def sent(issued, organs, clerk):
    """The package that both bodies got."""
    return pack(issued, organs, by=clerk)[0]


def test_all_states_stand_at_the_receiver_in_the_order_of_their_time(sent, issued, organs, clerk, client_of):
    code = organs[0].code
    take(told(sent.key, code, "3", "05/03/2020 10:00:00"), by=clerk)  # as one system writes code and time
    take(told(sent.key, code, "01", "2020/03/05 08:00:00"), by=clerk)  # late on its way
    take(told(sent.key, code, "02", "2020/03/05 09:00:00", "Sai thẩm quyền"), by=clerk)
    AxisState.objects.filter(code="03").update(is_confirmed=True)
    page = client_of(clerk).get(reverse("axis", args=[issued.pk])).content.decode()
    first = page.index("Đã đến (mã 01, chưa xác nhận)")
    second = page.index("Từ chối tiếp nhận (mã 02, chưa xác nhận) – Sai thẩm quyền", first)
    assert page.index("Đã tiếp nhận, ", second) > second
    assert page.count("chưa báo lại") == 1
    # And beside the unit that got the paper here.
    follow = client_of(clerk).get(reverse("follow", args=[issued.pk])).content.decode()
    assert follow.count("Đã tiếp nhận") == 1
    assert "10:00 05/03/2020" in follow


def test_every_row_of_the_catalogue_can_be_told(sent, issued, organs, clerk, client_of):
    states = [*AxisState.objects.values_list("code", flat=True)]
    for hour, state in enumerate(states):
        take(told(sent.key, organs[0].code, state, f"2020/03/05 {hour:02d}:00:00"), by=clerk)
    assert [*AxisTold.objects.values_list("state", flat=True)] == states
    page = client_of(clerk).get(reverse("axis", args=[issued.pk])).content.decode()
    assert all(row.words in page for row in AxisState.objects.all())


def test_a_state_that_nobody_knows_is_kept_and_shown_by_its_code(sent, issued, organs, clerk, client_of):
    take(told(sent.key, organs[0].code, "47"), by=clerk)
    assert "mã 47, chưa có trong danh mục" in client_of(clerk).get(reverse("axis", args=[issued.pk])).content.decode()


def test_what_is_told_twice_is_kept_once(sent, organs, clerk):
    take(told(sent.key, organs[0].code, "01"), by=clerk)
    with pytest.raises(Taken, match="đã ghi rồi"):
        take(told(sent.key, organs[0].code, "01"), by=clerk)
    assert AxisTold.objects.count() == 1


@pytest.mark.parametrize(
    ("key", "code", "state", "at", "why"),
    [
        ("000.00.00.H37,2020/03/02,99/UBND", "000.01.01.H37", "03", "2020/03/05 08:00:00", "không gửi từ đây"),
        (None, "000.99.99.H37", "03", "2020/03/05 08:00:00", "chưa gửi cho nơi ấy"),
        (None, "x y", "03", "2020/03/05 08:00:00", "<OrganId>"),
        (None, "000.01.01.H37", "đã đến", "2020/03/05 08:00:00", "<StatusCode>"),
        (None, "000.01.01.H37", "", "2020/03/05 08:00:00", "<StatusCode>"),
        (None, "000.01.01.H37", "03", "0001/01/01 00:00:00", "<Timestamp>"),
        (None, "000.01.01.H37", "03", "9999/12/31 23:59:59", "<Timestamp>"),
        (None, "000.01.01.H37", "03", "hôm qua", "<Timestamp>"),
        ("", "000.01.01.H37", "03", "2020/03/05 08:00:00", "<DocumentId>"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(sent, clerk, client_of, key, code, state, at, why):
    with pytest.raises(Refused, match=why):
        take(told(sent.key if key is None else key, code, state, at), by=clerk)
    assert not AxisTold.objects.exists()


def test_a_moment_that_has_not_come_is_refused(sent, organs, clerk):
    """It would stand behind every other for ever."""
    with pytest.raises(Refused, match="ghi lúc 00:00 01/01/2090, là lúc chưa đến"):
        take(told(sent.key, organs[0].code, "03", "2090/01/01 00:00:00"), by=clerk)
    assert not AxisTold.objects.exists()


def test_a_stranger_cannot_tell_anything_of_ours(sent, organs, unit_officer):
    with pytest.raises(Refused, match="không gửi từ đây"):
        take(told(sent.key, organs[0].code, "03"), by=unit_officer)
