"""Named checks, one file each, listed in ``table``. A new check is one file and one row there."""
