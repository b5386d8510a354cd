"""Clusters, as the rest of the program knows them, and their files: photographs, papers, signed pacts, evidence."""

from functools import partial

from documents.models import Upload
from documents.steps.refusing import Refused
from documents.uploads import keep as keep_file
from documents.uploads.fields import SCANS
from units.areas import Area

CLUSTERS = Area("cum", "Cụm, khối thi đua")


# Stores a file of a record of this app, which points to it then. Raises ``documents.uploads.UploadRefused``.
keep = partial(keep_file, kind=Upload.Kind.PROOF, area=CLUSTERS.name)


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
