"""The table of how often the matching is right."""

from __future__ import annotations

from assessments.matching_report import Judged, Labelled, Share, judge, shares, table


def label(best: str | None, *ok: str, language: str = "pt") -> Labelled:
    return Labelled(id="1", language=language, text="", best=best, ok=ok)


JUDGED = [
    Judged(label=label("A"), suggested=("A", "B")),
    Judged(label=label("A", "C"), suggested=("C",)),
    Judged(label=label("A"), suggested=("B", "C", "A")),
    Judged(label=label("A"), suggested=()),
    Judged(label=label(None), suggested=()),
    Judged(label=label(None), suggested=("A",)),
]


def test_shares_count_what_they_say() -> None:
    """First of four: two; in three: three; off-topic without: one of two; on-topic with: three."""
    assert [(share.hits, share.of) for share in shares(JUDGED)] == [(2, 4), (3, 4), (1, 2), (3, 4)]


def test_acceptable_statements_are_right_too() -> None:
    """The intended and the acceptable ones count alike, and off-topic is right without any."""
    assert [each.is_right for each in JUDGED] == [True, True, False, False, True, False]


def test_a_share_of_nothing_is_a_dash() -> None:
    """Where nothing was asked there is no 0 %."""
    assert str(Share(hits=0, of=0)) == "–"
    assert str(Share(hits=1, of=3)) == "33.3 % (1 of 3)"


def test_table_has_a_column_per_language() -> None:
    """Four rows under the languages that the file has."""
    judged = judge(
        [label("A"), label("A", language="ru")], lambda item: ["A"] if item.language == "pt" else []
    )
    lines = table(judged).splitlines()
    assert lines[0].split() == ["pt", "ru"]
    assert len(lines) == 5
    assert "100.0 % (1 of 1)" in lines[1]
    assert "0.0 % (0 of 1)" in lines[1]
