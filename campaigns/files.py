"""Files of campaigns: photographs of results, pictures and consents of good examples. Who may read a record may fetch them."""

from documents.models import Upload, register_files
from documents.uploads import keep as keep_file
from units.permissions import may_manage, may_write

from .models import Example, Joining, ResultFile

AREA = "phong-trao"


def keep(file, *, by) -> Upload:
    """Store ``file``; the record that it belongs to points to it. Raises ``documents.uploads.UploadRefused``."""
    return keep_file(file, by=by, kind=Upload.Kind.PROOF, area=AREA)


def _kept_examples(user):
    """Examples that ``user`` may change, as ``Example.is_kept_by`` says of one."""
    if not may_write(user):
        return Example.objects.none()
    return Example.objects.all() if may_manage(user) else Example.objects.filter(unit__in=user.inherited_units)


def _seen_by(user):
    """Keys of the files of what ``user`` may read; a consent is for those who keep the profile."""
    own = Joining.objects.filter(unit__in=user.inherited_units).order_by().values("pk")
    others = Joining.objects.visible_to(user).order_by().values("pk")
    told = ResultFile.objects.filter(result__joining__in=others, result__sent_at__isnull=False)
    pictures = Example.objects.visible_to(user).exclude(picture=None)
    consents = _kept_examples(user).exclude(consent_file=None)
    return (
        ResultFile.objects.filter(result__joining__in=own)
        .order_by()
        .values("upload")
        .union(
            told.order_by().values("upload"),
            pictures.order_by().values("picture"),
            consents.order_by().values("consent_file"),
            all=True,
        )
    )


register_files(AREA, _seen_by)
