"""The kinds of items in the back office: changed and told, never deleted."""

from django.urls import reverse

from awards.models import ItemKind
from awards.stock.actions import enter
from documents.models import Change
from tests.awards.issuing.conftest import DAY


def test_a_kind_is_changed_and_that_is_told_and_numbers_are_laid_down_before_the_first_piece(
    kinds, administrator, client_of, store_keeper
):
    kind, client = kinds["huy-hieu-cstd-tinh"], client_of(administrator)
    address = reverse("admin:awards_itemkind_change", args=[kind.pk])
    form = client.get(address).context["adminform"].form
    typed = {name: form.initial.get(name) for name in form.fields}
    typed |= {"types": [one.pk for one in kind.types.all()], "name": "Huy hiệu CSTĐ tỉnh"}
    typed = {name: value for name, value in typed.items() if value is not None and value is not False}
    assert client.post(address, typed | {"has_serials": "on"}).status_code == 302
    kind.refresh_from_db()
    assert (kind.name, kind.has_serials, kind.version, kind.code) == (
        "Huy hiệu CSTĐ tỉnh", True, 2, "huy-hieu-cstd-tinh",
    )  # fmt: skip
    changes = Change.objects.get(about="itemkind", what="edit").changes
    assert changes["Tên"] == ["Huy hiệu Chiến sĩ thi đua cấp tỉnh", "Huy hiệu CSTĐ tỉnh"]
    enter("bought", {kind: 1}, serials={kind.pk: ["A1"]}, by=store_keeper, day=DAY, paper="Biên bản 1")
    refused = client.post(address, typed)
    assert "đã có phiếu nhập, xuất" in refused.content.decode()
    assert ItemKind.objects.get(pk=kind.pk).has_serials
    assert client.get(address.replace("change", "delete")).status_code == 403
