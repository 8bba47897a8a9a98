import { billText, feeRows, untilText } from "@shared/fee";
import { yuan } from "@shared/money";
import { REFUND_STATE_NAMES } from "@shared/vocabulary";
import type { StaffCase } from "../api/types";
import { Fact } from "../case/FormCard";
import { moment } from "../lib/format";

/** What the case costs, as its form stands or as it was decided, who pays less and by which proof; how the bill stands, and what of it goes back. */
export default function CasePart({ file }: { file: StaffCase }) {
  const { fee, payment } = file;
  if (!fee && !payment) return null;
  const waits = payment?.state === "unpaid" || payment?.state === "paying";
  return (
    <section className="card" aria-label="收费">
      <h2>收费 {fee && !fee.decided && <span className="tag">按申请表现在的内容，准予时确定</span>}</h2>
      {fee && fee.unproved.length > 0 && <p className="case-note near">申请人要求减免，还没有交{fee.unproved.map((each) => each.proof_name).join("、")}：不补交的，按全额收取。</p>}
      <dl className="facts">
        {fee && feeRows(fee).map(([name, text], index) => <Fact key={`${name}${index}`} title={name} text={text} />)}
        {fee && <Fact title="依据" text={[...new Set([...fee.lines, ...fee.reductions].map((each) => each.basis))].join("；")} />}
        {payment && <Fact title="缴费" text={`${billText(payment)}${payment.paid_at ? `　${moment(payment.paid_at)}` : ""}`} />}
        {payment?.refunds?.map((each, index) => <Fact key={`refund${index}`} title="退款" text={`${yuan(each.amount_fen)}元　${REFUND_STATE_NAMES[each.state]}　${each.reason}${each.by_hand ? `　凭证号${each.by_hand}` : ""}`} />)}
        {waits && payment?.until && <Fact title="最后一日" text={`${untilText(payment.until, payment.provisional)}，逾期办件终止`} />}
      </dl>
    </section>
  );
}
