#!/usr/bin/env python
"""Django's commands. The embedded PostgreSQL is started for the command where it does not run already."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cexp.settings")
    try:
        from django.core.exceptions import ImproperlyConfigured
        from django.core.management import execute_from_command_line
    except ImportError:
        sys.exit("Django is not installed here: run make run once, then .venv/bin/python manage.py …")

    from cexp import database

    try:
        with database.available(os.environ, say=lambda line: print(line, file=sys.stderr)):
            execute_from_command_line(sys.argv)
    except (database.EmbeddedError, ImproperlyConfigured) as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
