"""Paper: every document that the office cites, receives or makes."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """The register of documents and their typesetting."""

    name = "documents"
    verbose_name = "Văn bản"

    def ready(self):
        """Let the area that lives in this app hear of its papers, and the first page tell what waits."""
        from . import finding, home, restructure  # noqa: F401
