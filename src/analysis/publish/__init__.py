"""Publishing: run the report notebook for a region and period, and put finished editions in place."""
