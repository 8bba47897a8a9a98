/** Money is whole fen; people read yuan. */
export function yuan(fen: number): string {
  return (fen / 100).toFixed(2).replace(/\.00$/, '')
}
