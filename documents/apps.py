"""Paper: every document that the office cites, receives or makes."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """The register of documents and their typesetting."""

    name = "documents"
    verbose_name = "Văn bản"

    def ready(self):
        """Let the area that lives in this app hear of its papers, the first page tell what waits, a unit's page its papers."""
        from . import finding, home, restructure, unit_page  # noqa: F401
