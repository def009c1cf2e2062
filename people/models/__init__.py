"""People, their teams and their memberships over time."""

from people.models.teams import Channel, Membership, Team, same_days_of
from people.models.user import InterfaceLanguage, OfficialLanguage, User, validate_timezone

__all__ = [
    "Channel",
    "InterfaceLanguage",
    "Membership",
    "OfficialLanguage",
    "Team",
    "User",
    "same_days_of",
    "validate_timezone",
]
