"""Conferences, as the rest of the program knows them, and their files: photographs, resolutions, portraits."""

from functools import partial

from documents.models import Upload
from documents.uploads import keep as keep_file
from units.areas import Area

CONFERENCES = Area("hoi-nghi", "Hội nghị, đại hội")

# Stores a file of a record of this app, which points to it then. Raises ``documents.uploads.UploadRefused``.
keep = partial(keep_file, kind=Upload.Kind.PROOF, area=CONFERENCES.name)
