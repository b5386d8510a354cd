"""Scans of papers, small and true."""

import io

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile


def scan(name="ban-giay.pdf"):
    """One blank page as PDF, under any name."""
    content = io.BytesIO()
    document = pikepdf.new()
    document.add_blank_page()
    document.save(content)
    return SimpleUploadedFile(name, content.getvalue())
