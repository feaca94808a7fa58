"""Put up a picture: the organization's logo or background, or the photo of a resource; or take it down."""

from visita.foundation import pictures
from visita.foundation.actor import Actor
from visita.tenancy.actions.set_setting import set_setting
from visita.tenancy.look import SHAPES


def set_picture(
    organization_id: int, kind: str, content: bytes | None, *, actor: Actor, resource_id: int | None = None
) -> str:
    """`content` as uploaded, None to take it down; gives the picture's hash. Refuses what `pictures.keep` refuses.

    The file is written first and the setting after it, in a transaction of its own.
    """
    digest = None if content is None else pictures.keep(organization_id, content, SHAPES[kind], field=kind)
    kind_of = "organization" if resource_id is None else "resource"
    set_setting(organization_id, kind, digest, actor=actor, scope_kind=kind_of, scope_id=resource_id or 0)
    return digest or ""
