"""The rows that an office confirms: its catalogue begins with those that wait."""

import pytest
from django.urls import reverse

from documents.exchange.packing import pack
from documents.exchange.taking import take
from documents.models import AxisState, AxisType

from .test_states import told

pytestmark = pytest.mark.django_db


def test_types_without_a_code_and_codes_that_wait_are_told(administrator, client_of):
    page = reverse("admin:documents_axistype_changelist")
    shown = client_of(administrator).get(page).content.decode()
    assert "Chưa có mã trên trục: " in shown
    assert "Mã chờ xác nhận: Công văn (18). Đối chiếu với tài liệu của trục" in shown
    AxisType.objects.update(is_confirmed=True)
    assert "chờ xác nhận" not in client_of(administrator).get(page).content.decode()


def test_states_that_wait_and_states_that_came_without_a_row_are_told(administrator, client_of, issued, organs, clerk):
    row = pack(issued, organs, by=clerk)[0]
    take(told(row.key, organs[0].code, "47"), by=clerk)
    page = reverse("admin:documents_axisstate_changelist")
    shown = client_of(administrator).get(page).content.decode()
    assert "Trạng thái chờ xác nhận: 01, 02, 03" in shown
    assert "Mã báo về chưa có trong danh mục: 47." in shown
    AxisState.objects.update(is_confirmed=True)
    assert "Trạng thái chờ" not in client_of(administrator).get(page).content.decode()
