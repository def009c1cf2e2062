"""The steps of the bench that need Django: each in a process of its own, told what to do on the command line.

``company 1000`` fills the empty database of the settings; ``statements`` counts the SQL of the requests that
it reads; ``scoring`` measures the scoring of the whole company. Each prints JSON.
"""

import json
import sys
from typing import Any

import django
from django.core.management import call_command


def main(step: str, *arguments: str) -> Any:
    django.setup()
    if step == "company":
        return company(int(arguments[0]))
    if step == "statements":
        from tools.bench.statements import counted

        return counted(json.load(sys.stdin))
    from tools.bench.scoring import measured

    return measured(json.load(sys.stdin), rounds=int(arguments[0]))


def company(people: int) -> dict[str, Any]:
    """The facts that the measurements need: ids, and sessions of people."""
    import datetime as dt

    from tools.bench.company import Company
    from tools.bench.sessions import sessions

    # The cache of production is a table.
    call_command("createcachetable", verbosity=0)
    made = Company(dt.datetime.now(dt.UTC))
    made.make(people)
    return {**made.facts(), "sessions": sessions(made.readers())}


if __name__ == "__main__":
    print(json.dumps(main(*sys.argv[1:])))
