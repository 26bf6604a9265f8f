"""The questions: one Ibis expression each, the same for every engine. They filter and sum; they decide nothing about a task."""
