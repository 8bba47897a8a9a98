import { yuan } from "@shared/money";
import { PAYER_LEVEL_NAMES } from "@shared/vocabulary";
import { Button } from "antd";
import { usePostage } from "../api/queries";
import { moment } from "../lib/format";
import { Problem } from "../ui/Problem";

/** What carriage cost the treasury of one's own level in a month: each parcel once, when it was posted. */
export function Postage({ month }: { month: string }) {
  const sheet = usePostage(month);
  const first = sheet.data?.pages[0];
  const parcels = sheet.data?.pages.flatMap((page) => page.parcels) ?? [];
  return (
    <section className="card channel-card" aria-label="寄递费用">
      <h2>{month}寄递费用</h2>
      {sheet.isError && <Problem error={sheet.error} retry={() => void sheet.refetch()} />}
      {first && (
        <p>
          {first.payer_org}（{PAYER_LEVEL_NAMES[first.payer_level]}）支付，共 <b className="num">{first.count ?? 0}</b> 件，<b className="num">{yuan(first.sum_fen ?? 0)}</b> 元
          {first.unpriced ? `；另有 ${first.unpriced} 件没有约定价格，未计入金额` : ""}
        </p>
      )}
      {parcels.length > 0 && (
        <table className="table">
          <thead>
            <tr>
              {["交寄时间", "寄递企业", "运单号", "办件号", "事项", "费用（元）"].map((title) => (
                <th key={title} scope="col">{title}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {parcels.map((each) => (
              <tr key={each.order_no}>
                <td className="num">{moment(each.posted_at)}</td>
                <td>{each.carrier}</td>
                <td className="num">{each.waybill}</td>
                <td className="num">{each.case_no}</td>
                <td>{each.service_name}</td>
                <td className="num">{each.cost_fen === null ? "没有约定" : yuan(each.cost_fen)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {sheet.hasNextPage && <Button loading={sheet.isFetchingNextPage} onClick={() => void sheet.fetchNextPage()}>更多</Button>}
    </section>
  );
}
