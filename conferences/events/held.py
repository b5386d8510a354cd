"""What is done with a conference once its day has come: who came, what came of it, its photographs; taken back, returned."""

from django import forms
from django.utils import timezone

from documents.steps.forms import StepForm
from documents.steps.log import words_of
from documents.steps.refusing import Refused
from documents.uploads import add_to, drop_from, drop_left

from ..area import keep
from .actions import DEPARTMENT, EVENTS, KEEPING, State, words
from .models import OF_EVENT, Paper


def came_field(role) -> str:
    """The field in which is typed how many of ``role`` came."""
    return f"came-{role}"


@EVENTS.step("hold", "Ghi đã tổ chức", [State.READY], to=State.HELD, who=KEEPING, form=None, look="primary",
             words=lambda row: words(row) | _came_words(row))  # fmt: skip
def hold(event, *, by, day, came):
    """It was held, last on ``day``; ``came``: {role: how many}."""
    if day > timezone.localdate():
        raise Refused(f"Ngày {day:%d/%m/%Y} chưa đến. Hãy ghi sau khi đã tổ chức.", "day")
    if not event.day <= day <= event.last_day:
        raise Refused(f"Hội nghị định ngày {event.span}. Tổ chức ngày khác thì ghi «Hoãn» trước.", "day")
    for row in event.headcounts.all():
        row.came = came.get(row.role)
        if row.came is None:
            raise Refused(f"{row.get_role_display()}: hãy ghi số người có mặt.", came_field(row.role))
        row.save(update_fields=["came"])
    event.held_on = day


def _came_words(event):
    rows = event.headcounts.exclude(came=None)
    return {f"{row.get_role_display()} có mặt": str(row.came) for row in rows}


def _has_minutes(event, user) -> str:
    papers = OF_EVENT.standing(event.pk).filter(
        area_key__in=[f"{Paper.MINUTES}-{event.pk}", f"{Paper.REPORT}-{event.pk}"]
    )
    return "Đã soạn biên bản, báo cáo của hội nghị. Hãy bỏ hoặc thu hồi văn bản đó trước." if papers.exists() else ""


@EVENTS.step("unhold", "Mở lại để ghi lại", [State.HELD], to=State.READY, who=KEEPING, needs_reason=True,
             fault=_has_minutes, icon="arrow-back-up", told="Đã mở lại. Sửa xong thì ghi lại.")  # fmt: skip
def unhold(event, *, by):
    """What was noted of who came was wrong."""
    event.held_on = None
    event.headcounts.update(came=None)


class ReportForm(StepForm):
    """What came of it."""

    results = forms.CharField(label="Kết quả", max_length=10_000, widget=forms.Textarea(attrs={"rows": 6}))
    shortcomings = forms.CharField(
        label="Tồn tại, nguyên nhân", max_length=5000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    resolution = forms.CharField(
        label="Nghị quyết, kết luận", max_length=10_000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )

    def prepare(self):
        """What was written before it was returned."""
        for name in ("results", "shortcomings", "resolution"):
            self.initial[name] = getattr(self.row, name)


@EVENTS.step("report", "Báo cáo kết quả", [State.HELD], to=State.REPORTED, who=KEEPING, form=ReportForm, look="primary",
             address="report_conference", icon="send", told="Đã báo cáo kết quả.",
             words=lambda row: words(row) | words_of(row, ["results", "shortcomings", "resolution"]))  # fmt: skip
def report(event, *, by, results, shortcomings, resolution):
    """Tell of what came of it; who came stands beside what was planned."""
    event.results, event.shortcomings, event.resolution = results, shortcomings, resolution
    event.reported_on, event.returned_for = timezone.localdate(), ""


@EVENTS.step("return_report", "Trả lại báo cáo", [State.REPORTED], to=State.HELD, who=DEPARTMENT, needs_reason=True,
             button="Trả lại kèm lý do", icon="arrow-back-up", told="Đã trả lại báo cáo kèm lý do.")  # fmt: skip
def return_report(event, *, by, reason):
    """The department asks for more than the report says."""
    event.returned_for, event.reported_on = reason.strip(), None


# --- Photographs

_OPEN = [State.PLANNED, State.ASKED, State.READY, State.HELD, State.REPORTED]


@EVENTS.step("add_files", "Thêm ảnh, giấy tờ", _OPEN, who=KEEPING, form=None)
def add_files(event, *, by, files, caption=""):
    """Keep files, all with ``caption``. Raises ``UploadRefused`` for what is none that is taken."""
    return add_to(event, files, caption, by=by, keep=keep)


@EVENTS.step("drop_file", "Xóa tệp", _OPEN, who=KEEPING, form=None, then=drop_left)
def drop_file(event, *, by, key):
    """Take one file out."""
    return drop_from(event, key)
