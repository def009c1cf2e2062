import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

# What is said beside the ratings moves from the review to the submission: it begins no review any more.
MOVE = """
    INSERT INTO assessments_essenceanswer (submission_id, answer, level, comment)
    SELECT submission_id, essence, essence_level, essence_comment FROM assessments_review
    WHERE essence <> '' OR essence_comment <> '';

    INSERT INTO assessments_privatenote (submission_id, author_id, text)
    SELECT submission_id, reviewer_id, private_notes FROM assessments_review
    WHERE private_notes <> '';
"""
ID = models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0013_verdicts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="EssenceAnswer",
            fields=[
                ("id", ID),
                (
                    "submission",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="essence_answer",
                        to="assessments.submission",
                    ),
                ),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[("yes", "Yes"), ("partly", "Partly"), ("no", "No")],
                        default="",
                        max_length=8,
                    ),
                ),
                ("level", models.PositiveSmallIntegerField(null=True)),
                (
                    "comment",
                    models.TextField(blank=True, default="", max_length=2000, verbose_name="comment"),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(answer="", level=None)
                        | Q(
                            answer__in=["yes", "partly", "no"],
                            level__isnull=False,
                            level__gte=1,
                            level__lte=7,
                        ),
                        name="essence_of_a_level",
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="PrivateNote",
            fields=[
                ("id", ID),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="private_notes",
                        to="assessments.submission",
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "text",
                    models.TextField(blank=True, default="", max_length=5000, verbose_name="private notes"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("submission", "author"), name="private_note_once_an_author"
                    )
                ]
            },
        ),
        migrations.RunSQL(MOVE, migrations.RunSQL.noop),
        migrations.RemoveConstraint(model_name="review", name="review_essence_of_a_level"),
        migrations.RemoveField(model_name="review", name="essence"),
        migrations.RemoveField(model_name="review", name="essence_comment"),
        migrations.RemoveField(model_name="review", name="essence_level"),
        migrations.RemoveField(model_name="review", name="private_notes"),
    ]
