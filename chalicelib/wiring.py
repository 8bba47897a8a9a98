"""The one place that puts the parts together, each once per container and only when first asked for."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from chalicelib.kernel import config

if TYPE_CHECKING:
    from chalicelib.approvals.service import Approvals
    from chalicelib.approvals.stages import Stages
    from chalicelib.cases.outbox import Outbox
    from chalicelib.cases.service import Cases
    from chalicelib.cases.view import View
    from chalicelib.catalogue.service import Catalogue
    from chalicelib.delivery.providers.ems import Ems
    from chalicelib.delivery.service import Delivery
    from chalicelib.dialogue.service import Dialogue
    from chalicelib.identity.service import Identity
    from chalicelib.intake.materials import Materials
    from chalicelib.intake.service import Desk
    from chalicelib.kernel.seal import Sealer
    from chalicelib.kernel.sessions import Sessions
    from chalicelib.notices.ports import Parties
    from chalicelib.notices.providers.wechat import WeChatGateway
    from chalicelib.notices.service import Notices
    from chalicelib.payments.providers.wechat_pay import WechatPay
    from chalicelib.payments.service import Payments
    from chalicelib.ratings.service import Ratings
    from chalicelib.supervision.service import Figures


@cache
def sealer() -> Sealer:
    """Seal personal data under the deployment's data key."""
    from chalicelib.kernel.seal import Sealer

    return Sealer(config.client("kms"), config.settings().data_key)


@cache
def sessions() -> Sessions:
    """Keep small things with an end."""
    from chalicelib.kernel.sessions import Sessions

    return Sessions(config.settings().sessions_table, config.settings().region)


@cache
def cases() -> Cases:
    """Keep the cases."""
    from chalicelib.cases.service import Cases
    from chalicelib.cases.store import Store

    return Cases(Store(config.settings().cases_table, config.settings().region), sealer(), config.key("index"))


@cache
def catalogue() -> Catalogue:
    """Know the services."""
    from chalicelib.catalogue.service import Catalogue
    from chalicelib.catalogue.store import Store

    return Catalogue(Store(config.settings().catalogue_table, config.settings().region))


@cache
def desk() -> Desk:
    """Receive every submission."""
    from chalicelib.intake.service import Desk

    return Desk(cases(), catalogue(), ratings(), config.key("case"))


@cache
def view() -> View:
    """Show a case to who may see it."""
    from chalicelib.cases.view import View
    from chalicelib.kernel.audit import Audit

    return View(cases(), catalogue(), Audit(config.settings().audit_table, config.settings().region))


@cache
def materials() -> Materials:
    """Give places to upload to."""
    from chalicelib.intake.materials import Materials

    return Materials(config.client("s3"), config.settings().materials_bucket, config.key("index"))


@cache
def stages() -> Stages:
    """Put work on desks."""
    from chalicelib.approvals.stages import Stages

    return Stages(cases(), catalogue())


@cache
def approvals() -> Approvals:
    """Decide."""
    from chalicelib.approvals.decisions import Decisions
    from chalicelib.approvals.numbers import Numbers
    from chalicelib.approvals.service import Approvals
    from chalicelib.kernel.counters import Counters

    counters = Counters(config.settings().counters_table, config.settings().region)
    return Approvals(cases(), Decisions(cases(), catalogue(), Numbers(counters)), delivery())


@cache
def outbox() -> Outbox:
    """Carry out what the stream tells."""
    from chalicelib.cases.outbox import Outbox
    from chalicelib.notices.queue import Queue
    from chalicelib.notices.templates import told

    queue = Queue(config.client("sqs"), config.settings().notices_queue)
    return Outbox(cases(), catalogue(), queue, told, config.client("stepfunctions"), config.settings().lifecycle_arn)


@cache
def figures() -> Figures:
    """Count for supervision."""
    from chalicelib.supervision.service import Figures
    from chalicelib.supervision.store import Days

    return Figures(Days(config.client("dynamodb"), config.settings().counters_table))


@cache
def wechat() -> WeChatGateway:
    """Reach WeChat."""
    from chalicelib.notices.providers.wechat import WeChatGateway

    return WeChatGateway(config.party("wechat"), sessions())


@cache
def identity() -> Identity:
    """Know who is who."""
    from chalicelib.identity.service import Identity, Keys
    from chalicelib.identity.store import Store

    store = Store(config.settings().accounts_table, config.settings().region)
    keys = Keys(config.key("session"), config.key("index"), config.key("verify"))
    return Identity(store, sessions(), sealer(), keys, wechat, notices)


@cache
def carriers() -> Parties:
    """Reach those who carry messages: the SMS gateway chosen, and WeChat."""
    from chalicelib.notices.ports import Parties
    from chalicelib.notices.providers.aliyun import Aliyun
    from chalicelib.notices.providers.tencent import Tencent

    sms = config.party("sms")
    makers: dict[str, type[Aliyun] | type[Tencent]] = {"aliyun": Aliyun, "tencent": Tencent}
    return Parties(makers[sms["provider"]](sms[sms["provider"]]), wechat(), config.party("wechat"))


@cache
def notices() -> Notices:
    """Tell the citizen."""
    from chalicelib.notices.queue import Queue
    from chalicelib.notices.service import Notices

    return Notices(
        cases(),
        sessions(),
        Queue(config.client("sqs"), config.settings().notices_queue),
        sealer(),
        carriers,
        openid_of=lambda phone: identity().openid_of(phone),
        expect_rating=lambda phone, case_no, now: dialogue().expect_rating(phone, case_no, now),
        link=_link,
    )


def _link(case_no: str, event: str) -> str:
    if event == "rating_invited":
        return ratings().link(case_no)
    return f"{config.settings().public_url}/cases/{case_no}"


@cache
def pay_party() -> WechatPay:
    """Reach WeChat Pay."""
    from chalicelib.payments.providers.wechat_pay import WechatPay

    return WechatPay(config.party("wechat_pay"))


@cache
def payments() -> Payments:
    """Collect fees."""
    from chalicelib.payments.service import Payments

    return Payments(cases(), catalogue(), pay_party)


@cache
def courier() -> Ems:
    """Reach the courier."""
    from chalicelib.delivery.providers.ems import Ems

    return Ems(config.party("ems"))


@cache
def delivery() -> Delivery:
    """Deliver results."""
    from chalicelib.delivery.service import Delivery

    return Delivery(cases(), catalogue(), courier, config.settings().public_url)


@cache
def ratings() -> Ratings:
    """Take ratings."""
    from chalicelib.ratings.service import Ratings

    return Ratings(cases(), catalogue(), sealer(), config.key("case"), config.settings().public_url)


@cache
def dialogue() -> Dialogue:
    """Talk with citizens."""
    from chalicelib.dialogue.service import Dialogue
    from chalicelib.ratings.model import reasons_of, ticket

    return Dialogue(
        desk(),
        cases(),
        catalogue(),
        sessions(),
        sealer(),
        config.key("index"),
        reasons_of,
        lambda case_no: ticket(config.key("case"), case_no),
        notices,
    )
