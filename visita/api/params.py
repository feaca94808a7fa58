"""Parameters that several operations share, as ninja reads them."""

from ninja.params.functions import Header, Query

FROM = Query(..., alias="from")
TO = Query(..., alias="to")
FROM_OR_NONE = Query(None, alias="from")
TO_OR_NONE = Query(None, alias="to")
REQUIRED = Query(...)
IF_MATCH = Header(None, alias="If-Match", description='The version you read, such as "3"; 428 without')
IDEMPOTENCY_KEY = Header(
    None, alias="Idempotency-Key", description="1 to 255 visible ASCII characters, new for each"
)
ANY_DAY = Query(False, description="Go on although the visit is of another day")
