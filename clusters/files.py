"""Files of clusters: photographs, papers, signed pacts, evidence. Who may read the record may fetch its files."""

from documents.models import Upload, register_files
from documents.uploads import keep as keep_file

from .models import Activity, ActivityFile, Evidence, Pact, PactFile, ScoreSheet

AREA = "cum"


def keep(file, *, by) -> Upload:
    """Store ``file``; the record that it belongs to points to it. Raises ``documents.uploads.UploadRefused``."""
    return keep_file(file, by=by, kind=Upload.Kind.PROOF, area=AREA)


def _seen_by(user):
    """Keys of the files of records that ``user`` may read."""
    activities = Activity.objects.visible_to(user).order_by().values("pk")
    pacts = Pact.objects.visible_to(user).order_by().values("pk")
    sheets = ScoreSheet.objects.visible_to(user).order_by().values("pk")
    return (
        ActivityFile.objects.filter(activity__in=activities)
        .order_by()
        .values("upload")
        .union(
            PactFile.objects.filter(pact__in=pacts).order_by().values("upload"),
            Evidence.objects.filter(score__sheet__in=sheets).order_by().values("upload"),
            all=True,
        )
    )


register_files(AREA, _seen_by)
