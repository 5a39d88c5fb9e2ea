"""Tongbi (同比): read, check and report year-on-year statistics printed in Chinese bulletins."""
