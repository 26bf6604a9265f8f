"""What a paper or a cell says beside the matter itself: owners, deadlines, units, the year, the days, the phases."""
