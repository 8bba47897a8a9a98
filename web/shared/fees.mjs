/** What the stand-in servers of both clients say of a service's fee, in the shape of the API: of the real files, in plainer words. */
const yuan = (fen) => `${(fen / 100).toFixed(2).replace(/\.00$/, '')}元`

const price = ({ amount_fen, unit_fen }) => yuan(amount_fen ?? unit_fen ?? 0)

export function feeOf(fee) {
  if (!fee) return { fee: null, fee_fen: 0, fee_text: '不收费' }
  const items = fee.items.map(({ code, name, basis, table, times, ...rest }) => ({ code, name, basis, how: `${(table ?? [rest]).map(price).join('；')}${(times ?? []).map(({ unit }) => `，每${unit}`).join('')}` }))
  const exemptions = (fee.exemptions ?? []).map(({ reason, basis, proof }) => ({ reason, basis, how: `免收，凭${proof}` }))
  const fixed = fee.items.every(({ amount_fen }) => amount_fen) && !exemptions.length ? fee.items.reduce((sum, { amount_fen }) => sum + amount_fen, 0) : null
  return { fee: { items, exemptions, counter: fee.counter }, fee_fen: fixed, fee_text: fixed === null ? '按申请表计算' : yuan(fixed) }
}

/** A fee as it is counted, where one is due: each item once. */
export function countedOf(fee, amount_fen = 2000) {
  if (!fee) return null
  const lines = fee.items.slice(0, 1).map(({ code, name, basis }) => ({ code, name, basis, amount_fen, how: yuan(amount_fen) }))
  return { total_fen: amount_fen, lines, reductions: [], unproved: [] }
}
