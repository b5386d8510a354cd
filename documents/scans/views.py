"""Pages about files: fetching one that somebody added, taking one back, and whether a file was issued here."""

import hashlib
from dataclasses import dataclass

from django.contrib import messages
from django.db.models import Prefetch, Q
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from ..papers.models import Document, Effect
from ..signing.files import seen_in
from ..steps.accepting import accepted
from ..uploads import bare, own_name, thumbnails
from ..uploads.fields import MistakeForm, VerifyForm
from ..uploads.models import Upload
from .actions import erase, may_attach, withdraw

State = Document.State
# Files beside a paper that its body signed.
_SIGNED = (Upload.Kind.SIGNED, Upload.Kind.ATTACHED, Upload.Kind.COPY)
SHOWN_IN_THE_BROWSER = {"pdf", "png", "jpg"}


def upload(request, pk):
    """A file under its own name; PDF and pictures in the browser with ``?xem=1``, pictures small with ``?nho=1``.

    404 for whoever may not see its owner.
    """
    found = get_object_or_404(Upload.objects.visible_to(request.user).with_content(), pk=pk)
    try:
        if request.GET.get("nho") and found.extension in thumbnails.PICTURES:
            return _small(found)
        file = found.file.open()
    except FileNotFoundError:
        raise Http404 from None
    inline = found.extension in SHOWN_IN_THE_BROWSER and request.GET.get("xem")
    response = FileResponse(file, as_attachment=not inline, filename=found.name, content_type=found.content_type)
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _small(upload):
    """The small picture; a browser need not ask for it again within the hour."""
    response = FileResponse(thumbnails.small(upload).open("rb"), content_type="image/jpeg")
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, max-age=3600"
    return response


def withdraw_upload(request, pk):
    """Take back a file that was attached to a paper by mistake, with the reason."""
    found = _of_a_paper(request, pk)
    if not may_attach(found.document, request.user):
        raise Http404
    told = f"Đã ghi tệp «{found.name}» là gắn nhầm. Nếu còn thiếu, hãy gắn tệp đúng."
    return _take_back(request, found, withdraw, lambda _: told)


def erase_upload(request, pk):
    """Erase the content of a file that was taken back, with the reason; for administrators."""
    found = _of_a_paper(request, pk)
    if not request.user.is_administrator:
        raise Http404
    return _take_back(request, found, erase, lambda others: _erased(found, others))


def _of_a_paper(request, pk) -> Upload:
    """A file that was attached to a paper, and that this person may see; else 404."""
    files = Upload.objects.visible_to(request.user).filter(document__isnull=False)
    return get_object_or_404(files.select_related("document__type"), pk=pk)


def _take_back(request, found, act, tell):
    """Ask for the reason, then ``act``; ``tell`` makes the words that say so out of what it gave."""
    form = MistakeForm(request.POST or None)

    def take_back():
        messages.success(request, tell(act(found, by=request.user, **form.cleaned_data)))

    if form.is_valid() and accepted(form, take_back):
        return redirect(found.document)
    context = {"upload": found, "form": form, "erases": act is erase, "area": "documents"}
    return render(request, "documents/scans/take_back.html", context, status=422 if form.errors else 200)


def _erased(found, others) -> str:
    """That the content was erased, and where the same content still is."""
    told = f"Đã xóa nội dung tệp «{found.name}»."
    if not others:
        return told
    places = {row.document.name if row.document else f"tệp «{row.name}» của phần khác" for row in others}
    told += f" Cùng nội dung đó vẫn còn ở: {'; '.join(sorted(places))}."
    return f"{told} Tệp gắn ở văn bản thì ghi gắn nhầm rồi xóa như tệp này."


@dataclass(frozen=True)
class Standing:
    """Whether a paper holds today: the words, and the colour they are shown in."""

    words: str
    colour: str


def verify(request):
    """Whether a file is to the byte one that was issued here, and whether that paper still holds. Nothing is stored."""
    form = VerifyForm(request.POST, request.FILES) if request.method == "POST" else VerifyForm()
    context = {"form": form, "area": "verify"}
    if form.is_bound and form.is_valid():
        file = form.cleaned_data["file"]
        content = file.read()
        context |= {
            "name": own_name(file.name),
            "signatures": seen_in(content),
            **_found(content, request.user),
        }
    return render(request, "documents/scans/verify.html", context)


def _found(content, user) -> dict:
    """What the page tells of a file. One that was sent here was kept without what a camera wrote into it: before and after
    it is the same file.
    """
    sha256, kept = (hashlib.sha256(one).hexdigest() for one in (content, bare(content)))
    same = Upload.objects.filter(kind__in=_SIGNED, sha256__in={sha256, kept}, withdrawn_at=None)
    signed = Q(uploads__in=same)
    ours = Document.objects.filter(origin=Document.Origin.OURS, state__in=Document.FROZEN)
    papers = (
        ours.filter(Q(copy__sha256=sha256) | signed)
        .distinct()
        .select_related("type", "copy")
        .defer("copy__content")
        .prefetch_related(Prefetch("affected_by", _effects()), Prefetch("uploads", same, to_attr="same_files"))
    )
    keys = {key for paper in papers for key in (paper.pk, *(effect.paper_id for effect in paper.affected_by.all()))}
    return {
        "sha256": sha256,
        "papers": [(paper, _standing(paper, timezone.localdate()), _what(paper, sha256)) for paper in papers],
        "open_to": set(Document.objects.open_to(user).filter(pk__in=keys).values_list("pk", flat=True)),
    }


def _what(paper, sha256) -> str:
    """What of a paper a file is: what was issued, or one of its ``same_files``."""
    if paper.copy.sha256 == sha256:
        return "bản phát hành"
    label = paper.same_files[0].get_kind_display()
    return f"{label[:1].lower()}{label[1:]}"


def _effects():
    """What issued papers did to others."""
    return Effect.objects.holding()


def _standing(paper, today) -> Standing:
    """Whether ``paper`` holds on a day."""
    if paper.state != State.ISSUED:
        return Standing(paper.get_state_display(), "danger" if paper.state == State.RECALLED else "warning")
    if paper.effective_to and paper.effective_to <= today:
        return Standing(f"Đã hết hiệu lực từ ngày {paper.effective_to:%d/%m/%Y}", "warning")
    if paper.effective_from and paper.effective_from > today:
        return Standing(f"Đã ban hành, có hiệu lực từ ngày {paper.effective_from:%d/%m/%Y}", "success")
    return Standing("Còn hiệu lực", "success")
