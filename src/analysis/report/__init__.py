"""Reports: from the checked tables to a cited PDF, in Chinese and English."""
