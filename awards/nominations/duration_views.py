"""How long files and nominations stood at each step, in days, read off the log; where files stand today."""

import statistics

from django.db.models import Count
from django.shortcuts import render

from documents.models import Change
from units.permissions import overseers_only
from units.text import key_or_none

from ..log import About
from .models import Dossier
from .views import FRAME

_A_DAY = 86_400
# What begins a stay, and what it is called; what else ends one.
_OF_FILES = {
    "submit": "Chờ tiếp nhận",
    "receive": "Thẩm định",
    "return": "Đơn vị bổ sung",
    "appraise": "Từ thẩm định đến báo kết quả",
}
_FILES_END = ("close", "withdraw")
_OF_NOMINATIONS = {
    "to_council": "Ở Hội đồng",
    "passed": "Chờ đưa vào dự thảo quyết định",
    "present": "Soạn, trình, ký quyết định",
}
_NOMINATIONS_END = ("from_council", "failed", "award", "refuse", "take_out", "withdraw_line")


@overseers_only
def durations(request):
    """The mean and the longest of those that went on, as bars; where files stand."""
    year = key_or_none(request.GET.get("nam", ""))
    files = Dossier.objects.visible_to(request.user)
    files = files if year is None else files.filter(year=year)
    tables = [
        ("Hồ sơ", _spans(files, _OF_FILES, _FILES_END, of__isnull=True)),
        ("Đề nghị", _spans(files, _OF_NOMINATIONS, _NOMINATIONS_END, of__isnull=False)),
    ]
    standing = files.exclude(state__in=Dossier.OVER).order_by("state").values_list("state").annotate(number=Count("pk"))
    context = FRAME | {
        "tables": [(name, _told(spans)) for name, spans in tables if spans],
        "standing": [(Dossier.State(state), number) for state, number in standing],
        "year": "" if year is None else str(year),
        "tab": "durations",
    }
    return render(request, "awards/nominations/durations.html", context)


def _spans(files, begin, end, **which) -> dict[str, list[float]]:
    """{what a stay is called: days that each stood there until what came next}; one query."""
    steps = Change.objects.filter(about=About.DOSSIER, what__in=[*begin, *end], **which)
    steps = steps.filter(key__in=files.order_by().values("pk")).order_by("key", "of", "at", "pk")
    found, last = {}, None
    for key, of, what, at in steps.values_list("key", "of", "what", "at"):
        if last and last[:2] == (key, of) and last[2] in begin:
            found.setdefault(last[2], []).append((at - last[3]).total_seconds() / _A_DAY)
        last = key, of, what, at
    return {begin[name]: found[name] for name in begin if name in found}


def _told(spans) -> list[dict]:
    """Of each stay how many, the mean, the longest, and how much of the longest mean it is."""
    longest = max(statistics.mean(days) for days in spans.values())
    return [
        {
            "words": words,
            "count": len(days),
            "mean": (mean := statistics.mean(days)),
            "most": max(days),
            "share": {"percent": 100 * mean / longest if longest else 0},
        }
        for words, days in spans.items()
    ]
