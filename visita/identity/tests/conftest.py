"""The organizations of these tests."""

from tests.tenants import stranger, tenant

__all__ = ["stranger", "tenant"]
