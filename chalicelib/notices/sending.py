"""One message on its way out: never two, and none lost, whatever the far end does.

t  mark `sending` ──► request ──┬─► answer yes ──► number kept ──► `sent`
                                ├─► answer no  ──► `failed` (SMS), or the SMS takes over (card)
                                ├─► not taken up ─► `queued`, later
                                └─► silence ──────► stays `sending`, later: ask the carrier (`find`);
                                                    found → `sent`; not found, and long enough → send again;
                                                    no try left to ask → `sent`, unconfirmed
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from chalicelib.kernel import clock, log
from chalicelib.kernel.errors import PartyFault, PartyRefused, Unsure
from chalicelib.notices import facts
from chalicelib.notices.carriers import CardProvider, MessageProvider
from chalicelib.notices.fate import FateRecord
from chalicelib.notices.model import CARD_TRIES, FAILED, LEASE, QUEUED, SENDING, SENT, Card, Retry, Sms


def send_sms(provider: MessageProvider, record: FateRecord, sms: Sms, now: datetime, then: Callable[[], None]) -> None:
    """Send one SMS, once. Raises Retry when it is to be tried, or asked for, later.

    `then` is done before the request leaves: the phone's answer may be here before the carrier's.
    """
    if record.fate.unsure and record.fate.channel == "sms":
        sid = _found(provider, record, sms, now)
        if sid is not None:
            _sent(provider, record, sms, sid, now)
            return
    then()
    tries, at = record.fate.tries + 1, clock.iso(now)
    record.write(
        now, status=SENDING, channel="sms", provider=provider.name, tries=tries, tried_at=at, reason="", code=""
    )
    try:
        sid = provider.send(sms, now)
    except PartyRefused as error:
        record.write(now, status=FAILED, reason=facts.reason(error.code), code=error.code)
        log.warning("notice refused", provider=provider.name, code=error.code)
    except Unsure as error:
        record.write(now, code=error.code)
        raise Retry() from None
    except PartyFault as error:
        record.write(now, status=QUEUED, code=error.code)
        raise Retry() from None
    else:
        _sent(provider, record, sms, sid, now)


def _found(provider: MessageProvider, record: FateRecord, sms: Sms, now: datetime) -> str | None:
    """Ask whether the last try went out; None says that it surely did not. Raises Retry while that cannot be known."""
    since = clock.parse(record.fate.tried_at)
    if record.fate.seconds_since_try(now) < LEASE:
        raise Retry()
    try:
        numbers = provider.find(sms, since, now)
    except (PartyFault, PartyRefused):
        raise Retry() from None
    for sid in numbers:
        if sid == sms.out_id or record.free(f"sms#{provider.name}#{sid}", now):
            return sid
    if provider.patience is None or record.fate.seconds_since_try(now) < provider.patience:
        raise Retry()
    return None


def _sent(provider: MessageProvider, record: FateRecord, sms: Sms, sid: str, now: datetime) -> None:
    """Note the number first, so that a report finds the message; the row last, so that a crash in between is made good."""
    if sid != sms.out_id:
        record.index(f"sms#{provider.name}#{sid}", now)
    record.write(now, status=SENT, sid=sid, sent_at=clock.iso(now), reason="", code="")


def send_card(provider: CardProvider, record: FateRecord, card: Card, now: datetime) -> bool:
    """Try a card. True: sent, nothing more to do. False: the SMS takes over. Raises Retry while its carrier may come back.

    The carrier cannot be asked what it sent, and most subscriptions hold for one card: after a silence no second card is sent.
    """
    if record.fate.card:
        return False
    if record.fate.unsure:
        if record.fate.seconds_since_try(now) < LEASE:
            raise Retry()
        record.write(now, card="unsure")
        return False
    tries, at = record.fate.tries + 1, clock.iso(now)
    record.write(now, status=SENDING, channel=provider.app, provider=provider.name, tries=tries, tried_at=at)
    try:
        sid = provider.send_card(card, now)
    except PartyRefused as error:
        record.write(now, status=QUEUED, card="refused", code=error.code)
        return False
    except Unsure as error:
        record.write(now, card="unsure", code=error.code)
        return False
    except PartyFault as error:
        last = tries >= CARD_TRIES
        record.write(now, status=QUEUED, card="down" if last else "", code=error.code)
        if last:
            return False
        raise Retry() from None
    record.write(now, status=SENT, sid=sid, sent_at=clock.iso(now), reason="", code="")
    return True
