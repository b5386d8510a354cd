"""Paper: every document that the office cites, receives or makes."""

from django.apps import AppConfig

from units.rooms import open_rooms


class DocumentsConfig(AppConfig):
    """The register of documents and their typesetting."""

    name = "documents"
    verbose_name = "Văn bản"

    def ready(self):
        """Let what each room registers be known."""
        open_rooms(self.name)
