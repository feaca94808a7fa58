"""What is said about services, and what a booking asks, belongs to the rules a process remembers."""

from django.db import migrations

from visita.tenancy.versions import changes_rules


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0005_kinds_and_paths"),
        ("tenancy", "0004_rules_version"),
    ]

    operations = [
        changes_rules(
            "catalog_service",
            "catalog_serviceresource",
            "catalog_specialty",
            "catalog_promotion",
            "catalog_requirement",
            "catalog_requirementresource",
            "catalog_bookingfield",
            "catalog_consenttext",
            "catalog_askedwhere",
        ),
    ]
