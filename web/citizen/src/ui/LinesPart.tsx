/** Lines under what they are, within a note. */
import { Box, Text } from './kit'

export function LinesPart({ title, lines }: { title: string; lines: string[] }) {
  return (
    <Box className="missing">
      <Text className="missing-title">{title}</Text>
      <Box as="ul" className="lines">{lines.map((line, index) => <Box as="li" key={index} className="lines-one">{line}</Box>)}</Box>
    </Box>
  )
}
