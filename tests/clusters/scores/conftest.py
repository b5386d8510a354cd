"""The cluster of the north with its criteria approved and its sheets open."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from clusters.scores import actions as scoring
from units.models import Role

from ...conftest import make_unit, make_user
from ...documents.uploads.test_uploads import pdf
from .scored import make_set, with_verifier


@pytest.fixture
def opened(cluster, category, officer, leader):
    """The cluster with its criteria approved and its sheets open."""
    make_set(category, officer, approver=leader)
    scoring.open_scoring(cluster.division, by=officer)
    return cluster


@pytest.fixture
def health(db):
    """A department that verifies criterion 2, with its officer."""
    return make_user("yte", "Lương Thị Tế", Role.UNIT_OFFICER, make_unit("so-y-te", "Sở Y tế"))


@pytest.fixture
def opened_with_department(cluster, category, officer, leader, health):
    make_set(category, officer, rows=with_verifier(health.unit), approver=leader)
    scoring.open_scoring(cluster.division, by=officer)
    return cluster


@pytest.fixture
def pdf_file():
    return SimpleUploadedFile("bao-cao.pdf", pdf())
