"""A place's own workbook (.xlsx) filled with a table: the XML of its sheet is edited, every other part stays as it is."""
