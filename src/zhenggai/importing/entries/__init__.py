"""Rows that are entries as they stand: tables for ``add --from``, and forms (填报表) that came back."""
