"""Every paper of the office, its parts, its edits; and the jobs that make many papers at once."""

from .document import Appendix, Document, Edit
from .job import Job
from .type import DocumentType

__all__ = ["Appendix", "Document", "DocumentType", "Edit", "Job"]
