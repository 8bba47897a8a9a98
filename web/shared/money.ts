/** Money is whole fen; people read yuan. */
export function yuan(fen: number): string {
  return (fen / 100).toFixed(2).replace(/\.00$/, '')
}

export function feeText(fen: number): string {
  return fen > 0 ? `${yuan(fen)}元` : '不收费'
}
