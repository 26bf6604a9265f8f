"""How a command that writes asks for what is missing, tries the entry against the rules, and appends it."""
