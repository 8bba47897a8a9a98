/** What a case still lacks, by who asks for it, each with its day. */
import { askingText } from '@/domain/supplement'
import { askings, type Missing } from '@shared/missing'
import { Box, Text } from './kit'

export function MissingList({ missing, lacking = [] }: { missing: Missing[]; lacking?: { name: string }[] }) {
  const all = askings(missing)
  return (
    <>
      {all.map((asking) => (
        <Part
          key={`${asking.department} ${asking.due}`}
          title={askingText(asking, all.length > 1)}
          items={asking.items.map(({ text }) => text)}
        />
      ))}
      {lacking.length ? <Part title="还没有交的材料" items={lacking.map(({ name }) => name)} /> : null}
    </>
  )
}

function Part({ title, items }: { title: string; items: string[] }) {
  return (
    <Box className="missing">
      <Text className="missing-title">{title}</Text>
      <Box as="ul" className="lines">{items.map((item, index) => <Box as="li" key={index} className="lines-one">{item}</Box>)}</Box>
    </Box>
  )
}
