"""Views, one file per report: a typed result with its JSON record, its flat rows and its document."""
