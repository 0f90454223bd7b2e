"""A Mobile Next server of the vendor's older pages, which give list, session and device other field names.

See https://mobilenext.ai/docs/api/sessions/list-sessions: `sessions` for `object` and `data`, `sessionId`,
`organizationId` as a number, `userId`, and a device with `deviceId`.
"""

from tests.foreign.mobilenext import MobileNext, Record

NUMBERS = {"red": 1, "blue": 2, "green": 3}


class OlderMobileNext(MobileNext):
    """The same sessions in the older form."""

    def page(self, sessions: list[Record], limit: int) -> Record:
        """Return a page without an envelope of `object` and `data`."""
        page = super().page(sessions, limit)
        return {"sessions": page["data"], "nextCursor": page["nextCursor"]}

    def shown(self, session: Record) -> Record:
        """Return a session with its older names."""
        device = {"deviceId": session["device"]["id"], **session["device"]}
        del device["id"]
        return {
            "sessionId": session["id"],
            "organizationId": NUMBERS[session["organization"]],
            "userId": session["user"],
            "device": device,
            "createdAt": session["createdAt"],
            "releasedAt": session.get("releasedAt"),
        }
