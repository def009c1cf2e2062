"""A company to look around in: two sites, thirty people, assessments in every state that a person can reach.

Everything is done by the same actions as in the pages, at moments of the past; ``fixtures/demo`` says who and
what. There, ``claims`` and ``support`` give one character a statement: a rating, a space for none, and for
the support ``s`` for an item that is stale, ``1`` for one without a result, ``2`` for one without a link.
Statements are named by level and position, days are counted back from the start or on from the sending.
"""
