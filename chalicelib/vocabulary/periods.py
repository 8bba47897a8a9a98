"""How long things take, each with its basis (docs/domain.md §14 默认值).

Calendar time is a `timedelta`; what ends in `_WORKDAYS` counts working days, in `_MONTHS` calendar months.
"""

from __future__ import annotations

from datetime import timedelta

ACCEPTANCE_WORKDAYS = 5
"""For the office to say whether it accepts, or all that is missing; then it has accepted (《行政许可法》第32条第1款第4项)."""

DECISION_WORKDAYS = 20
"""For deciding on a licence from acceptance at most, unless a law or regulation sets another limit (《行政许可法》第42条第1款)."""

JOINT_DECISION_WORKDAYS = 45
"""The same where departments handle a matter together (《行政许可法》第42条第2款)."""

EXTENSION_WORKDAYS = 10
"""For a decision to be put off once, with the head's approval (《行政许可法》第42条第1款)."""

JOINT_EXTENSION_WORKDAYS = 15
"""For it to be put off where departments handle a matter together (《行政许可法》第42条第2款)."""

HEARING_WORKDAYS = 20
"""For a hearing (听证) to be held, from the day somebody asked for it (《行政许可法》第47条第1款)."""

HEARING_NOTICE_WORKDAYS = 7
"""Before a hearing at least: its time and place are told (《行政许可法》第48条第1款第1项)."""

RECONSIDERATION = timedelta(days=60)
"""For asking that a decision be reconsidered (《行政复议法》第20条); calendar days."""

LITIGATION_MONTHS = 6
"""For going to court against it (《行政诉讼法》第46条); calendar months."""

SECOND_WORKDAYS = 2
"""For a second supervisor (复核) to confirm or refuse that a case is void, its record revised, or money paid back. A local choice."""

PROCEDURE = timedelta(days=365)
"""For a special procedure (特别程序) at most: whoever needs longer begins another, and is looked at. A local choice."""

COUNTERSIGN_WORKDAYS = 3
"""For a department to countersign (会签); the case's own day comes first. No national rule; a local choice."""

HEARING_RECORD_WORKDAYS = 5
"""After a hearing for its record to be signed (听证笔录); then the time runs again. A local choice."""

CORRECTION_WORKDAYS = 15
"""For the applicant to supplement (补正). No national rule; a local choice."""

LETTER_WORKDAYS = 2
"""For a window to send on paper (书面送达) what somebody must hear and no message took to him. A local choice."""

PICKUP_WORKDAYS = 10
"""For a result to be handed over, from the decision or, where there is a fee, its payment (《行政许可法》第44条)."""

MAKING_WORKDAYS = 4
"""Of those ten, for a result to be made (制证). No national rule; a local choice."""

COURIER_WORKDAYS = 2
"""Of those ten, for a courier to take the order of a parcel; then it is handed over at the window. A local choice."""

HANDOVER_WORKDAYS = 1
"""Of those ten, for a parcel to be handed to the courier (交寄): what is left is his. No national rule; a local choice."""

RETURN_WORKDAYS = 5
"""For the applicant and the window to choose what becomes of a parcel that came back; then it is fetched. A local choice."""

SILENT_WORKDAYS = 3
"""For a courier to say nothing of a parcel before he is asked, and somebody looks for it. A local choice."""

TRACING_WORKDAYS = 1
"""For somebody to find out where a parcel is (查件). A local choice."""

RECTIFICATION_WORKDAYS = 15
"""For a bad rating (差评) to be put right or explained, from the day it was given (Sichuan's rule)."""

RATING_CONTACT_WORKDAYS = 1
"""For who gave a bad rating in his name to be called (第一时间回访核实). No national rule; a local choice."""

RATING_VERIFY_WORKDAYS = 5
"""For a bad rating to be verified (核实). No national rule; a local choice."""

RECTIFICATION_AGAIN_WORKDAYS = 5
"""For what was not solved the first time to be put right. A local choice."""

RATING_APPEAL_WORKDAYS = 5
"""For the supervising department to decide on an appeal (误评、恶意差评申诉复核). A local choice."""

RATING_HELD_WORKDAYS = 2
"""For the supervising department to look at a rating held out of the figures. A local choice."""

OVERSIGHT_WORKDAYS = 5
"""For the supervising department to take up (督办) what was not solved, or not re-visited. A local choice."""

REVISIT_WORKDAYS = 5
"""For who gave a bad rating in his name to be called again once it was answered (回访). A local choice."""

REVISIT_WINDOW = timedelta(days=15)
"""For him to rate again; then it ends by itself. A local choice."""

ASKED_AFTER_NO = timedelta(days=1)
"""After a no, at least, until the applicant is asked to rate: never with the no itself. A local choice."""

REFUND_WORKDAYS = 5
"""For money nobody owed to go back. No national rule; a local choice."""

GAP_WORKDAYS = 3
"""For a gap (差错) between bill, order and case to be settled. A local choice."""

BILL_READY = timedelta(hours=10)
"""After midnight, for a payment party's bill of yesterday to be there (docs/domain.md §4.7 微信支付, from memory): a local choice."""

BILL_AGAIN = timedelta(minutes=30)
"""For a bill that could not be fetched to be asked for again. A local choice."""

BILL_BACK = timedelta(days=7)
"""For a bill nobody fetched to be fetched yet, whatever the system was doing then. A local choice."""

RATING_WINDOW = timedelta(days=15)
"""For rating: the life of an invitation's link, and from delivery to closing. A local choice."""

RENEWAL_ASKED = timedelta(days=30)
"""Before a licence ends, for its renewal (延续) to be asked for (《行政许可法》第50条第1款). Calendar days:
the working days of 第82条 are for what an organ has to do, and this is the holder's."""

RENEWAL_OPENS = timedelta(days=60)
"""Before a licence ends, for its holder to be told, and for renewal to be open: as long again as he is given. A local choice."""

BILL_LIFE = timedelta(days=30)
"""For paying a fee, in whole days: counted as `workdays.last_day` does, the last is over at 24:00. The length is a local choice."""

CITIZEN_SESSION = timedelta(days=7)
"""For a citizen to stay signed in. A local choice."""

STAFF_SESSION = timedelta(hours=8)
"""One working day (GB/T 22239-2019: sessions of staff end by themselves)."""

KIOSK_VISIT = timedelta(minutes=30)
"""For one visit to a kiosk, if nobody ends it before. A local choice."""

ONE_TIME_CODE = timedelta(minutes=5)
"""For entering a code that came by SMS. A local choice."""

STATUS_LOCK = timedelta(minutes=30)
"""After three wrong tries at the last four characters of an ID. A local choice."""

PASSWORD_LOCK = timedelta(minutes=15)
"""After five wrong staff passwords (GB/T 22239-2019: failed logins are limited). The length is a local choice."""
