"""How gunicorn serves the product: ``gunicorn --config python:cexp.serving cexp.wsgi``."""

import os
import signal
import threading
from typing import Any

PORT = int(os.environ.get("PORT", "8000"))

bind = f"127.0.0.1:{PORT}"
workers = 2
worker_class = "gthread"
# No more than a process's pool has connections.
threads = 4
loglevel = "warning"
graceful_timeout = 5
# Nothing else than the pages is opened.
control_socket_disable = True


def when_ready(server: Any) -> None:
    # A closed terminal is an end, not a wish to load the code again.
    signal.signal(signal.SIGHUP, lambda *_: os.kill(os.getpid(), signal.SIGTERM))


def post_worker_init(worker: Any) -> None:
    """Where a person started it, the first worker tells them when the pages are served."""
    # Ctrl-C reaches the whole group, and then the master ends its workers: twice at once can lock one up.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if worker.age == 1 and os.environ.get("CEXP_ANNOUNCE") == "1":
        # Its models can be imported in a worker only, once the application is loaded.
        from cexp.announce import announce

        threading.Thread(target=announce, args=(PORT,), daemon=True).start()
