"""One file a report: a typed result, and how it reads as a document."""
