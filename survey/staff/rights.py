"""Which roles see the fieldwork and the dashboard."""

from __future__ import annotations

from survey.store.accounts import Role

SEES_FIELDWORK = frozenset({Role.STAFF, Role.ANALYST, Role.ADMIN})
"""Who opens /staff/ and /dashboard/. `ics_staff` are not among them: they may see one area only, and both show all."""
