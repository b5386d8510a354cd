"""The outbox: mails of the own unit, which go only when a person has read them and sends them."""

from django.contrib import messages
from django.db.models import Case, Value, When
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from units.columns import Column, InFile, OnPage, state, ticks
from units.lists import OfficeList
from units.permissions import may_write, writers_only

from .actions import SENDABLE, drop_mail, send_mail
from .filters import MailFilter
from .models import Mail
from .views import keys


def _own(request):
    """Mails of this person's unit."""
    return Mail.objects.filter(unit__in=request.user.inherited_units).select_related("by")


def _is_sendable(mail):
    return mail.state in SENDABLE


def _addressed(mail):
    return f"thư gửi {mail.to}"


class Outbox(OfficeList):
    """Mails of the own unit: those that wait first, then the newest."""

    what = "thư"
    filterset_class = MailFilter
    template_name = "documents/deliveries/outbox.html"
    paginate_by = 50
    sorts = {"den": ["to"], "luc": ["created_at"]}
    export_name = "hop-thu-di"
    export_title = "Hộp thư đi"
    columns = [
        InFile("Gửi đến", "to"),
        Column(
            "Thư", "subject", file="Tiêu đề", main=True, to=lambda mail: reverse("mail", args=[mail.pk]), look="wide"
        ),
        OnPage("Gửi đến", "to", sort="den", label="Đến"),
        InFile("Nội dung", "words"),
        OnPage("Viết lúc", "created_at", note="by", sort="luc", label="Viết", look="nowrap muted"),
        Column("Trạng thái", state),
        InFile("Lỗi", "error"),
        InFile("Người viết", "by"),
        InFile("Ngày viết", "created_at"),
        InFile("Ngày gửi", "sent_at"),
    ]
    extra_context = {"area": "outbox"}

    def get_queryset(self):
        """Scoped before anything is filtered."""
        waiting = Case(When(state=Mail.State.WAITING, then=Value(0)), default=Value(1))
        self.queryset = _own(self.request).order_by(waiting, "-pk")
        return super().get_queryset()

    def page_columns(self):
        """Who may send ticks what."""
        boxes = ticks("thu", "mails", "Chọn mọi thư trên trang này", offered=_is_sendable, called=_addressed)
        return [*([boxes] if may_write(self.request.user) else ()), *super().page_columns()]

    def get_context_data(self, **kwargs):
        """Adds whether the person may send."""
        return super().get_context_data(may_write=may_write(self.request.user), **kwargs)


def mail(request, pk):
    """One mail as it will go, or went."""
    found = get_object_or_404(_own(request), pk=pk)
    may_act = may_write(request.user) and found.state in SENDABLE
    return render(request, "documents/deliveries/mail.html", {"mail": found, "may_act": may_act, "area": "outbox"})


@require_POST
@writers_only
def decide(request, verb):
    """Send or drop the mails that were ticked (``thu``)."""
    chosen = keys(request, "thu")
    if _own(request).filter(pk__in=chosen).count() != len(chosen):
        raise Http404
    act, told = {"gui": (send_mail, "Đang gửi {} thư."), "bo": (drop_mail, "Đã bỏ {} thư.")}[verb]
    done = act(chosen, by=request.user)
    if done:
        messages.success(request, told.format(done))
    else:
        messages.warning(request, "Chưa chọn thư nào còn gửi được. Hãy đánh dấu các thư trong bảng rồi bấm lại.")
    return redirect("outbox")
