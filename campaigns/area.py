"""Campaigns, as the rest of the program knows them, and their files: photographs, pictures and consents of examples."""

from documents.areas.papers import Papers
from documents.models import Upload
from documents.uploads import drop
from documents.uploads import keep as keep_file
from units.areas import Area

CAMPAIGNS = Area("phong-trao", "Phong trào thi đua")
# Papers that several rooms ask for: those that launch a campaign, by its key, and the reports of reviews, by theirs.
LAUNCH, REPORT = Papers(CAMPAIGNS, "phat-dong"), Papers(CAMPAIGNS, "so-ket-phong-trao")


def keep(file, *, by) -> Upload:
    """Store ``file``; the record that it belongs to points to it. Raises ``documents.uploads.UploadRefused``."""
    return keep_file(file, by=by, kind=Upload.Kind.PROOF, area=CAMPAIGNS.name)


def drop_left(row, *_) -> None:
    """Take out the files that a step left behind, ``row.left``: last, for bytes that are gone do not come back."""
    for upload in filter(None, row.left):
        drop(upload)
