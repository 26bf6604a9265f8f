"""What writing commands share: they ask for missing values, test the entry against the rules, and append it."""
