"""Files of clusters: photographs, papers, signed pacts, evidence. Who may read the record may fetch its files."""

from documents.models import Upload, register_files
from documents.scan_field import SCANS
from documents.steps import Refused
from documents.uploads import keep as keep_file

from .models import Activity, ActivityFile, Evidence, PactFile, ScoreSheet, SheetPaper

AREA = "cum"


def keep(file, *, by) -> Upload:
    """Store ``file``; the record that it belongs to points to it. Raises ``documents.uploads.UploadRefused``."""
    return keep_file(file, by=by, kind=Upload.Kind.PROOF, area=AREA)


def keep_scan(file, *, by) -> Upload:
    """Store the scan of a paper: PDF or a photograph. Raises ``Refused``, ``documents.uploads.UploadRefused``."""
    refuse_no_scan([file])
    return keep(file, by=by)


def refuse_no_scan(files) -> None:
    """Raise ``Refused`` for what is no scan by its name; ``keep`` makes sure that each is what its name says."""
    if wrong := [file.name for file in files if not file.name.lower().endswith(SCANS)]:
        raise Refused(
            f"Bản đã ký phải là bản quét PDF hoặc ảnh JPG, PNG. Hãy quét hoặc chụp lại: {'; '.join(wrong)}.", "files"
        )


def _seen_by(user):
    """Keys of the files of records that ``user`` may read."""
    activities = Activity.objects.visible_to(user).order_by().values("pk")
    sheets = ScoreSheet.objects.visible_to(user).order_by().values("pk")
    return (
        ActivityFile.objects.filter(activity__in=activities)
        .order_by()
        .values("upload")
        .union(
            PactFile.objects.visible_to(user).order_by().values("upload"),
            Evidence.objects.filter(score__sheet__in=sheets).order_by().values("upload"),
            SheetPaper.objects.filter(sheet__in=sheets).order_by().values("upload"),
            all=True,
        )
    )


register_files(AREA, _seen_by)
