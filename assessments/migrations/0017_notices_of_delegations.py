import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0016_comments_by_mail"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="notice",
            name="delegation",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="assessments.delegation",
            ),
        ),
        migrations.AlterField(
            model_name="notice",
            name="kind",
            field=models.CharField(
                choices=[
                    ("returned", "My assessment was returned for changes"),
                    ("validated", "My level was validated"),
                    ("reopened", "My assessment was reopened"),
                    ("not_reviewed", "My assessment was closed without a review"),
                    ("contest_decided", "What I contested was decided"),
                    ("evidence_read", "My evidence was read by who decides on what I contested"),
                    ("comment", "A reviewer commented on a statement of my assessment"),
                    ("submitted", "An assessment waits for my review"),
                    ("withdrawn", "An assessment that waited for my review was taken back"),
                    ("contested", "A level that I validated is contested"),
                    ("to_decide", "A contested level waits for my decision"),
                    ("employee_comment", "Somebody commented on a statement that I review"),
                    ("contest_ended", "A contest of a level that I validated was decided"),
                    ("moved_on", "What I reviewed, or was to review, was answered, closed or reopened"),
                    ("delegated", "I begin to review for another manager"),
                    ("no_reviewer", "An assessment has nobody to review it"),
                ],
                max_length=16,
            ),
        ),
        migrations.AlterField(
            model_name="notice",
            name="transition",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="assessments.transition",
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.UniqueConstraint(
                fields=("recipient", "kind", "delegation"), name="notice_once_a_delegation"
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("delegation__isnull", False), ("transition", None)),
                    models.Q(("delegation", None), ("transition__isnull", False)),
                    _connector="OR",
                ),
                name="notice_about_one_thing",
            ),
        ),
    ]
