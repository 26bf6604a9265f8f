"""The parts of the simulation: people and clones, their acts, ways of sharing, and the expected result."""
