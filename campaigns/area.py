"""Campaigns, as the rest of the program knows them, and their files: photographs, pictures and consents of examples."""

from functools import partial

from documents.areas.papers import Papers
from documents.models import Upload
from documents.uploads import keep as keep_file
from units.areas import Area

CAMPAIGNS = Area("phong-trao", "Phong trào thi đua")
# Papers that several rooms ask for: those that launch a campaign, by its key, and the reports of reviews, by theirs.
LAUNCH, REPORT = Papers(CAMPAIGNS, "phat-dong"), Papers(CAMPAIGNS, "so-ket-phong-trao")


# Stores a file of a record of this app, which points to it then. Raises ``documents.uploads.UploadRefused``.
keep = partial(keep_file, kind=Upload.Kind.PROOF, area=CAMPAIGNS.name)
