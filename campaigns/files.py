"""Files of campaigns: photographs of results, pictures and consents of good examples. Who may read a record may fetch them."""

from documents.models import Upload
from documents.uploads import keep as keep_file

AREA = "phong-trao"


def keep(file, *, by) -> Upload:
    """Store ``file``; the record that it belongs to points to it. Raises ``documents.uploads.UploadRefused``."""
    return keep_file(file, by=by, kind=Upload.Kind.PROOF, area=AREA)
