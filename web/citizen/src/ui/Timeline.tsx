/** What happened to a case, newest first, with the messages that told of it. */
import type { TimelineEntry } from '@/api/types'
import { storyText } from '@/domain/appeal'
import { timeText } from '@/domain/due'
import { noticeText } from '@/domain/notices'
import { Box, Text } from './kit'

export function Timeline({ entries }: { entries: TimelineEntry[] }) {
  return (
    <Box as="ol" className="timeline">
      {[...entries].reverse().map((entry, index) => (
        <Box as="li" key={`${entry.at}${entry.event}${index}`} className={`timeline-one ${index === 0 ? 'is-now' : ''}`}>
          <Text className="timeline-dot" decorative />
          <Text className="timeline-text">{storyText(entry)}</Text>
          <Text className="timeline-at">{[timeText(entry.at), entry.by].filter(Boolean).join('，')}</Text>
          {entry.notice ? <Text className="timeline-notice">{noticeText(entry.notice)}</Text> : null}
        </Box>
      ))}
    </Box>
  )
}
