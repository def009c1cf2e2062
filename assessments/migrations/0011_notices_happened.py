import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("assessments", "0010_delegation_ended")]

    operations = [
        migrations.AddField(
            model_name="notice",
            name="happened_at",
            field=models.DateTimeField(default=django.utils.timezone.now),
            preserve_default=False,
        ),
    ]
