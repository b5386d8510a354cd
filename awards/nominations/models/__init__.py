"""What units propose: files with nominations, what goes with them, who follows whom, opinions that were asked."""

from .dossiers import OF_DOSSIER, OF_NOMINATION, Dossier, Followed, Paper
from .nominations import Nomination
from .opinions import Opinion
from .pieces import Piece
