"""The menu of every page: groups by what one comes for, and how much waits there; each role sees what it has a use for."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from django import template
from django.urls import reverse
from django.utils import timezone

from documents.areas import waiting
from units.permissions import may_oversee, may_see_store, may_write, sits_on_council

register = template.Library()


def _everybody(user):
    return True


def _of_a_unit(user):
    return user.unit_id is not None


def _proposes(user):
    """Whose names the department asks about: those who write for a unit that it is not."""
    return may_write(user) and not may_oversee(user)


def _is_given_items(user):
    """Who sees what the own awards are owed, not the store."""
    return user.unit_id is not None and not may_see_store(user)


@dataclass(frozen=True)
class Entry:
    """One line: the area that its pages name, the name of its address, its words and icon, and who has a use for it."""

    area: str
    url: str
    words: str
    icon: str
    is_for: Callable = _everybody


GROUPS = [
    (
        "Việc",
        [
            Entry("home", "home", "Việc hôm nay", "home"),
            Entry("received", "received", "Văn bản nhận được", "inbox", _of_a_unit),
            Entry("duties", "duties", "Nhiệm vụ của đơn vị", "clipboard-check", may_write),
            Entry("outbox", "outbox", "Hộp thư đi", "mail", may_write),
        ],
    ),
    (
        "Văn bản",
        [
            Entry("documents", "documents", "Văn bản, dự thảo", "file-text"),
            Entry("books", "book_out", "Sổ văn bản", "book-2", _of_a_unit),
            Entry("verify", "verify", "Kiểm tra văn bản", "shield-check"),
        ],
    ),
    (
        "Thi đua",
        [
            Entry("council", "council", "Việc của Hội đồng", "rubber-stamp", sits_on_council),
            Entry("clusters", "clusters", "Cụm, khối thi đua", "users-group"),
            Entry("campaigns", "campaigns", "Phong trào thi đua", "flag"),
            Entry("conferences", "conferences", "Hội nghị, đại hội", "calendar-event"),
            Entry("units", "units", "Đơn vị", "building-community"),
        ],
    ),
    (
        "Khen thưởng",
        [
            Entry("regulations", "regulations", "Tra quy định", "search"),
            Entry("catalogue", "catalogue", "Danh mục", "table"),
            Entry("dossiers", "dossiers", "Hồ sơ đề nghị", "stack-2", _of_a_unit),
            Entry("council_meetings", "council_meetings", "Họp Hội đồng", "checkbox", may_oversee),
            Entry("deciding", "deciding", "Ra quyết định", "rubber-stamp", may_oversee),
            Entry("names", "names", "Xác nhận tên", "signature", _proposes),
            Entry("awards", "awards", "Khen thưởng", "award"),
            Entry("check_awards", "check_awards", "Kiểm tra điều kiện", "list-check"),
            Entry("recipients", "recipients", "Cá nhân, tập thể", "users", _of_a_unit),
            Entry("decisions", "decisions", "Quyết định khen thưởng", "certificate"),
            Entry("records", "initiatives", "Sáng kiến, xếp loại", "clipboard-check"),
            Entry("items", "store", "Hiện vật", "trophy", may_see_store),
            Entry("items", "dues", "Hiện vật", "trophy", _is_given_items),
            Entry("fund", "payments", "Quỹ, tiền thưởng", "database", _of_a_unit),
            Entry("award_figures", "this_year_award_figures", "Thống kê khen thưởng", "chart-bar"),
        ],
    ),
]
OWN = [
    Entry("account", "account", "Tài khoản", "user"),
    Entry("jobs", "jobs", "In, xuất hàng loạt", "printer"),
    Entry("admin", "admin:index", "Quản trị", "settings", lambda user: user.is_staff),
]


@register.inclusion_tag("_parts/menu.html", takes_context=True)
def menu(context):
    """The menu for the person of this page. One question for the numbers, which the first page has asked already."""
    request, user = context["request"], context["user"]
    if not hasattr(request, "waiting"):
        request.waiting = waiting.counts(user, timezone.localdate())
    numbers = waiting.by_area(request.waiting)
    area = "home" if request.path == _address("home") else context.get("area")
    groups = [(words, [_line(row, area, numbers) for row in rows if row.is_for(user)]) for words, rows in GROUPS]
    own = [_line(row, area, {}) for row in OWN if row.is_for(user)]
    return {"groups": groups, "own": own, "user": user, "csrf_token": context.get("csrf_token")}


# Every page has all of these, and finding one takes as long as drawing its line.
_address = cache(reverse)


def _line(entry, area, numbers):
    return {
        "words": entry.words,
        "icon": entry.icon,
        "href": _address(entry.url),
        "is_here": entry.area == area,
        "number": numbers.get(entry.area),
    }
