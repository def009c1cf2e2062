"""What the reviewer said of the essence of the level, in the words of the gap report: never counted."""

from __future__ import annotations

from django.utils.translation import gettext as _

from assessments.models import EssenceAnswer


def essence_words(said: EssenceAnswer | None) -> tuple[str, ...]:
    """Whether the essence of the level describes the person, in a line."""
    if said is None:
        return ()
    text = _("essence of level %(level)d describes the person: %(answer)s (not counted)")
    return (text % {"level": said.level, "answer": said.get_answer_display()},)


def essence_comment(said: EssenceAnswer | None) -> tuple[str, ...]:
    """What the reviewer wrote about it."""
    if said is None or not said.comment:
        return ()
    return (
        _("About the essence of level %(level)d: %(comment)s")
        % {"level": said.level, "comment": said.comment},
    )
