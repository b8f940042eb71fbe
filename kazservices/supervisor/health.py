"""Does the web answer? Asked by the container of itself: status 0 when /healthz does.

Not /readyz: a container is started anew when its process is silent, never because a sweep or the queue is late.
"""

import os
import sys
import urllib.request

TIMEOUT = 4.0


def main() -> int:
    port = os.environ.get("KAZ_PORT") or "8000"
    host = (os.environ.get("ALLOWED_HOSTS") or "localhost").split(",")[0].lstrip(".").replace("*", "localhost")
    asked = urllib.request.Request(f"http://127.0.0.1:{port}/healthz", headers={"Host": host})
    try:
        urllib.request.urlopen(asked, timeout=TIMEOUT).close()
    except OSError as error:
        print(error)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
