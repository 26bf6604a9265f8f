"""What the files say: plan, units, ledger entries, and where each of them stands."""
