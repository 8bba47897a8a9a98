import type { Board } from "../api/types";
import { percent } from "../lib/format";

/** 好差评: each indicator with its formula and both sides of the fraction, for the city and for each department. */
export function Indicators({ board }: { board: Board }) {
  const rows = [{ department: "", name: "全市", indicators: board.indicators }, ...board.by_department];
  return (
    <section className="card indicator-card" aria-label="好差评指标">
      <h2>好差评指标</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">部门</th>
            {board.indicators.map(({ code, name, formula }) => (
              <th key={code} scope="col">
                {name}
                <small>{formula}</small>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.department}>
              <th scope="row">{row.name}</th>
              {row.indicators.map((each) => (
                <td key={each.code} className="num">
                  {each.rate === null ? "—" : percent(each.above, each.of)}
                  <small>
                    {each.above}÷{each.of}
                  </small>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
