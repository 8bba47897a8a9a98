/** Names and values, one under the other. */
import { Box, Text } from './kit'

export function Rows({ rows }: { rows: [string, string][] }) {
  return (
    <Box className="rows">
      {rows.map(([name, value], index) => (
        <Box key={`${name}${index}`} className="rows-one"><Text className="rows-name">{name}</Text><Text className="rows-value">{value}</Text></Box>
      ))}
    </Box>
  )
}
