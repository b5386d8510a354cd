"""What a store keeper does is near: from the first page no more than three clicks, of which the last does it."""

import pytest
from django.urls import reverse

from awards.models import ItemKind, Order, StockCount
from awards.stock import counting, ordering
from tests.awards.issuing.conftest import DAY


@pytest.fixture
def busy(receive, kinds, owed, store_keeper):
    """A store with something of everything that may wait: {name: its key}."""
    ItemKind.objects.filter(code="hop-huy-hieu").update(least=5)
    dues = owed(2)
    voucher = receive("hop-huy-hieu", 4)
    receive("khung-bang", 1)
    order = ordering.save(
        Order(source="bought", subject="mua khung", to="Giám đốc"), {kinds["khung-bang"]: 2}, by=store_keeper
    )
    ordering.send(order, by=store_keeper)
    count = counting.begin(StockCount(day=DAY), by=store_keeper)
    return {
        "voucher": voucher.pk,
        "order": order.pk,
        "count": count.pk,
        "kind": kinds["hop-huy-hieu"].pk,
        "decision": dues[0].award.decision_id,
    }


STORE = "/khen-thuong/hien-vat/"
# Task → the addresses that are pressed after the first page; «!» is a button of a form, its address or its own page, «~»
# words that are typed in the box of a search.
TASKS = {
    "receive": [f"{STORE}nhap-kho/", "!"],
    "receive what was ordered": [f"{STORE}nhap-kho/?de_nghi={{order}}", "!"],
    "receive for a decision": [
        f"{STORE}can-cap/?state=short&quyet_dinh={{decision}}", f"{STORE}nhap-kho/quyet-dinh/{{decision}}/", "!",
    ],
    "write off": [STORE, f"{STORE}xuat-bo/", "!"],
    "take back a voucher": [STORE, f"{STORE}phieu/{{voucher}}/", f"!{STORE}phieu/{{voucher}}/"],
    "hand over": [f"{STORE}giao/", "~so y te", "!"],
    "enter what is found": [f"{STORE}kiem-ke/{{count}}/ghi/", "!"],
    "close the count": [f"{STORE}kiem-ke/{{count}}/", f"!{STORE}kiem-ke/{{count}}/buoc/"],
    "order": [f"{STORE}de-nghi/lap/", "!"],
    "print a card": [STORE, f"{STORE}loai/{{kind}}/", "?xuat=pdf"],
    "print the year": [STORE, f"{STORE}so-nam/", "?xuat=pdf"],
    "see what a decision waits for": [f"{STORE}can-cap/?state=short"],
    "set the least": [STORE, f"{STORE}loai/{{kind}}/", f"{STORE}loai/{{kind}}/sua/"],
    "take out the store": [STORE, "?xuat=xlsx"],
}  # fmt: skip


@pytest.mark.parametrize("task", TASKS)
def test_every_task_of_the_keeper_is_within_three_clicks_of_the_first_page(task, busy, client_of, store_keeper):
    client = client_of(store_keeper)
    page, clicks = client.get(reverse("home")), [step.format(**busy) for step in TASKS[task]]
    assert len(clicks) <= 3
    for click in clicks:
        html = page.content.decode().replace("&amp;", "&")
        if click.startswith("!"):
            assert 'method="post" id="form"' in html if click == "!" else f'action="{click[1:]}"' in html
        elif click.startswith("~"):
            assert 'type="search" id="q" name="q"' in html
            page = client.get(page.request["PATH_INFO"], {"q": click[1:]}, follow=True)
        else:
            assert f'href="{click}' in html, click
            page = client.get(click, follow=True)
            assert page.status_code == 200


def test_the_first_page_of_the_keeper_shows_what_waits(busy, client_of, store_keeper, unit_officer):
    groups = client_of(store_keeper).get(reverse("home")).context["groups"]
    titles = {group.title: [row.words for row in group.rows] for group in groups}
    assert titles["Hiện vật đến mức tối thiểu"] == ["Hộp đựng huy hiệu, huân chương, kỷ niệm chương"]
    assert titles["Kiểm kê kho chưa chốt"] == [f"Kiểm kê kho ngày {DAY:%d/%m/%Y}"]
    assert titles["Đề nghị mua, cấp đang chờ hàng"] == ["mua khung"]
    assert len(titles["Khen thưởng chờ hiện vật"]) == 1
    others = {group.title for group in client_of(unit_officer).get(reverse("home")).context["groups"]}
    assert not others & set(titles)
