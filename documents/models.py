"""Every paper of the office: its parts, its life, its number, whom it goes to and what it asks; and long jobs."""

from .area import PAPERS  # areas stand in the order of the apps
from .changes.models import ChangeNotice
from .deliveries.models import Answer, Delivery, Mail, Reminder
from .drafts.models import Writing
from .duties.models import Assignment, Report
from .envelopes.models import Posting
from .exchange.models import AxisOrgan, AxisPackage, AxisReceiver, AxisState, AxisTold, AxisType
from .jobs.models import Job, JobPart, Worker
from .papers.models import (
    TYPED,
    Addressee,
    AddresseeGroup,
    Appendix,
    Document,
    DocumentType,
    Duty,
    Effect,
    Frozen,
    IssuedCopy,
    Usual,
)
from .proofing.models import RuleChoice
from .register.models import Arrival, NumberSeries, SeriesYear
from .signing.models import (
    FileLooked,
    FileSignature,
    PagesToSign,
    SealedKey,
    SignatureLook,
    SigningToken,
    TrustedCertificate,
)
from .steps.models import Change, Sending, differences, history_of
from .texts.models import Beginning, OfficeText, Phrase, Wording
from .uploads.models import KeptFile, Upload
from .word.models import WordFile
