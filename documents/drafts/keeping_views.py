"""What a page of a draft says every few seconds and what it is told; what was typed before and not stored."""

from base64 import b64encode

from django.contrib import messages
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string, salted_hmac
from django.views.decorators.http import require_POST

from units.permissions import writers_only

from ..papers.models import Document
from ..steps.refusing import newer_words
from . import keeping

# What of the address of a new paper's page says what it was begun from.
BEGUN_FROM = ("loai", "mau", "co_quan", "ho_so")
# In the session: the key of the page that was stored last.
STORED = "typed_and_stored"
# So many pages that were left are offered; what is older is on the page where papers are begun.
MOST_OFFERED = 5


def now() -> int:
    """The server's clock as scripts count it, in milliseconds."""
    return round(timezone.now().timestamp() * 1000)


def address_of(request) -> str:
    """From what a paper that was never stored is begun, as its page's address says it."""
    given = request.GET.copy()
    for name in [name for name in given if name not in BEGUN_FROM]:
        del given[name]
    return given.urlencode()[:200]


def desk(request, document) -> dict:
    """What the scripts of a draft's page know: under which key they keep, what was typed before, and who sits here.

    ``secret`` locks what waits on this machine while there is no line: the next person at it has another one.
    """
    key = request.POST.get(keeping.KEY, "")
    kept = keeping.offered(request.user, document if document.pk else None, address_of(request))
    own = kept.filter(key=key).first() if key else None
    fresh = get_random_string(20)
    return {
        "user": request.user.pk,
        "key": key or fresh,
        "serial": own.serial if own else 0,
        "place": f"{document.pk or address_of(request)}",
        "version": document.version if document.pk else 0,
        "now": now(),
        "draft": document.pk or "",
        "keepUrl": f"{reverse('keep_typed')}?{address_of(request)}",
        "previewUrl": f"{reverse('preview')}?{address_of(request)}",
        "loginUrl": reverse("login"),
        "secret": b64encode(
            salted_hmac("documents.drafts.kept", request.user.pk, algorithm="sha256").digest()
        ).decode(),
        "stored": request.session.pop(STORED, ""),
        "refused": request.method == "POST",
        "kept": [] if request.method == "POST" else [_told(row) for row in kept[:MOST_OFFERED]],
    }


def opened_by_another(request) -> str:
    """What to tell where the page was opened by another person than is logged in at this machine now; else nothing.

    Told once: the page that tells it is this person's.
    """
    if request.POST.get(keeping.PERSON, str(request.user.pk)) == str(request.user.pk):
        return ""
    return (
        f"Trang này do người khác mở; máy đang đăng nhập bằng tài khoản của {request.user}. Chữ đã gõ còn nguyên ở dưới. "
        f"Hãy đăng nhập lại tài khoản của mình rồi lưu; bấm lưu lần nữa ở đây là lưu với tên {request.user}."
    )


def end_typing(request) -> None:
    """What was typed on this page is stored now: it is not kept any more, here and, told by the next page, on its machine."""
    key = request.POST.get(keeping.KEY, "")
    keeping.forget(request.user, key)
    if key:
        request.session[STORED] = key[:40]


def too_late(request, document):
    """What was typed on a page of a paper that went on meanwhile is kept, and shown to its writer."""
    keeping.keep_posted(request.user, request.POST, document)
    state = document.get_state_display()
    messages.error(
        request, f"Văn bản đang ở bước «{state}», không lưu vào văn bản được nữa. Chữ bạn đã gõ còn nguyên ở dưới."
    )
    return redirect("choose_type")


def _told(row) -> dict:
    at = timezone.localtime(row.typed_at)
    return {
        "key": row.key,
        "serial": row.serial,
        "version": row.version,
        "at": f"{at:%H:%M %d/%m/%Y}",
        "fields": row.fields,
    }


@require_POST
@writers_only
def keep(request):
    """Keep what a page sent; answers with the serial, who else is there, and whether a newer version was stored.

    409 tells what the page does next: ``behind``: send everything; ``taken``: take another key; ``person``: somebody else is
    logged in; ``over``: the paper is no draft any more, what was typed is kept beside it.
    """
    if request.POST.get(keeping.PERSON) != str(request.user.pk):
        return _refused("person", name=str(request.user))
    document = draft_of(request)
    try:
        page = keeping.sent(request.POST)
        serial = _done(request, page, document)
    except keeping.Behind:
        return _refused("behind")
    except keeping.Taken:
        return _refused("taken")
    if document and not document.is_draft:
        return _refused("over", state=document.get_state_display(), serial=serial)
    return JsonResponse({"serial": serial, "now": now(), **(_company(request, page, document) if document else {})})


def _refused(why, **more):
    return JsonResponse({"why": why, **more}, status=409)


def draft_of(request):
    """The draft that is written, if it was stored; 404 where this person may not write it."""
    key = request.POST.get("pk", "")
    if not key:
        return None
    papers = Document.objects.open_to(request.user).defer("body", "bases", "search_text")
    found = get_object_or_404(papers, pk=int(key) if key.isdecimal() and len(key) < 18 else 0)
    if not (found.is_ours and found.is_of(request.user)):
        raise Http404
    return found


def _done(request, page, document) -> int:
    """What the page asked for; its serial."""
    what = request.POST.get(f"{keeping.CONTROL}viec", "")
    if what == "bo":
        keeping.forget(request.user, page.key)
    elif what == "co-mat":
        if document:
            keeping.be_there(request.user, page, document=document)
    else:
        facts = {"document": document, "address": "" if document else address_of(request)}
        facts["version"] = keeping.number(request.POST.get("version", ""))
        page.serial = keeping.keep(request.user, page, **facts).serial
    if request.POST.get(f"{keeping.CONTROL}roi"):
        keeping.leave(request.user, page)
    return page.serial


def _company(request, page, document) -> dict:
    """Who else is on the draft, and whether somebody stored it since this page was opened."""
    rows = keeping.others(request.user, document, page)
    people = [
        {"name": row.by.full_name, "isSelf": row.by_id == request.user.pk, "isAtWork": row.is_at_work} for row in rows
    ]
    seen = request.POST.get("version", "")
    is_newer = seen.isdecimal() and int(seen) != document.version
    return {"others": people, "newer": f"{newer_words(document.edits.first())}." if is_newer else ""}


@require_POST
@writers_only
def forget(request):
    """Throw away what was typed on a page that was left, from the page where papers are begun."""
    keeping.forget(request.user, request.POST.get("khoa", ""))
    messages.success(request, "Đã bỏ bản đang gõ dở.")
    return redirect("choose_type")
