"""How a working copy is brought together with everybody else's: own changes out, others' in, nothing lost."""
