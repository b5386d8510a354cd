"""The PDF of sheets: a batch, one sheet, a whole run by a worker; sheets to try, to confirm names by, to set a printer by."""

from documents.jobs.jobs import MAKERS, report
from documents.jobs.models import Job
from documents.steps.refusing import Refused
from documents.typesetting.stamping.sheets import Sheet, Spot
from documents.typesetting.stamping.stamp import stamp, stamped

from .actions import make
from .layouts import record_of, sheet_as_printed, sheet_of
from .models import BATCH, Certificate, LayoutField, Run

_KIND = "certificates"
Prints = LayoutField.Prints
# What stands on a layout that is tried: long words, so that it is seen whether they fit.
TRIED = {
    Prints.DECIDER: "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH LẠNG SƠN",
    Prints.AWARD: "CHIẾN SĨ THI ĐUA CƠ SỞ",
    Prints.ADDRESS: "Bà",
    Prints.NAME: "Nguyễn Thị Phương Thương",
    Prints.POST: "Phó Trưởng phòng Nghiệp vụ Thi đua - Khen thưởng, Sở Nội vụ tỉnh Lạng Sơn",
    Prints.DEED: "Đã có thành tích xuất sắc trong phong trào thi đua yêu nước, góp phần hoàn thành nhiệm vụ công tác năm 2025",
    Prints.YEAR: "Năm 2025",
    Prints.ISSUER: "ỦY BAN NHÂN DÂN TỈNH LẠNG SƠN",
    Prints.DECISION: "Quyết định số 1234/QĐ-UBND ngày 20/11/2026",
    Prints.GOLDEN: "Số sổ vàng: 123",
    Prints.PLACE_DATE: "Lạng Sơn, ngày 20 tháng 11 năm 2026",
    Prints.SIGNER_TITLE: "CHỦ TỊCH",
    Prints.SIGNER: "Nguyễn Văn Mẫu",
}
_NO_CODE = "0" * 26


def pdf_of(sheets, look, printer=None) -> bytes:
    """The PDF of ``sheets``, certificates printed with ``look``, for a printer. Raises ``apart.NotSet``."""
    page = sheet_as_printed(look)
    page = page.moved(printer.right, printer.down) if printer else page
    return stamped(page, [record_of(one.texts, one.code) for one in sheets])


def counting(run):
    """The sheets of a run that count. One printed again after its layout was changed is printed alone."""
    return run.certificates.filter(state=Certificate.State.PRINTED, look=run.look_id)


def of_batch(run, number):
    """The sheets of a batch that count, in the order in which they are printed."""
    return counting(run).filter(batch=number).order_by("number", "pk")


def tried(layout) -> bytes:
    """A sheet of ``layout`` with invented words, marked as such. Raises ``Refused`` where they do not fit."""
    page = sheet_of(layout, over=[_mark(layout, "BẢN IN THỬ")])
    try:
        return stamped(page, [record_of(TRIED, _NO_CODE)])
    except ValueError:
        raise Refused("Chữ mẫu dài quá một ô của mẫu này. Hãy nới ô, thêm dòng hoặc giảm cỡ nhỏ nhất.") from None


def proofs(ready, layout) -> bytes:
    """A marked sheet for each of ``ready`` (``rules.Ready``) that fits, by which units confirm names."""
    page = sheet_of(layout, over=[_mark(layout, "BẢN IN THỬ – ĐỂ KIỂM TRA TÊN")])
    return stamped(page, [record_of(one.texts, _NO_CODE) for one in ready])


def flags(ready, layout) -> bytes:
    """The words of each flag in their size, for who makes it."""
    return stamped(sheet_of(layout), [one.texts for one in ready])


def _mark(layout, words) -> Spot:
    """What tells a sheet that is no certificate, along its upper edge."""
    return Spot("mark", 4, 1, layout.width - 8, 8, 15, 8, bold=True, colour="#b3261e", align="left", words=words)


# --- A printer


def calibration(width: int, height: int, printer) -> bytes:
    """A sheet with rulers from its edges and a cross in its middle: how far they are off is what the printer is told."""
    lines = [_ruler(width, height)]
    drawn = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">{"".join(lines)}</svg>'
    told = (
        f"{printer}: đang dịch phải {_shown(printer.right)} mm, xuống {_shown(printer.down)} mm. Đo từ mép giấy đến vạch 10: "
        "thiếu bao nhiêu mm thì tăng số dịch bấy nhiêu, thừa thì giảm."
    )
    marks = [
        Spot(f"{way} {mm}", *place, 6, 4, 8, align="left", words=str(mm))
        for mm in (10, 20, 30)
        for way, place in (("right", (mm + 0.5, height / 2 + 4)), ("down", (width / 2 + 5, mm - 3.8)))
    ]
    spots = (
        Spot("words", 25, height / 2 - 25, width - 50, 14, 12, 8, 3, words=told),
        Spot("size", 25, height / 2 + 12, width - 50, 6, 11, words=f"Giấy {width} × {height} mm"),
        *marks,
    )
    page = Sheet(width, height, spots, title="Tờ căn máy in", drawing=drawn)
    return stamped(page.moved(printer.right, printer.down), [{}])


def _shown(mm) -> str:
    """``−1,5``."""
    return f"{mm:g}".replace(".", ",").replace("-", "−")


def _ruler(width, height):
    """Marks each millimetre over the first three centimetres from the left and the upper edge, and a cross."""
    parts = []
    for mm in range(31):
        long = 8 if mm % 10 == 0 else 5 if mm % 5 == 0 else 3
        parts.append(f"M{mm} {height / 2 - long / 2}v{long}M{width / 2 - long / 2} {mm}h{long}")
    parts.append(f"M{width / 2 - 10} {height / 2}h20M{width / 2} {height / 2 - 10}v20")
    parts.append(f"M10 10h{width - 20}v{height - 20}h{20 - width}z")
    return f'<path d="{"".join(parts)}" fill="none" stroke="#000" stroke-width=".2"/>'


# --- By a worker


def apart(run) -> Job:
    """Have a worker make the sheets of a run."""
    run.job = Job.objects.create(title=str(run)[:200], by=run.by, arguments={_KIND: run.pk}, total=run.most)
    run.save(update_fields=["job"])
    return run.job


def _make(job) -> bytes:
    """The sheets of a run, then the PDF of all of them."""
    rows = Run.objects.select_related("look__emblem", "layout", "decision", "printer", "by")
    run = rows.get(pk=job.arguments[_KIND], by=job.by)
    if run.state == Run.State.MAKING:
        run = make(run, tell=lambda done: report(job, done=done))
    job.message = run.stopped_for
    page = sheet_as_printed(run.look)
    page = page.moved(run.printer.right, run.printer.down) if run.printer else page
    rows = counting(run).order_by("batch", "number", "pk")
    records = (record_of(texts, code) for texts, code in rows.values_list("texts", "code").iterator(BATCH))
    return stamp(page, records, tell=lambda done: report(job, message=job.message))


MAKERS[_KIND] = ("bang-{}-{}.pdf", _make)
