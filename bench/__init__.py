"""Measures Visita against yardsticks that run beside it: `make bench`, `python -m bench [NAME …]` (docs/performance.md)."""
