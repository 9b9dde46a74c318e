"""The records: their tables, drafts and words; one file per kind."""

from app.models.agency import (
    Agency,
    AgencyDraft,
    AgencyName,
    AgencyNameDraft,
    AgencySuccession,
    AgencySuccessionDraft,
)
from app.models.alias import Alias, AliasDraft
from app.models.attachment import Attachment, AttachmentDraft
from app.models.clerk import Clerk, ClerkDraft
from app.models.exchange import (
    Exchange,
    ExchangeDraft,
    ExchangeReceipt,
    ExchangeReceiptDraft,
)
from app.models.legal_document import LegalDocument, LegalDocumentDraft
from app.models.obligation import Obligation, ObligationDraft, Occurrence, OccurrenceDraft
from app.models.record import DELETED, DISPUTED, LIVE, Aggregate, Draft, Record, checked
from app.models.regulation import (
    LegalBasis,
    LegalBasisDraft,
    Party,
    PartyDraft,
    Provision,
    ProvisionDraft,
    Regulation,
    RegulationDraft,
    Relation,
    RelationDraft,
)
from app.models.review import (
    Conclusion,
    ConclusionDraft,
    Finding,
    FindingDraft,
    Review,
    ReviewDraft,
    ReviewFigure,
    ReviewFigureDraft,
    ReviewInput,
    ReviewInputDraft,
)

RECORDS: tuple[tuple[type[Record], type[Draft]], ...] = (
    (Agency, AgencyDraft),
    (AgencyName, AgencyNameDraft),
    (AgencySuccession, AgencySuccessionDraft),
    (LegalDocument, LegalDocumentDraft),
    (Regulation, RegulationDraft),
    (Party, PartyDraft),
    (LegalBasis, LegalBasisDraft),
    (Relation, RelationDraft),
    (Provision, ProvisionDraft),
    (Obligation, ObligationDraft),
    (Occurrence, OccurrenceDraft),
    (Exchange, ExchangeDraft),
    (ExchangeReceipt, ExchangeReceiptDraft),
    (Review, ReviewDraft),
    (ReviewInput, ReviewInputDraft),
    (ReviewFigure, ReviewFigureDraft),
    (Finding, FindingDraft),
    (Conclusion, ConclusionDraft),
    (Clerk, ClerkDraft),
    (Attachment, AttachmentDraft),
    (Alias, AliasDraft),
)
"""Every kind of record with its draft; the journal, the store and the command line walk it."""

MODELS: dict[str, type[Record]] = {model.ENTITY: model for model, _ in RECORDS}
DRAFTS: dict[str, type[Draft]] = {model.ENTITY: draft for model, draft in RECORDS}

__all__ = [
    "DELETED",
    "DISPUTED",
    "DRAFTS",
    "LIVE",
    "MODELS",
    "RECORDS",
    "Agency",
    "AgencyDraft",
    "AgencyName",
    "AgencyNameDraft",
    "AgencySuccession",
    "AgencySuccessionDraft",
    "Aggregate",
    "Alias",
    "AliasDraft",
    "Attachment",
    "AttachmentDraft",
    "Clerk",
    "ClerkDraft",
    "Conclusion",
    "ConclusionDraft",
    "Draft",
    "Exchange",
    "ExchangeDraft",
    "ExchangeReceipt",
    "ExchangeReceiptDraft",
    "Finding",
    "FindingDraft",
    "LegalBasis",
    "LegalBasisDraft",
    "LegalDocument",
    "LegalDocumentDraft",
    "Obligation",
    "ObligationDraft",
    "Occurrence",
    "OccurrenceDraft",
    "Party",
    "PartyDraft",
    "Provision",
    "ProvisionDraft",
    "Record",
    "Regulation",
    "RegulationDraft",
    "Relation",
    "RelationDraft",
    "Review",
    "ReviewDraft",
    "ReviewFigure",
    "ReviewFigureDraft",
    "ReviewInput",
    "ReviewInputDraft",
    "checked",
]
