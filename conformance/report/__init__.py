"""The forms in which a report is written: one module for each, all from the same `Report`."""
