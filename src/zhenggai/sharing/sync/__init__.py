"""The steps of ``sync``: own changes become a commit, the others' are fetched, both are merged, landed, pushed."""
