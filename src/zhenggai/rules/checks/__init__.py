"""Named checks, one file each. A new check is one file, and one line in the table ``of_plan`` or ``of_ledger``."""
