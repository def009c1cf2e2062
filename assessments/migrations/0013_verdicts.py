from django.db import migrations, models

# Reviews that are under way: what was rated otherwise than supported is the reviewer's own.
RATED = """
    UPDATE assessments_reviewrating rating SET is_own = true, settled_at = review.started_at
    FROM assessments_review review
    WHERE review.id = rating.review_id AND (
        rating.rating IS DISTINCT FROM rating.supported OR rating.not_applicable <> rating.was_not_applicable
    )
"""


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0012_essence_of_a_level"),
    ]

    operations = [
        migrations.AddField(
            model_name="review",
            name="confirmed",
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name="reviewrating",
            name="is_own",
            field=models.BooleanField(default=False),
        ),
        migrations.AlterField(
            model_name="accessentry",
            name="kind",
            field=models.CharField(
                choices=[
                    ("submission", "submission opened"),
                    ("report", "gap report opened"),
                    ("report_file", "gap report downloaded"),
                    ("decision_record", "decision record downloaded"),
                    ("contest", "submission opened to decide on what is contested"),
                    ("evidence", "evidence opened"),
                    ("confirmed", "evidence confirmed"),
                    ("unconfirmed", "confirmation taken back"),
                    ("export_levels", "levels exported"),
                    ("export_statements", "statements exported"),
                ],
                max_length=20,
            ),
        ),
        migrations.RunSQL(RATED, migrations.RunSQL.noop),
    ]
