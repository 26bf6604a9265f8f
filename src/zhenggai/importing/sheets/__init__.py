"""The sheets of a workbook → rows by the program's own heads (``records``) → a draft, or entries of a plan that exists."""
