/** The steps of a service as a picture: numbered stops on a line, ours and yours in different colours. */
import type { FlowStep } from '@/domain/guide'
import { Box, Text } from './kit'

export function Flow({ steps }: { steps: FlowStep[] }) {
  return (
    <Box as="ol" className="flow" label="办理流程">
      {steps.map((step, index) => (
        <Box as="li" key={`${step.title}${index}`} className={`flow-step flow-${step.by}`}>
          <Text className="flow-dot" decorative>{index + 1}</Text>
          <Box className="flow-text">
            <Text className="flow-title">{step.title}</Text>
            <Text className="flow-note">{step.by === 'you' ? '您来做' : '我们做'}，{step.note}</Text>
          </Box>
        </Box>
      ))}
    </Box>
  )
}
