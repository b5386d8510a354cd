"""Paper: every document that the office cites, receives or makes."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """The register of documents and their typesetting."""

    name = "documents"
    verbose_name = "Văn bản"
