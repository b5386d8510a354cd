"""Heads of the fund in the back office: named anew, told in the log, never deleted."""

from django.urls import reverse

from awards.models import Head
from documents.models import Change


def test_a_head_is_named_anew_and_that_is_told(heads, administrator, client_of):
    head, client = Head.objects.get(code="gifts"), client_of(administrator)
    address = reverse("admin:awards_head_change", args=[head.pk])
    assert client.get(address).status_code == 200
    answer = client.post(address, {"name": "Đóng góp của doanh nghiệp", "column": "set_aside", "position": "2"})
    assert answer.status_code == 302
    head.refresh_from_db()
    assert (head.name, head.code) == ("Đóng góp của doanh nghiệp", "gifts")
    assert Change.objects.get(about="head").changes == {
        "Tên": ["Đóng góp của cá nhân, tổ chức", "Đóng góp của doanh nghiệp"]
    }
    assert client.get(address.replace("change", "delete")).status_code == 403
