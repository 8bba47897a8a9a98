/** Where one is in the application. */
import { Box, Heading, Text } from '@/ui/kit'

export function Stepper({ names, at }: { names: string[]; at: number }) {
  return (
    <Box className="stepper">
      <Box className="stepper-dots" role="img" label={`第${at + 1}步，共${names.length}步`}>
        {names.map((name, index) => (
          <Box key={name} className={`stepper-dot ${index < at ? 'is-done' : ''} ${index === at ? 'is-now' : ''}`}><Text decorative>{name}</Text></Box>
        ))}
      </Box>
      <Heading level={2} id="step-title" className="step-title" focusable>第{at + 1}步，共{names.length}步：{names[at]}</Heading>
    </Box>
  )
}
