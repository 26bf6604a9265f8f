"""A county's year, of any size: plan, units and entries drawn from one seed; and the same records for other programs."""
