"""What is kept of assessments, from the cycle that asks for them to the log of what happened."""

from assessments.models.assessment import Assessment, StartingLevel, State, StatementRating
from assessments.models.beside import EssenceAnswer, PrivateNote
from assessments.models.comment import ReusableComment, StatementComment
from assessments.models.contest import ContestedStatement, Response
from assessments.models.cycle import Cycle
from assessments.models.delegation import Delegation
from assessments.models.evidence import Evidence, EvidenceLink
from assessments.models.evidence_file import EvidenceFile
from assessments.models.log import AccessEntry, FormReceipt, Transition
from assessments.models.notice import MailPreference, Notice
from assessments.models.review import Review, ReviewRating
from assessments.models.submission import Submission, SubmittedRating
from assessments.models.suggestion import EvidenceSuggestion
from assessments.models.verdict import LinkVerdict

__all__ = [
    "AccessEntry",
    "Assessment",
    "ContestedStatement",
    "Cycle",
    "Delegation",
    "EssenceAnswer",
    "Evidence",
    "EvidenceFile",
    "EvidenceLink",
    "EvidenceSuggestion",
    "FormReceipt",
    "LinkVerdict",
    "MailPreference",
    "Notice",
    "PrivateNote",
    "Response",
    "ReusableComment",
    "Review",
    "ReviewRating",
    "StartingLevel",
    "State",
    "StatementComment",
    "StatementRating",
    "Submission",
    "SubmittedRating",
    "Transition",
]
