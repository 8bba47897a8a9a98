/** What a case still lacks, by who asks for it, each with its day. */
import { askingText } from '@/domain/supplement'
import { askings, type Missing } from '@shared/missing'
import { LinesPart } from './LinesPart'

export function MissingList({ missing, lacking = [] }: { missing: Missing[]; lacking?: { name: string }[] }) {
  const all = askings(missing)
  return (
    <>
      {all.map((asking) => (
        <LinesPart
          key={`${asking.department} ${asking.due}`}
          title={askingText(asking, all.length > 1)}
          lines={asking.items.map(({ text }) => text)}
        />
      ))}
      {lacking.length ? <LinesPart title="还没有交的材料" lines={lacking.map(({ name }) => name)} /> : null}
    </>
  )
}
