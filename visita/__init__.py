"""Visita: appointments for every business that works by the clock. `docs/architecture.md` is the map."""
