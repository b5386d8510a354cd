"""The back office: who comes in, what must not be changed, wrong input told beside the field and kept, all of it logged."""

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse

from documents.models import Change, Document, DocumentType, Job, OfficeText, Phrase
from units.models import Official, Sector, Unit, UnitChange, User

READ_ONLY = [Document, Change, Job, LogEntry, OfficeText, Phrase]


def page_of(model, page, *args, query=""):
    """The address of one of the admin's pages of ``model``."""
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args) + query


# --- Who comes in, and where to


def test_a_stranger_is_sent_to_the_desk_s_login_and_on_to_the_page_asked_for(client, db):
    answer = client.get(page_of(Unit, "changelist"))
    assert (answer.status_code, answer.url) == (302, "/dang-nhap/?next=/admin/units/unit/")
    answer = client.get(reverse("admin:login") + "?next=/admin/units/unit/")
    assert (answer.status_code, answer.url) == (302, "/dang-nhap/?next=%2Fadmin%2Funits%2Funit%2F")


@pytest.mark.parametrize("username", ["chuyenvien", "lanhdao", "vanthu", "thukho", "donvi", "uyvien"])
def test_only_an_administrator_comes_in_and_others_are_told_so(office, db, username):
    client = Client()
    client.force_login(User.objects.get(username=username))
    answer = client.get(reverse("admin:index"), follow=True)
    assert answer.status_code == 403
    assert "Trang quản trị chỉ dành cho tài khoản có vai trò Quản trị." in answer.content.decode()


def test_the_first_page_lists_the_parts_in_the_order_of_need_and_nothing_of_other_apps(quantri):
    apps = quantri.get(reverse("admin:index")).context["app_list"]
    assert [(app["app_label"], sorted(model["object_name"] for model in app["models"])) for app in apps] == [
        ("units", ["DayOff", "LoginLock", "Official", "Sector", "Unit", "UnitChange", "User"]),
        (
            "documents",
            [
                "AddresseeGroup",
                "Arrival",
                "AxisOrgan",
                "AxisPackage",
                "AxisState",
                "AxisType",
                "Change",
                "Document",
                "DocumentType",
                "Job",
                "Mail",
                "NumberSeries",
                "OfficeText",
                "Phrase",
                "SignatureLook",
                "SigningToken",
                "TrustedCertificate",
                "Upload",
            ],
        ),
        ("clusters", ["Category", "RankRule", "VoteRule"]),
        (
            "awards",
            [
                "Amendment",
                "AwardType",
                "Criterion",
                "Decider",
                "Definition",
                "Followed",
                "Head",
                "ItemKind",
                "Measure",
                "Office",
                "Statement",
            ],
        ),
        ("admin", ["LogEntry"]),
    ]


# --- What must not be changed here


@pytest.mark.parametrize("model", READ_ONLY, ids=lambda model: model.__name__)
def test_what_lives_elsewhere_can_only_be_looked_at(quantri, model):
    row = model._default_manager.first()
    before = model._default_manager.count()
    for page in [page_of(model, "add"), page_of(model, "delete", row.pk)]:
        assert quantri.post(page, {"post": "yes"}).status_code == 403
    assert quantri.post(page_of(model, "change", row.pk), {"subject": "khác"}).status_code == 403
    assert model._default_manager.count() == before


def test_a_unit_cannot_be_deleted_and_its_code_cannot_be_changed(quantri):
    unit = Unit.objects.get(code="so-y-te")
    assert quantri.post(page_of(Unit, "delete", unit.pk), {"post": "yes"}).status_code == 403
    chosen = {"action": "delete_selected", "_selected_action": [unit.pk], "post": "yes"}
    quantri.post(page_of(Unit, "changelist"), chosen)
    typed = {"code": "khac", "name": "Sở Y tế", "kind": "department", "place": "Lạng Sơn"}
    assert quantri.post(page_of(Unit, "change", unit.pk), typed | NO_HISTORY).status_code == 302
    assert list(Unit.objects.filter(pk=unit.pk).values_list("code", flat=True)) == ["so-y-te"]


def test_an_official_whose_name_stands_on_a_paper_cannot_be_deleted(quantri):
    official = Official.objects.get(name="Dương Xuân Huyền")
    answer = quantri.post(page_of(Official, "delete", official.pk), {"post": "yes"}, follow=True)
    assert "vì đang được dùng ở" in answer.content.decode()
    assert Official.objects.filter(pk=official.pk).exists()


@pytest.mark.parametrize(("code", "fixed"), [("QĐ", True), ("Luật", True), ("GNP", False)])
def test_the_name_of_a_type_stays_once_an_issued_paper_bears_it(quantri, code, fixed):
    row = DocumentType.objects.get(code=code)
    page = page_of(DocumentType, "change", row.pk)
    assert ("hãy thêm một loại mới" in quantri.get(page).content.decode()) == fixed
    typed = {"code": "X", "name": "Tên khác", "form": row.form, "purpose": row.purpose, "source": "Nguồn khác"}
    assert quantri.post(page, typed).status_code == 302
    found = DocumentType.objects.get(pk=row.pk)
    assert (found.code, found.name) == ((code, row.name) if fixed else ("X", "Tên khác"))
    assert found.source == "Nguồn khác"


def test_the_page_of_an_edit_shows_each_field_before_and_after_in_words(quantri):
    edit = Document.objects.get(type__code="BB").edits.get()
    html = quantri.get(page_of(Change, "change", edit.pk)).content.decode()
    assert "<tr><th>Loại văn bản</th><td>–</td><td>Biên bản</td></tr>" in html
    assert "<tr><th>Họ tên người ký thứ hai</th><td>–</td><td>Hoàng Thị Bình</td></tr>" in html


# --- What is typed wrongly


NO_HISTORY = {f"{name}-{count}_FORMS": 0 for name in ("origins", "successions") for count in ("TOTAL", "INITIAL")}


def kept(answer, name):
    """What the field ``name`` holds in the form that comes back."""
    return answer.context["adminform"].form[name].value()


@pytest.mark.parametrize(
    ("typed", "field", "message"),
    [
        (
            {"founded": "01/7/2025", "ended": "30/6/2025"},
            "ended",
            "Ngày kết thúc sớm hơn ngày thành lập. Hãy sửa lại một trong hai ngày.",
        ),
        (
            {"founded": "31/02/2020"},
            "founded",
            "Ngày không có thật hoặc viết chưa đúng. Hãy viết ngày/tháng/năm, ví dụ 25/02/2020.",
        ),
        ({"code": "so-y-te"}, "code", "Mã này đã được dùng cho một đơn vị khác. Hãy chọn mã khác."),
        ({"code": "Sở Y tế"}, "code", "Chỉ dùng chữ không dấu, chữ số, gạch nối và gạch dưới."),
        ({"name": ""}, "name", "Hãy điền mục này."),
    ],
)
def test_a_wrong_unit_is_refused_beside_the_field_and_all_that_was_typed_is_kept(quantri, typed, field, message):
    typed = {"code": "so-moi", "name": "Sở Mới", "kind": "department", "place": "Lạng Sơn", "note": "Chưa rõ"} | typed
    answer = quantri.post(page_of(Unit, "add"), typed)
    assert answer.context["adminform"].form.errors == {field: [message]}
    assert {name: kept(answer, name) for name in typed} == typed
    assert message in answer.content.decode()


def test_a_unit_cannot_stand_above_itself_not_even_through_others(quantri):
    province, office = Unit.objects.get(code="ubnd-tinh"), Unit.objects.get(code="so-noi-vu-2025")
    typed = {"name": "UBND tỉnh", "kind": "province", "superior": office.pk}
    answer = quantri.post(page_of(Unit, "change", province.pk), typed)
    assert answer.context["adminform"].form.errors == {
        "superior": ["Đơn vị không thể là cơ quan chủ quản của chính mình."]
    }


def post_change(client, *pairs, day="01/01/2030"):
    """Send the form of a new change with ``pairs`` of codes; a code of nothing leaves the field empty."""
    keys = dict(Unit.objects.values_list("code", "pk"))
    typed = {"kind": "merge", "date": day, "citation": "Nghị quyết thử"}
    typed |= {"successions-TOTAL_FORMS": len(pairs), "successions-INITIAL_FORMS": 0}
    for number, (old, new) in enumerate(pairs):
        typed[f"successions-{number}-predecessor"] = keys.get(old, "")
        typed[f"successions-{number}-successor"] = keys.get(new, "")
    return client.post(page_of(UnitChange, "add"), typed)


def faults_of(answer):
    """The faults of each pair in the form that comes back."""
    return answer.context["inline_admin_formsets"][0].formset.errors


@pytest.mark.parametrize(
    ("pairs", "faults"),
    [
        (
            [("so-y-te", "so-y-te")],
            [{"successor": ["Đơn vị không thể kế thừa chính mình. Hãy chọn một đơn vị khác."]}],
        ),
        (
            [("so-y-te", "so-tu-phap"), ("so-tu-phap", "so-y-te")],
            [
                {
                    "successor": [
                        "«Sở Y tế» sẽ trở thành đơn vị kế thừa của chính mình, qua «Sở Tư pháp». "
                        "Nếu đơn vị được lập lại, hãy thêm một đơn vị mới với mã mới."
                    ]
                },
                {
                    "successor": [
                        "«Sở Tư pháp» sẽ trở thành đơn vị kế thừa của chính mình, qua «Sở Y tế». "
                        "Nếu đơn vị được lập lại, hãy thêm một đơn vị mới với mã mới."
                    ]
                },
            ],
        ),
        (
            [("so-cong-thuong", "cuc-quan-ly-thi-truong-tinh")],
            [{"successor": ["Đơn vị mới đã kết thúc trước ngày thay đổi. Hãy kiểm tra lại ngày."]}],
        ),
    ],
)
def test_a_unit_that_would_succeed_itself_is_refused_beside_the_successor(quantri, pairs, faults):
    answer = post_change(quantri, *pairs)
    assert faults_of(answer) == faults
    assert kept(answer, "citation") == "Nghị quyết thử"
    assert not UnitChange.objects.filter(citation="Nghị quyết thử").exists()


def test_a_circle_through_a_change_that_is_stored_is_refused_too(quantri):
    post_change(quantri, ("so-y-te", "so-tu-phap"))
    answer = post_change(quantri, ("so-tu-phap", "so-y-te"))
    assert "«Sở Tư pháp» sẽ trở thành đơn vị kế thừa của chính mình" in faults_of(answer)[0]["successor"][0]
    assert UnitChange.objects.filter(citation="Nghị quyết thử").count() == 1


def test_a_change_in_order_is_stored_with_its_pairs(quantri):
    answer = post_change(quantri, ("so-y-te", "so-tu-phap"), ("thanh-tra-tinh", ""))
    assert answer.status_code == 302
    change = UnitChange.objects.get(citation="Nghị quyết thử")
    assert [str(pair) for pair in change.successions.all()] == [
        "Sở Y tế → Sở Tư pháp",
        "Thanh tra tỉnh → không có đơn vị kế thừa",
    ]


def test_a_delegation_without_its_paper_is_refused_beside_the_field(quantri):
    unit = Unit.objects.get(code="so-y-te")
    typed = {"name": "Ngô Văn Thử", "terms-TOTAL_FORMS": 1, "terms-INITIAL_FORMS": 0}
    typed |= {"terms-0-unit": unit.pk, "terms-0-post": "Chánh Văn phòng", "terms-0-capacity": "TUQ."}
    answer = quantri.post(page_of(Official, "add"), typed | {"terms-0-on_behalf_of": "Giám đốc"})
    assert faults_of(answer) == [
        {"authority": ["Ký thừa ủy quyền phải có văn bản ủy quyền (NĐ 30/2020, Điều 13). Hãy ghi văn bản đó."]}
    ]


def test_accounts_are_added_with_name_unit_and_role_and_a_weak_password_is_refused(quantri):
    unit = Unit.objects.get(code="so-y-te")
    typed = {"username": "moi", "full_name": "Đinh Thị Mới", "unit": unit.pk, "role": "unit_officer"}
    typed |= {"usable_password": "true", "password1": "ngan", "password2": "ngan"}
    answer = quantri.post(page_of(User, "add"), typed)
    assert answer.context["adminform"].form.errors["password2"][0] == "Mật khẩu quá ngắn, phải có ít nhất 12 ký tự."
    typed |= {"password1": "mua-xuan-o-xu-lang", "password2": "mua-xuan-o-xu-lang"}
    assert quantri.post(page_of(User, "add"), typed).status_code == 302
    added = User.objects.get(username="moi")
    assert (added.full_name, added.unit, added.role, added.is_staff) == ("Đinh Thị Mới", unit, "unit_officer", False)


# --- Finding


def found(client, model, query):
    """What the list of ``model`` shows for ``query``, in its order."""
    return [str(row) for row in client.get(page_of(model, "changelist", query=query)).context["cl"].result_list]


@pytest.mark.parametrize(
    ("model", "query", "rows"),
    [
        (Unit, "?q=luong van tri", ["UBND Phường Lương Văn Tri"]),
        (Unit, "?q=HỮU+lũng&kind__exact=district", ["UBND huyện Hữu Lũng"]),
        (User, "?q=dang thi", ["Đặng Thị Lan"]),
        (User, "?q=xa huu lung", ["Chu Văn Minh"]),
        (Official, "?q=duong xuan", ["Dương Xuân Huyền"]),
        (DocumentType, "?q=phat dong", ["Phát động"]),
        (
            Document,
            "?q=50/bc-ubnd tong ket",
            ["Báo cáo 50/BC-UBND: tổng kết công tác TĐKT năm 2019 và triển khai nhiệm vụ năm 2020"],
        ),
        (Unit, "?q=khongcogica", []),
    ],
)
def test_a_search_without_accents_finds_the_accented(quantri, model, query, rows):
    assert found(quantri, model, query) == rows


def test_units_of_one_name_are_offered_with_what_tells_them_apart(quantri):
    field = {"app_label": "units", "model_name": "user", "field_name": "unit"}
    offered = quantri.get(reverse("admin:autocomplete"), {"term": "hoa binh huu", **field}).json()["results"]
    assert [row["text"] for row in offered] == ["UBND xã Hòa Bình (UBND huyện Hữu Lũng, đến 30/06/2025)"]
    offered = quantri.get(reverse("admin:autocomplete"), {"term": "so noi vu", **field}).json()["results"]
    assert [row["text"] for row in offered] == [
        "Ban Thi đua - Khen thưởng, Sở Nội vụ (đến 28/02/2025)",
        "Sở Nội vụ (đến 28/02/2025)",
        "Sở Nội vụ (từ 01/03/2025)",
    ]


def test_the_choice_that_is_made_already_carries_the_same_label(quantri):
    account = User.objects.get(username="chuyenvien")
    html = quantri.get(page_of(User, "change", account.pk)).content.decode()
    assert "selected>Sở Nội vụ (từ 01/03/2025)</option>" in html


def test_names_sort_as_vietnamese_does_by_the_given_name(quantri):
    assert found(quantri, User, "?is_active__exact=1") == [
        "Nguyễn Văn An",
        "Hoàng Thị Bình",
        "Lý Văn Cường",
        "Trần Thị Dung",
        "Vi Văn Giang",
        "Nông Thị Hà",
        "Lộc Văn Hùng",
        "Lương Văn Khải",
        "Đặng Thị Lan",
        "Chu Văn Minh",
        "Hoàng Thị Mơ",
        "Phạm Thị Nga",
    ]
    sectors = found(quantri, Sector, "?o=1")
    assert sectors[:4] == ["Công Thương", "Dân tộc và Tôn giáo", "Đối ngoại", "Giáo dục và Đào tạo"]


@pytest.mark.parametrize(
    ("day", "number"), [("25/02/2020", 200), ("01/12/2024", 194), ("30/6/2025", 194), ("01/7/2025", 65)]
)
def test_units_are_listed_as_of_a_day(quantri, day, number):
    answer = quantri.get(page_of(Unit, "changelist", query=f"?ngay={day}&kind__exact=commune"))
    assert answer.context["cl"].result_count == number


def test_a_day_that_does_not_exist_is_told_beside_the_field_and_kept(quantri):
    html = quantri.get(page_of(Unit, "changelist", query="?ngay=31/02/2020&kind__exact=district")).content.decode()
    assert "Ngày không có thật hoặc viết chưa đúng." in html
    assert 'value="31/02/2020"' in html
    assert '<input type="hidden" name="kind__exact" value="district">' in html


# --- What is kept of who did what


def test_every_change_in_the_back_office_is_logged_in_words(quantri):
    unit = Unit.objects.get(code="so-y-te")
    typed = {"name": "Sở Y tế", "short_name": "SYT", "kind": "department", "place": "Lạng Sơn"}
    quantri.post(page_of(Unit, "change", unit.pk), typed | NO_HISTORY | {"symbol": "SYT", "note": "Đã kiểm tra"})
    entry = LogEntry.objects.latest("pk")
    assert (entry.user.username, entry.object_repr) == ("quantri", "Sở Y tế")
    assert entry.get_change_message().startswith("Đã sửa Tên gọi tắt, ")
    assert entry.get_change_message().endswith(" và Ghi chú.")
