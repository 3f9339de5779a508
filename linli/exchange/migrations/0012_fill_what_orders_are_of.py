from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('exchange', '0011_orders_of_any_fee'),
    ]

    operations = [
        # so far every order was of an application
        migrations.RunSQL(
            "UPDATE exchange_payorder SET about_kind = 'application', about_id = case_id",
            migrations.RunSQL.noop,
        ),
    ]
