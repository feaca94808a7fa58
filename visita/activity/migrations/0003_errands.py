"""Errands: what consumers have to do about events, and the one function that looks over all organizations."""

from django.db import migrations, models

import visita.foundation.clock
import visita.foundation.scope
from visita.foundation.walls import wall

# Ids and nothing else leave it (decision 45). Both indexes are read by their first column's next value, so that a large
# backlog of one organization costs the others nothing.
_DUE = """
CREATE FUNCTION visita_due(moment timestamptz) RETURNS TABLE (organization_id bigint, events boolean, errands boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  WITH RECURSIVE telling(o) AS (
    SELECT min(a.organization_id) FROM public.activity_activity a WHERE a.dispatched_at IS NULL
    UNION ALL
    SELECT (SELECT min(a.organization_id) FROM public.activity_activity a
            WHERE a.dispatched_at IS NULL AND a.organization_id > t.o) FROM telling t WHERE t.o IS NOT NULL),
  working(o) AS (
    SELECT min(d.organization_id) FROM public.activity_errand d WHERE d.done_at IS NULL
    UNION ALL
    SELECT (SELECT min(d.organization_id) FROM public.activity_errand d
            WHERE d.done_at IS NULL AND d.organization_id > w.o) FROM working w WHERE w.o IS NOT NULL),
  due(o) AS (
    SELECT w.o FROM working w WHERE w.o IS NOT NULL AND EXISTS (
      SELECT 1 FROM public.activity_errand d
      WHERE d.organization_id = w.o AND d.done_at IS NULL AND d.due_at <= moment))
  SELECT coalesce(t.o, d.o), t.o IS NOT NULL, d.o IS NOT NULL
  FROM (SELECT o FROM telling WHERE o IS NOT NULL) t FULL JOIN due d ON d.o = t.o ORDER BY 1
$$;
REVOKE ALL ON FUNCTION visita_due(timestamptz) FROM PUBLIC
"""


class Migration(migrations.Migration):
    """The table, its wall, and the function."""

    dependencies = [
        ("activity", "0002_walls"),
    ]

    operations = [
        migrations.CreateModel(
            name="Errand",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "organization_id",
                    models.BigIntegerField(default=visita.foundation.scope.current, editable=False),
                ),
                ("event_id", models.BigIntegerField()),
                ("consumer", models.CharField(max_length=40)),
                ("recipient", models.CharField(blank=True, max_length=64)),
                ("channel", models.CharField(blank=True, max_length=16)),
                ("payload", models.JSONField(default=dict)),
                ("made_at", models.DateTimeField(default=visita.foundation.clock.now)),
                ("due_at", models.DateTimeField()),
                ("attempts", models.SmallIntegerField(default=0)),
                ("done_at", models.DateTimeField(null=True)),
                ("dead", models.BooleanField(default=False)),
                ("error", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("done_at", None)),
                        fields=["organization_id", "due_at"],
                        name="errand_due",
                    ),
                    models.Index(
                        condition=models.Q(("dead", True)),
                        fields=["organization_id", "id"],
                        name="errand_dead",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organization_id", "event_id", "consumer", "recipient", "channel"),
                        name="errand_once",
                    )
                ],
            },
        ),
        wall("activity_errand", target=False, organization_key=False),
        migrations.RunSQL(_DUE, "DROP FUNCTION visita_due(timestamptz)"),
    ]
