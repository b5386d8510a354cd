"""How many awards there are of each sort is kept by triggers of PostgreSQL, in the transaction of whatever changes an award.

Whoever writes waits for nobody: a change is added as rows of its own, together with those of the same sorts that no other
transaction holds, which are put away. A recipient or decision is held against changes while awards of it are counted, so
that each award is counted with what was said of it last.
"""

import django.db.models.deletion
import django.db.models.functions.comparison
from django.db import migrations, models

KEYS = (
    "decided_in, type_id, whom, position_class, body_class, route, off, submitter, gender, ethnicity, unit_id, home_id"
)
# The awards among ``awards``, as rows of the table of counts.
COUNTED = """
    SELECT extract(year FROM a.decided_on)::smallint AS decided_in, a.type_id, a.whom, a.position_class, a.body_class, a.route,
        a.cancelled_on IS NOT NULL AS off, d.submitter, r.gender, r.ethnicity, a.unit_id, a.home_id, {n} AS n
    FROM {awards} a JOIN {recipients} r ON r.id = a.recipient_id JOIN {decisions} d ON d.id = a.decision_id WHERE a.stands"""
SAME = " AND ".join(
    f"coalesce(t.{key}, 0) = coalesce(c.{key}, 0)" if key in ("unit_id", "home_id") else f"t.{key} = c.{key}"
    for key in KEYS.split(", ")
)
ADD = f"""
    WITH change AS MATERIALIZED
        (SELECT {KEYS}, sum(n) AS n FROM ({{changed}}) counted GROUP BY {KEYS} HAVING sum(n) <> 0),
    taken AS (DELETE FROM awards_tally WHERE id IN
        (SELECT t.id FROM awards_tally t JOIN change c ON {SAME} FOR UPDATE OF t SKIP LOCKED) RETURNING {KEYS}, n)
    INSERT INTO awards_tally ({KEYS}, n) SELECT {KEYS}, sum(n)
    FROM (SELECT * FROM change UNION ALL SELECT * FROM taken) together GROUP BY {KEYS} HAVING sum(n) <> 0"""
HOLD = """
    PERFORM FROM awards_recipient WHERE id IN (SELECT recipient_id FROM {rows}) ORDER BY id FOR SHARE;
    PERFORM FROM awards_decision WHERE id IN (SELECT decision_id FROM {rows}) ORDER BY id FOR SHARE;"""
TRIGGER = """
CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {before} {add}; RETURN NULL; END $$;
CREATE TRIGGER {name} AFTER {event} ON {table} REFERENCING {tables} FOR EACH STATEMENT EXECUTE FUNCTION {name}()"""
TABLES = {"awards": "awards_award", "recipients": "awards_recipient", "decisions": "awards_decision"}
EVENTS = [("awards", "insert"), ("awards", "delete"), *((name, "update") for name in TABLES)]


def _counted(name="", rows="", n=1):
    return COUNTED.format(**TABLES | {name: rows}, n=n)


def _trigger(name, event):
    """What keeps the counts when rows of a table come, change or go."""
    sides = {"insert": [("new", 1)], "delete": [("old", -1)]}.get(event, [("old", -1), ("new", 1)])
    return TRIGGER.format(
        name=f"tally_{name}_{event}",
        event=event,
        table=TABLES[name],
        tables=" ".join(f"{side} TABLE AS {side}_rows" for side, _ in sides),
        before="".join(HOLD.format(rows=f"{side}_rows") for side, _ in sides) if name == "awards" else "",
        add=ADD.format(changed=" UNION ALL ".join(_counted(name, f"{side}_rows", n) for side, n in sides)),
    )


def count(apps, schema_editor):
    """Triggers, then what there is already."""
    if schema_editor.connection.vendor == "postgresql":
        for event in EVENTS:
            schema_editor.execute(_trigger(*event), params=None)
        schema_editor.execute(ADD.format(changed=_counted()), params=None)


def count_no_more(apps, schema_editor):
    """Without them."""
    if schema_editor.connection.vendor == "postgresql":
        for name, event in EVENTS:
            schema_editor.execute(f"DROP TRIGGER tally_{name}_{event} ON {TABLES[name]}")
            schema_editor.execute(f"DROP FUNCTION tally_{name}_{event}()")


class Migration(migrations.Migration):

    dependencies = [
        ('awards', '0013_home_of_an_award'),
        ('units', '0009_tones_of_one_name'),
    ]

    operations = [
        migrations.CreateModel(
            name='Tally',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('decided_in', models.PositiveSmallIntegerField(verbose_name='năm ký')),
                ('whom', models.CharField(max_length=12, verbose_name='là')),
                ('position_class', models.CharField(max_length=12, verbose_name='lớp chức vụ')),
                ('body_class', models.CharField(max_length=12, verbose_name='loại tập thể')),
                ('route', models.CharField(max_length=12, verbose_name='loại hình')),
                ('off', models.BooleanField(verbose_name='đã hủy')),
                ('submitter', models.CharField(max_length=10, verbose_name='cơ quan trình Thủ tướng')),
                ('gender', models.CharField(max_length=6, verbose_name='giới tính')),
                ('ethnicity', models.CharField(max_length=20, verbose_name='dân tộc')),
                ('n', models.IntegerField(verbose_name='bao nhiêu')),
                ('home', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='units.unit')),
                ('type', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='awards.awardtype')),
                ('unit', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='units.unit')),
            ],
            options={
                'verbose_name': 'số khen thưởng',
                'verbose_name_plural': 'số khen thưởng',
                'indexes': [models.Index(models.F('decided_in'), models.F('type'), django.db.models.functions.comparison.Coalesce('unit', 0), django.db.models.functions.comparison.Coalesce('home', 0), name='tallies_by_year'), models.Index(fields=['unit', 'decided_in'], name='tallies_by_unit'), models.Index(fields=['home', 'decided_in'], name='tallies_by_home')],
            },
        ),
        migrations.RunPython(count, count_no_more),
    ]
