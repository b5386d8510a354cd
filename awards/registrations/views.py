"""Registrations: those of all units, one beside what was reached, written."""

import django_filters
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from documents.models import history_of
from documents.steps.accepting import accepted, attempted
from documents.steps.pages import offers, step_view
from units.columns import Column, chosen_keys, state, ticks, toned
from units.filters import DressedFilterSet, WordsFilter
from units.lists import OfficeList
from units.models import Unit
from units.pages import form_page
from units.permissions import may_oversee, may_write

from ..catalogue.book import called
from ..log import About
from ..recipients.models import Recipient
from . import actions
from .forms import BeginForm, RegisterForm
from .models import Aim, Registration

FRAME = {"area": "dossiers"}


class RegistrationFilter(DressedFilterSet):
    """Registrations by unit, year, step."""

    q = WordsFilter("Tìm đơn vị", "unit", Unit.objects.all())
    nam = django_filters.NumberFilter(label="Năm", field_name="year", min_value=2000, max_value=2100)
    state = django_filters.ChoiceFilter(label="Trạng thái", choices=Registration.State, empty_label="Tất cả")

    class Meta:
        model = Registration
        fields = ["q", "nam", "state"]


class RegistrationList(OfficeList):
    """What units registered."""

    what = "bản đăng ký"
    filterset_class = RegistrationFilter
    template_name = "awards/registrations/registrations.html"
    export_name = "dang-ky-danh-hieu"
    export_title = "Đăng ký danh hiệu thi đua"
    sorts = {"don-vi": ["unit__sort_text"], "nam": ["year"], "gui": ["sent_on"]}
    columns = [
        Column("Đơn vị", "unit.name", main=True, sort="don-vi"),
        Column("Năm", lambda row: str(row.year), sort="nam", label="Năm"),
        Column("Số đăng ký", "number", label="Số đăng ký", look="points"),
        Column("Đã đạt", "reached", label="Đã đạt", look="points"),
        Column("Ngày gửi", "sent_on", sort="gui", label="Ngày gửi", look="nowrap"),
        Column("Trạng thái", state),
    ]

    def get_queryset(self):
        """Scoped before anything is filtered; with how much was registered and how much of it reached."""
        aims = Aim.objects.with_reached().filter(registration=OuterRef("pk")).order_by().values("registration")
        number = aims.annotate(number=Count("pk")).values("number")
        reached = aims.filter(reached=True).annotate(number=Count("pk")).values("number")
        rows = Registration.objects.visible_to(self.request.user).select_related("unit")
        self.queryset = rows.annotate(number=Coalesce(Subquery(number), 0), reached=Coalesce(Subquery(reached), 0))
        return super().get_queryset()

    def get_context_data(self, **kwargs):
        """Adds what this person may do."""
        user = self.request.user
        may_begin = may_write(user) and user.unit_id
        return super().get_context_data(may_begin=may_begin, oversees=may_oversee(user), **FRAME, **kwargs)


def find(request, pk) -> Registration:
    """A registration that this person may see; else 404."""
    return get_object_or_404(Registration.objects.visible_to(request.user).select_related("unit", "by"), pk=pk)


class AimFilter(DressedFilterSet):
    """Lines of a registration by name, title, whether reached."""

    q = WordsFilter("Tìm tên", "recipient", Recipient.objects.all())
    dat = django_filters.ChoiceFilter(
        label="Kết quả", choices=[("co", "Đã đạt"), ("chua", "Chưa đạt")], empty_label="Tất cả", method="is_reached"
    )

    class Meta:
        model = Aim
        fields = ["q", "dat"]

    def is_reached(self, queryset, name, value):
        """Those that were given, or not."""
        return queryset.filter(reached=value == "co")


def _reached(row):
    return toned("done", "Đã đạt") if row.reached else toned("open", "Chưa đạt")


class RegistrationPage(OfficeList):
    """One registration, each line beside what was reached."""

    what = "dòng đăng ký"
    filterset_class = AimFilter
    template_name = "awards/registrations/registration.html"
    sorts = {"ten": ["recipient__sort_text"]}
    columns = [
        Column("Cá nhân, tập thể", "recipient.name", main=True, note="recipient.post", sort="ten",
               to=lambda row: row.recipient.get_absolute_url()),
        Column("Danh hiệu đăng ký", lambda row: called(row.type), label="Đăng ký"),
        Column("Kết quả", lambda row: "Đã đạt" if row.reached else "Chưa đạt", shown=_reached, label="Kết quả"),
    ]  # fmt: skip

    def get_queryset(self):
        """Of a registration that this person may see."""
        self.registration = find(self.request, self.kwargs["pk"])
        self.export_name = f"dang-ky-{self.registration.pk}"
        self.export_title = str(self.registration)
        self.queryset = self.registration.aims.with_reached().select_related("recipient", "type")
        return super().get_queryset()

    def page_columns(self):
        """Lines are chosen by who may strike them."""
        columns = super().page_columns()
        if not actions.strike.may(self.registration, self.request.user):
            return columns
        return [ticks("dong", "bo", "Chọn mọi dòng", called=lambda row: row.recipient.name), *columns]

    def get_context_data(self, **kwargs):
        """Adds its steps and what became of it."""
        row, user = self.registration, self.request.user
        counts = row.aims.with_reached().aggregate(all=Count("pk"), done=Count("pk", filter=Q(reached=True)))
        return super().get_context_data(
            registration=row,
            counts=counts,
            may_edit=actions.register.may(row, user),
            steps=offers(actions.STEPS, row, user, self.refused),
            changes=history_of(About.REGISTRATION, row.pk)[:40],
            **FRAME,
            **kwargs,
        )


def _page(request, row, refused):
    return RegistrationPage.again(request, refused, pk=row.pk)


step = step_view(actions.STEPS, find, _page)


def new_registration(request):
    """Begin one."""
    if not (may_write(request.user) and request.user.unit_id):
        raise PermissionDenied("Bản đăng ký do đơn vị lập. Tài khoản của bạn không lập được.")
    form = BeginForm(request.POST or None)
    found = []
    sent = request.method == "POST" and form.is_valid()
    if sent and accepted(form, lambda: found.append(actions.begin(by=request.user, **form.cleaned_data))):
        messages.success(request, f"Đã lập bản đăng ký năm {found[0].year}, {found[0].aims.count()} dòng.")
        return redirect(found[0])
    return form_page(request, form, "Đăng ký danh hiệu thi đua", back="registrations", save="Lập bản đăng ký", **FRAME)


def kept(request, pk) -> Registration:
    """A registration that this person writes; else 403, 404."""
    row = find(request, pk)
    if not row.is_kept_by(request.user):
        raise PermissionDenied(f"Bản đăng ký này do {row.unit} ghi.")
    return row


def register(request, pk):
    """Add those who strive for one title."""
    row = kept(request, pk)
    if told := actions.register.untimely(row, request.user):
        messages.error(request, told)
        return redirect(row)
    form = RegisterForm(request.POST or None, unit=row.unit)
    if request.method == "POST" and form.is_valid():
        typed = {name: form.cleaned_data[name] for name in ("type", "recipients")}
        if accepted(form, lambda: actions.register(row, by=request.user, **typed)):
            messages.success(request, "Đã thêm vào bản đăng ký.")
            return redirect(row)
    return form_page(request, form, "Thêm vào bản đăng ký", up=row, back=row, **FRAME)


@require_POST
def strike(request, pk):
    """Take out the lines that were chosen."""
    row = kept(request, pk)
    keys = chosen_keys(request.POST, "dong")
    if not keys:
        messages.error(request, "Chưa chọn dòng nào.")
    elif attempted(request, lambda: actions.strike(row, by=request.user, aims=keys)):
        messages.success(request, f"Đã bỏ {len(keys)} dòng.")
    return redirect(row)
