"""The page of invitations: who has one, how all are written, approved, issued and printed at once."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_POST

from awards.handover.forms import ManyForm
from documents.areas.papers import key_of
from documents.jobs.actions import print_many
from documents.life import many
from documents.life.actions import STEPS
from documents.steps.accepting import accepted, attempted
from units.columns import Column, InFile, OnPage
from units.lists import OfficeList
from units.templatetags.parts import link

from ..events.actions import KEEPING
from ..events.models import Event
from ..events.page import find
from . import inviting
from .filters import InvitedFilter
from .page import frame


def _for(request, pk) -> Event:
    """A conference whose invitations this person writes; 403 for others who see it."""
    found = find(request, pk)
    if not KEEPING.may(found, request.user):
        raise PermissionDenied(f"Giấy mời của hội nghị này do {KEEPING.words(found)} soạn.")
    return found


def _post(row) -> str:
    return ", ".join(filter(None, [row.post, row.workplace]))


def _invitation(row):
    paper = row.invitation
    return link(paper, paper.reference or paper.get_state_display()) if paper else ""


class Invitations(OfficeList):
    """Those who are invited, each with the own invitation."""

    what = "đại biểu"
    filterset_class = InvitedFilter
    frame = "conferences/events/base.html"
    template_name = "conferences/delegates/invitations.html"
    refused = None
    sorts = {"ten": ["sort_text"], "doan": ["delegation__unit__sort_text"]}
    columns = [
        Column("Họ và tên", "name", main=True, note=_post, sort="ten"),
        InFile("Chức vụ, đơn vị", _post),
        Column("Đoàn", "delegation.unit", sort="doan", label="Đoàn"),
        Column("Là", "get_role_display", label="Là"),
        OnPage("Giấy mời", _invitation, label="Giấy mời"),
        Column("Mời ngày", "invited_on", label="Mời ngày", look="nowrap"),
    ]

    def get_queryset(self):
        """Those who are settled."""
        self.event = _for(self.request, self.kwargs["pk"])
        self.export_name, self.export_title = f"giay-moi-{self.event.pk}", f"Giấy mời dự {self.event}"
        self.queryset = inviting.to_invite(self.event)
        return super().get_queryset()

    def get_context_data(self, **kwargs):
        """Adds the papers of those on the page, and what may be done with all of them."""
        user, found = self.request.user, self.event
        context = super().get_context_data(**frame(self.request, found, "invitations"), **kwargs)
        _tell_page(context["page_obj"])
        every, is_ready = inviting.invitations_of(found).open_to(user), found.state == Event.State.READY
        missing = inviting.without_invitation(found) if is_ready else ()
        return context | {
            "missing": len(missing),
            "number": every.count(),
            "many": [(STEPS[what], number, self.form_of(what)) for what, number in many.offered(every, user).items()],
        }

    def form_of(self, what):
        """The form of a step with all papers: the one that was refused, or a fresh one."""
        told = self.refused
        return told if told is not None and told.what == what else ManyForm(what=what, auto_id=f"{what}_%s")


def _tell_page(rows):
    """Give each row its latest ``invitation``. One query."""
    found = {}
    for paper in inviting.OF_GUEST.of(*(row.pk for row in rows)):
        found.setdefault(int(key_of(paper)), paper)
    for row in rows:
        row.invitation = found.get(row.pk)


invitations = Invitations.as_view()


@require_POST
def write_invitations(request, pk):
    """Have a worker write those that are missing."""
    found = _for(request, pk)
    made = attempted(request, lambda: inviting.draft_each(found, by=request.user))
    return redirect(made) if made else redirect("invitations", pk)


@require_POST
def many_invitations(request, pk, act):
    """One step with all invitations that wait for it, by a worker."""
    found = _for(request, pk)
    if act not in many.MANY:
        raise Http404
    form, made = ManyForm(request.POST, what=act, auto_id=f"{act}_%s"), []
    form.what = act
    rows = inviting.invitations_of(found).open_to(request.user)
    facts = {"by": request.user, "back": request.path.rpartition("nhieu/")[0]}
    if form.is_valid():
        accepted(form, lambda: made.append(many.ask(act, rows, **facts, **form.cleaned_data)))
    return redirect(made[0]) if made else Invitations.again(request, form, pk=pk)


@require_POST
def print_invitations(request, pk):
    """The PDFs of all invitations in one file, by a worker."""
    found = _for(request, pk)
    return redirect(print_many(documents=inviting.invitations_of(found).open_to(request.user), by=request.user))


urlpatterns = [
    path("hoi-nghi/<int:pk>/giay-moi/", invitations, name="invitations"),
    path("hoi-nghi/<int:pk>/giay-moi/soan/", write_invitations, name="write_invitations"),
    path("hoi-nghi/<int:pk>/giay-moi/nhieu/<slug:act>/", many_invitations, name="many_invitations"),
    path("hoi-nghi/<int:pk>/giay-moi/in/", print_invitations, name="print_invitations"),
]
