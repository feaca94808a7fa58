"""The clinic and its people, as in the desk's own tests."""

from visita.web.desk.tests.conftest import desk, sunday

__all__ = ["desk", "sunday"]
