"""The tables that tied papers to their subjects: what they told stands at the papers before they go."""

from importlib import import_module

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from documents.models import Document, DocumentType, Effect

CLUSTERS, CAMPAIGNS = "clusters.migrations.0015_papers_by_their_keys", "campaigns.migrations.0008_reports_by_their_keys"


@pytest.fixture(scope="module")
def before():
    """The models as they were before the tables went."""
    return (
        MigrationLoader(None)
        .project_state([("clusters", "0014_steps_of_ballots"), ("campaigns", "0007_done_shares_of_reports")])
        .apps
    )


@pytest.fixture
def paper(officer):
    """A function that stores a draft with an area and a key."""

    def stored(area="", area_key=""):
        facts = {"subject": "việc", "unit": officer.unit, "author": officer, "area": area, "area_key": area_key}
        return Document.objects.create(type=DocumentType.objects.get(code="BB"), **facts)

    return stored


def tied(before, migration, rows):
    """The migration was run where ``rows``, {table: rows by the columns}, stood in its tables, which are gone then."""
    editor, app = connection.schema_editor(), migration.partition(".")[0]
    editor.deferred_sql = []
    models = {before.get_model(app, table): facts for table, facts in rows.items()}
    with connection.cursor() as cursor:
        for model, facts in models.items():
            cursor.execute(*editor.table_sql(model))
            model.objects.bulk_create(model(**row) for row in facts)
        import_module(migration).tie(before, None)
        for model in models:
            cursor.execute(f"DROP TABLE {model._meta.db_table}")


def ties(*papers):
    return [Document.objects.values_list("area", "area_key").get(pk=paper.pk) for paper in papers]


def test_papers_of_clusters(before, paper):
    bare, told, wrong = paper(), paper("hoat-dong-cum", "minutes-5"), paper("khac", "9")
    half, year = paper(), paper("bao-cao-cum", "year-3")
    minutes, submission = paper("bo-phieu", "7"), paper()
    replacing, discarded, other = paper("bo-phieu", "7"), paper("bo-phieu", "7"), paper("giao-uoc", "7")
    for draft in (replacing, discarded, other):
        Effect.objects.create(paper=draft, target=minutes, kind="replaces")
    tied(before, CLUSTERS, {
        "ActivityPaper": [
            {"document_id": bare.pk, "kind": "invitation", "activity_id": 5},
            {"document_id": told.pk, "kind": "minutes", "activity_id": 5},
            {"document_id": wrong.pk, "kind": "minutes", "activity_id": 6},
        ],
        "ClusterReport": [
            {"document_id": half.pk, "period": "half", "cluster_id": 3},
            {"document_id": year.pk, "period": "year", "cluster_id": 3},
        ],
        "BallotPaper": [
            {"document_id": minutes.pk, "kind": "minutes", "ballot_id": 7},
            {"document_id": submission.pk, "kind": "submission", "ballot_id": 8},
        ],
    })  # fmt: skip
    of_activity, report, of_ballot = "hoat-dong-cum", "bao-cao-cum", "bo-phieu"
    assert ties(bare, told, wrong) == [
        (of_activity, "invitation-5"),
        (of_activity, "minutes-5"),
        (of_activity, "minutes-6"),
    ]
    assert ties(half, year) == [(report, "half-3"), (report, "year-3")]
    assert ties(minutes, submission) == [(of_ballot, "minutes-7"), (of_ballot, "submission-8")]
    assert ties(replacing, discarded, other) == [(of_ballot, "minutes-7"), (of_ballot, "minutes-7"), ("giao-uoc", "7")]


def test_reports_of_reviews(before, paper):
    bare, told = paper(), paper("so-ket-phong-trao", "4")
    tied(before, CAMPAIGNS, {
        "ReviewPaper": [{"document_id": bare.pk, "review_id": 3}, {"document_id": told.pk, "review_id": 4}],
    })  # fmt: skip
    assert ties(bare, told) == [("so-ket-phong-trao", "3"), ("so-ket-phong-trao", "4")]
