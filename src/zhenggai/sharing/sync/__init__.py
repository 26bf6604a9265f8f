"""The steps of ``sync``: commit own changes, fetch the others', merge both, write the files, push."""
