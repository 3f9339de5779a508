"""Periods of one thing never overlap. A range of one number stands for equality: no btree_gist."""

from django.db import migrations

HIERARCHIES = ("party", "government", "self_government", "economic", "owners")


def exclude(table: str, name: str, columns: tuple[str, ...], where: str = "") -> migrations.RunSQL:
    same = ", ".join(f"int8range({c}, {c}, '[]') WITH &&" for c in columns)
    condition = f" WHERE ({where})" if where else ""
    return migrations.RunSQL(
        f"ALTER TABLE {table} ADD CONSTRAINT {name} "
        f"EXCLUDE USING gist ({same}, daterange(since, until) WITH &&){condition}",
        f"ALTER TABLE {table} DROP CONSTRAINT {name}",
    )


class Migration(migrations.Migration):
    replaces = [("orgs", "0002_no_overlap")]
    dependencies = [("orgs", "0001_initial")]

    operations = [
        exclude("orgs_organisationversion", "organisationversion_no_overlap", ("organisation_id",)),
        *[
            exclude("orgs_orgedge", f"orgedge_no_overlap_{h}", ("child_id",), f"hierarchy = '{h}'")
            for h in HIERARCHIES
        ],
        exclude("orgs_postholding", "postholding_one_seat", ("post_id",), "is_only_seat"),
        exclude(
            "orgs_postholding", "postholding_once", ("post_id", "person_id"), "person_id IS NOT NULL"
        ),
        exclude("orgs_pairing", "pairing_no_overlap", ("one_id", "other_id")),
        exclude("orgs_servicearea", "servicearea_no_overlap", ("centre_id", "place_id")),
        exclude("orgs_partymanagement", "partymanagement_no_overlap", ("organisation_id",)),
        exclude("orgs_coveragelink", "coveragelink_no_overlap", ("spot_id", "organisation_id")),
        exclude("orgs_nonlocalduty", "nonlocalduty_no_overlap", ("place_id",)),
    ]
