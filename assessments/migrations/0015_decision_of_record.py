import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

# Checked at once, so that the table can be altered in the same transaction.
CREDIT = """
    SET CONSTRAINTS ALL IMMEDIATE;

    UPDATE assessments_review SET of_record_by_id = reviewer_id, of_record_at = decided_at
    WHERE decided_at IS NOT NULL;

    UPDATE assessments_review review
    SET of_record_by_id = response.second_reviewer_id, of_record_at = response.decided_at
    FROM assessments_response response
    WHERE response.review_id = review.id AND response.decided_at IS NOT NULL;

    UPDATE assessments_assessment assessment SET decided_at = review.of_record_at
    FROM assessments_review review
    WHERE review.submission_id = assessment.latest_submission_id
        AND assessment.decided_at < review.of_record_at;

    SET CONSTRAINTS ALL DEFERRED;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0014_beside_the_review"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="review",
            name="of_record_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(model_name="review", name="of_record_at", field=models.DateTimeField(null=True)),
        migrations.RunSQL(CREDIT, migrations.RunSQL.noop),
        migrations.RemoveConstraint(model_name="review", name="review_decided_with_a_result"),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.CheckConstraint(
                condition=Q(decision="", decided_at=None, result=None, of_record_by=None, of_record_at=None)
                | Q(
                    decision__in=["validated", "returned"],
                    decided_at__isnull=False,
                    result__isnull=False,
                    of_record_by__isnull=False,
                    of_record_at__gte=F("decided_at"),
                ),
                name="review_decided_with_a_result",
            ),
        ),
    ]
