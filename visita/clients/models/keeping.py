"""What staff keep about a client: dated notes with their author, and tags to sort clients by."""

from django.db import models

from visita.foundation import clock
from visita.foundation.history import tracked
from visita.foundation.tenant import TrackedModel


class TagColor(models.TextChoices):
    """The colours of tags; a tag always shows its word too."""

    GREY = "grey"
    BLUE = "blue"
    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    VIOLET = "violet"


@tracked()
class ClientNote(TrackedModel):
    """Something to remember, by whom and since when; a change keeps its author and says when it was made."""

    client_id = models.BigIntegerField()
    text = models.TextField()
    author_id = models.BigIntegerField(null=True)
    author = models.CharField(max_length=200)
    made = models.DateTimeField(default=clock.now)
    changed = models.DateTimeField(null=True)
    version = models.IntegerField(default=1)
    archived_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["organization_id", "client_id", "id"], name="client_note_of")]

    def __str__(self) -> str:
        return f"{self.client_id} {self.made:%Y-%m-%d}"


@tracked()
class Tag(TrackedModel):
    """A word by which an organization sorts its clients."""

    name = models.CharField(max_length=40)
    folded = models.CharField(max_length=60)
    color = models.CharField(max_length=8, choices=TagColor.choices, default=TagColor.GREY)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organization_id", "folded"], name="tag_once")]

    def __str__(self) -> str:
        return self.name


@tracked()
class ClientTag(TrackedModel):
    """A client has a tag."""

    client_id = models.BigIntegerField()
    tag_id = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization_id", "tag_id", "client_id"], name="client_tag_once")
        ]
        indexes = [models.Index(fields=["organization_id", "client_id"], name="client_tag_of")]

    def __str__(self) -> str:
        return f"{self.client_id} {self.tag_id}"


@tracked()
class ClientFile(TrackedModel):
    """A file about a client: what it is called, its kind (pdf, webp), the SHA-256 its bytes are kept under.

    A removed one keeps its row without the bytes, so that the record still says what there was.
    """

    client_id = models.BigIntegerField()
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=8)
    size = models.IntegerField()
    digest = models.CharField(max_length=64)
    author_id = models.BigIntegerField(null=True)
    author = models.CharField(max_length=200)
    made = models.DateTimeField(default=clock.now)
    archived_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["organization_id", "client_id", "id"], name="client_file_of")]

    def __str__(self) -> str:
        return f"{self.name}.{self.kind}"
