"""How schemathesis makes up its requests."""

import re
import uuid

import schemathesis

GOOD = re.compile(r"[A-Za-z0-9._:-]{1,200}")


@schemathesis.hook
def map_headers(context, headers):
    """A good Idempotency-Key is used once.

    A key that is made up twice has its first answer given again (`Idempotency-Replayed`), about a thing that may be
    deleted by then: schemathesis would take that for a thing that was just made. Bad keys are sent as they are.
    """
    for name, value in list((headers or {}).items()):
        if name.lower() == "idempotency-key" and isinstance(value, str) and GOOD.fullmatch(value):
            headers[name] = str(uuid.uuid4())
    return headers
