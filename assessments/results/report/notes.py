"""What the gap report says beside its numbers; what was said of the essence is never counted."""

from __future__ import annotations

from django.utils.translation import gettext as _

from assessments.models import EssenceAnswer
from assessments.results.report.verdict import Voice
from assessments.results.sheet import Sheet


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


def notes_of(sheet: Sheet, voice: Voice) -> tuple[str, ...]:
    header, result = sheet.header, sheet.result
    notes = []
    if header.role_target is not None and header.role_target != header.target:
        notes.append(
            voice.say(
                _("Your role asks for level %(role)d; you have chosen level %(target)d as your target."),
                _("The role asks for level %(role)d; %(name)s has chosen level %(target)d as the target."),
                role=header.role_target,
                target=header.target,
            )
        )
    if result.uneven:
        levels = ", ".join(str(level) for level in result.uneven)
        text = _("Uneven profile: below the level held, these levels were rated low: %(levels)s.")
        notes.append(text % {"levels": levels})
    return tuple(notes)
