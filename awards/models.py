"""Awards: the catalogue by law and date, recipients, what they were given, how one is proposed and decided on."""

from .catalogue.models import (
    Amendment,
    AwardType,
    Criterion,
    Decider,
    Definition,
    Measure,
    Need,
    Office,
    Stamp,
    Statement,
)
from .certificates.models import Certificate, Layout, LayoutField, Look, NameAnswer, Printer, Run
from .council.models import Bound, Box, Council, Item, Meeting, Member, Seat, Vote
from .decisions.models import Cancellation, Entry, Return
from .fund.models import Budget, Head, LedgerEntry, Payment
from .handover.models import Handover, HandoverLine, Notice, Round
from .issuing.models import Correction, Draft, NameCheck, Settled, Undoing
from .items.models import Due, ItemKind
from .log import About
from .nominations.models import Dossier, Followed, Nomination, Opinion, Piece
from .presentation.models import Announced, Occasion, OccasionFile, Presented
from .recipients.models import Double, Identity, Inheritance, Merge, Posting, Recipient
from .records.models import Authorship, Award, Decision, HeldPost, Import, Initiative, Pause, Rating, Team
from .registrations.models import Aim, Registration
from .returns.models import Batch, CaseItem, ItemCase
from .stock.models import CountRow, Movement, Order, OrderLine, Serial, StockCount, StockLine, VoucherYear
