"""The data model: plan, unit book, organisation book and ledger entries, each with its place in the files."""
