"""The desk of the other tests, with a keeper of the hours and a specialist who may change the own."""

from visita.web.desk.tests.conftest import Desk, desk, sunday

__all__ = ["Desk", "desk", "sunday"]
