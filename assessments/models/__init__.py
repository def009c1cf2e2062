"""What is kept of assessments, from the cycle that asks for them to the log of what happened."""

from assessments.models.assessment import Assessment, StartingLevel, State, StatementRating
from assessments.models.cycle import Cycle
from assessments.models.evidence import Evidence, EvidenceLink
from assessments.models.evidence_file import EvidenceFile
from assessments.models.log import AccessEntry, FormReceipt, Transition
from assessments.models.review import Review, ReviewRating
from assessments.models.submission import Submission, SubmittedRating
from assessments.models.suggestion import EvidenceSuggestion

__all__ = [
    "AccessEntry",
    "Assessment",
    "Cycle",
    "Evidence",
    "EvidenceFile",
    "EvidenceLink",
    "EvidenceSuggestion",
    "FormReceipt",
    "Review",
    "ReviewRating",
    "StartingLevel",
    "State",
    "StatementRating",
    "Submission",
    "SubmittedRating",
    "Transition",
]
