"""Benchmarks: run each as a module from the project's folder, `python -m benchmarks.audit`."""
