"""A draft → a plan's file: what stands in it, what a person must decide, and which units are meant."""
