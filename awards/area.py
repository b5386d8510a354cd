"""Awards, as the rest of the program knows them, and their files: decisions that were made elsewhere, lists, reports."""

from functools import partial

from documents.models import Upload
from documents.uploads import keep as keep_file
from units.areas import Area

AWARDS = Area("khen-thuong", "Khen thưởng")

# Stores a file of a record of this app, which points to it then. Raises ``documents.uploads.UploadRefused``.
keep = partial(keep_file, kind=Upload.Kind.PROOF, area=AWARDS.name)
