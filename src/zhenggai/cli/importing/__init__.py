"""What the commands that take documents in share: what is shown, asked, tried and written of a draft, a form, a ledger, a table of entries."""
