"""The named checks, one file for each check. A new check needs one file here and one row in ``table``."""
