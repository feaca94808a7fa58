"""People who sign in, and the organizations they may enter. Readable without a scope: sign-in comes first."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

from visita.tenancy.models import Organization


class UserManager(BaseUserManager["User"]):
    """Users are found by email, in any case of letters."""

    def create_user(self, email: str, password: str | None = None, hashed: str = "", **fields: Any) -> "User":
        """A user with a hashed password; without one the account cannot sign in by password."""
        user = self.model(email=email.strip().lower(), **fields)
        if hashed:
            user.password = hashed
        else:
            user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser):
    """A person on the staff side; what they may do stands in their memberships."""

    email = models.EmailField(max_length=254, unique=True)
    name = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=8, default="en")
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[UserManager] = UserManager()

    def __str__(self) -> str:
        return self.name or self.email


class Membership(models.Model):
    """A user's role in one organization; `resource_id` ties a specialist to the own calendar."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=32)
    resource_id = models.BigIntegerField(null=True)
    archived_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "organization"], name="membership_once")]

    def __str__(self) -> str:
        return f"{self.user_id}@{self.organization_id} {self.role}"
