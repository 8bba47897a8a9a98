"""The codes of what can happen to a case; what each means is a row of `EVENTS`."""

from __future__ import annotations

from enum import StrEnum


class EventName(StrEnum):
    """The codes; `EVENTS` says what each means."""

    SUBMITTED = "submitted"
    ASSIGNED = "assigned"
    ACCEPTED = "accepted"
    NOT_ACCEPTED = "not_accepted"
    CORRECTION_REQUESTED = "correction_requested"
    SUPPLEMENTED = "supplemented"
    REVIEWED = "reviewed"
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    EXTENDED = "extended"
    GRANTED = "granted"
    DENIED = "denied"
    WITHDRAWN = "withdrawn"
    RETURNED = "returned"
    PAYMENT_REQUESTED = "payment_requested"
    PAID = "paid"
    PAYMENT_LAPSED = "payment_lapsed"
    REFUND_DUE = "refund_due"
    REFUNDED = "refunded"
    PRODUCING = "producing"
    READY_FOR_PICKUP = "ready_for_pickup"
    DISPATCHED = "dispatched"
    TRACKED = "tracked"
    DELIVERED = "delivered"
    RATING_INVITED = "rating_invited"
    RATED = "rated"
    RECTIFIED = "rectified"
    CLOSED = "closed"
    CERTIFICATE_REVOKED = "certificate_revoked"
    CERTIFICATE_REISSUED = "certificate_reissued"
    CERTIFICATE_EXPIRING = "certificate_expiring"
    RULES_CHANGED = "rules_changed"
