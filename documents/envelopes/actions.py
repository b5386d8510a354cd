"""Envelopes, labels, receipts are printed: at once, or by a worker where they are many; whom they were for is kept."""

import io
from itertools import pairwise

import pikepdf

from ..jobs import jobs
from ..jobs.models import Job, JobPart
from ..steps.log import record
from ..steps.models import PAPER
from ..steps.refusing import Refused
from . import envelopes
from .envelopes import Receiver
from .models import Posting, Size, What
from .rules import may_send, receivers_of, sender_of

_KIND = "posting"


def post(document, *, by, what, size, units, others, skipped=0) -> Posting:
    """Keep what is asked for; the next printing begins with it. ``units``: their keys; ``others``: a line for each; ``skipped``:
    free places on the first sheet of labels.
    """
    facts = {"what": what, "size": size, "units": units, "others": others, "skipped": skipped}
    row = Posting.objects.create(document=document, by=by, **facts)
    told = f"{What(what).label.partition(' (')[0]}, {len(receivers_of(row))} nơi nhận"
    record(PAPER, document, "In để gửi", by=by, reason=told, what="post")
    return row


def made(row: Posting, receivers: list[Receiver], skipped=0) -> bytes:
    """The PDF of what was asked for, for these ``receivers`` of it. Raises as ``typesetting.to_pdf`` does."""
    sender = sender_of(row.document)
    if row.what == What.ENVELOPES:
        return envelopes.envelopes(sender, receivers, Size(row.size or Size.DL))
    if row.what == What.LABELS:
        return envelopes.address_labels(sender, receivers, skipped)
    return envelopes.slips(sender, receivers)


def print_long(row: Posting, *, by) -> Job:
    """Ask a worker for what is too much for a page."""
    many = len(receivers_of(row))
    title = f"In {What(row.what).label.partition(' (')[0].lower()}, {many} nơi nhận"
    return Job.objects.create(title=title, by=by, arguments={_KIND: row.pk}, total=many)


def _make(job) -> bytes:
    """The pages, some hundreds of receivers at a time; each part is kept, so that a second try goes on. Raises ``Refused``."""
    row = Posting.objects.select_related("document__issuer_unit", "document__type").get(pk=job.arguments[_KIND])
    if not may_send(row.document, job.by):
        raise Refused("Văn bản này không còn do bạn gửi.")
    receivers, done = receivers_of(row), {*job.parts.values_list("key", flat=True)}
    # What is left free on the first sheet is part of the first part, so that every other begins a sheet.
    ends = [*range(envelopes.A_PART - row.skipped, len(receivers), envelopes.A_PART), len(receivers)]
    for place, end in pairwise([0, *ends]):
        if place not in done:
            content = made(row, receivers[place:end], 0 if place else row.skipped)
            JobPart.objects.create(job=job, key=place, name=f"{place + 1}–{end}", content=content)
        jobs.report(job, done=end)
    return _joined(job.parts.order_by("key").values_list("content", flat=True))


def _joined(parts) -> bytes:
    """One file of them all, for the printer."""
    out = io.BytesIO()
    with pikepdf.new() as whole:
        for part in parts:
            with pikepdf.open(io.BytesIO(bytes(part))) as file:
                whole.pages.extend(file.pages)
        whole.save(out, deterministic_id=True)
    return out.getvalue()


jobs.MAKERS[_KIND] = ("bi-nhan-phieu-{}-{}.pdf", _make)
