"""The rules (docs/rules.md): pure functions of plan, entries and a day. No clock, no files."""
