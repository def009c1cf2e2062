"""Database triggers: what is frozen stays as it was, and every change of a definition moves its version.

A skill is frozen when its framework is, or when its own first assessment starts (a skill that was imported
into a framework already in use). Writing the same values again is no change, so a fixture loads twice.
A refusal has SQLSTATE 23000, which Django reports as ``IntegrityError``, and names the constraint
``skills_frozen``.
"""

import pgtrigger

RETURN_ROW = "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;"
MOVE_VERSION = """
    IF TG_OP = 'UPDATE' AND NEW IS NOT DISTINCT FROM OLD THEN RETURN NULL; END IF;
    UPDATE skills_framework SET version = nextval('skills_definition_version') WHERE id IN ({ids});
    RETURN NULL;
"""


def _same(*columns: str) -> str:
    olds = ", ".join(f"OLD.{column}" for column in columns)
    news = ", ".join(f"NEW.{column}" for column in columns)
    return f"TG_OP = 'UPDATE' AND ROW({news}) IS NOT DISTINCT FROM ROW({olds})"


def _raise(what: str) -> str:
    return (
        f"RAISE EXCEPTION 'frozen: this {what} belongs to a definition that assessments use'"
        f" USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'skills_frozen';"
    )


def keep_frozen(
    *, what: str, columns: tuple[str, ...], frozen: str, framework: str, row: str = ""
) -> pgtrigger.Trigger:
    """Refuse to add, change or delete a row of a frozen definition.

    ``frozen`` is a query over ``{row}`` that finds something when the row's definition is frozen. ``row``
    limits it to one side: a text is refused for what it was (OLD), all else also for where it would go (NEW).
    The framework, as in ``move_version``, is held first: a change that meets somebody who freezes it waits,
    and looks again.
    """
    if row:
        operation = pgtrigger.Update | pgtrigger.Delete
        found = f"EXISTS ({frozen.format(row=row)})"
    else:
        operation = pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete
        found = " OR ".join(f"EXISTS ({frozen.format(row=side)})" for side in ("OLD", "NEW"))
    return pgtrigger.Trigger(
        name="keep_frozen",
        when=pgtrigger.Before,
        operation=operation,
        func=f"""
            IF NOT ({_same(*columns)}) THEN
                PERFORM 1 FROM skills_framework WHERE id IN ({_both(framework)})
                    ORDER BY id FOR NO KEY UPDATE;
                IF {found} THEN {_raise(what)} END IF;
            END IF;
            {RETURN_ROW}
        """,
    )


def _both(framework: str) -> str:
    """The framework's id for the new row and for the old one."""
    return ", ".join(f"({framework.format(row=side)})" for side in ("NEW", "OLD"))


def move_version(framework: str) -> pgtrigger.Trigger:
    """Give the framework a new version after every real change.

    ``framework`` is a query over ``{row}`` for the framework's id. The number comes from a sequence, so that
    one that was seen in a transaction rolled back never comes again with other content.
    """
    return pgtrigger.Trigger(
        name="move_version",
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func=MOVE_VERSION.replace("{ids}", _both(framework)),
    )


def framework_state() -> list[pgtrigger.Trigger]:
    """Freezing is for good, versions only grow, and freezing a framework freezes the skills that it has."""
    return [
        pgtrigger.Trigger(
            name="keep_frozen",
            when=pgtrigger.Before,
            operation=pgtrigger.Update | pgtrigger.Delete,
            func=f"""
                IF OLD.frozen_at IS NOT NULL AND NOT ({_same("code", "name")}) THEN
                    {_raise("framework")}
                END IF;
                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
                NEW.frozen_at := COALESCE(OLD.frozen_at, NEW.frozen_at);
                NEW.version := GREATEST(OLD.version, NEW.version);
                IF NEW.name IS DISTINCT FROM OLD.name OR NEW.code IS DISTINCT FROM OLD.code THEN
                    NEW.version := nextval('skills_definition_version');
                END IF;
                RETURN NEW;
            """,
        ),
        pgtrigger.Trigger(
            name="freeze_skills",
            when=pgtrigger.After,
            operation=pgtrigger.Update,
            condition=pgtrigger.Q(old__frozen_at__isnull=True, new__frozen_at__isnull=False),
            func="UPDATE skills_skill SET is_frozen = true WHERE framework_id = NEW.id; RETURN NULL;",
        ),
    ]


def skill_state() -> pgtrigger.Trigger:
    """A frozen skill keeps its framework and its code, and stays frozen when its fixture is loaded again."""
    return pgtrigger.Trigger(
        name="keep_frozen",
        when=pgtrigger.Before,
        operation=pgtrigger.Update | pgtrigger.Delete,
        func=f"""
            IF NOT ({_same("code", "framework_id")}) AND OLD.is_frozen THEN {_raise("skill")} END IF;
            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
            NEW.is_frozen := OLD.is_frozen OR NEW.is_frozen;
            RETURN NEW;
        """,
    )


FROZEN_FRAMEWORK = """
    SELECT 1 FROM skills_framework f WHERE f.id = {row}.framework_id AND f.frozen_at IS NOT NULL
"""
FROZEN_SKILL = "SELECT 1 FROM skills_skill s WHERE s.id = {row}.skill_id AND s.is_frozen"
FROZEN_STATEMENT = """
    SELECT 1 FROM skills_skilllevel sl JOIN skills_skill s ON s.id = sl.skill_id
    WHERE sl.id = {row}.skill_level_id AND s.is_frozen
"""
# Our own texts stay mendable; a text that is missing may be added.
FROZEN_TEXT = """
    SELECT 1 FROM skills_skill s WHERE {row}.source <> 'ours' AND s.is_frozen AND s.id = COALESCE(
        {row}.skill_id,
        (SELECT a.skill_id FROM skills_activity a WHERE a.id = {row}.activity_id),
        (SELECT sl.skill_id FROM skills_statement st JOIN skills_skilllevel sl ON sl.id = st.skill_level_id
         WHERE st.id = {row}.statement_id)
    ) UNION ALL
    SELECT 1 FROM skills_levelofresponsibility l JOIN skills_framework f ON f.id = l.framework_id
    WHERE {row}.source <> 'ours' AND l.id = {row}.level_id AND f.frozen_at IS NOT NULL
"""

OWN_FRAMEWORK = "{row}.framework_id"
FRAMEWORK_OF_SKILL = "SELECT s.framework_id FROM skills_skill s WHERE s.id = {row}.skill_id"
FRAMEWORK_OF_STATEMENT = """
    SELECT s.framework_id FROM skills_skill s JOIN skills_skilllevel sl ON sl.skill_id = s.id
    WHERE sl.id = {row}.skill_level_id
"""
FRAMEWORK_OF_TAG = """
    SELECT s.framework_id FROM skills_skill s JOIN skills_activity a ON a.skill_id = s.id
    WHERE a.id = {row}.activity_id
"""
FRAMEWORK_OF_TEXT = """
    SELECT COALESCE(
        (SELECT l.framework_id FROM skills_levelofresponsibility l WHERE l.id = {row}.level_id),
        (SELECT r.framework_id FROM skills_roleprofile r WHERE r.id = {row}.role_profile_id),
        (SELECT s.framework_id FROM skills_skill s WHERE s.id = COALESCE(
            {row}.skill_id,
            (SELECT a.skill_id FROM skills_activity a WHERE a.id = {row}.activity_id),
            (SELECT sl.skill_id FROM skills_statement st
             JOIN skills_skilllevel sl ON sl.id = st.skill_level_id WHERE st.id = {row}.statement_id)))
    )
"""
FRAMEWORK_OF_INDICATOR = """
    SELECT s.framework_id FROM skills_skill s WHERE s.id = COALESCE(
        {row}.skill_id,
        (SELECT sl.skill_id FROM skills_statement st
         JOIN skills_skilllevel sl ON sl.id = st.skill_level_id WHERE st.id = {row}.statement_id))
"""
