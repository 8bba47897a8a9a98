/** Find services by words and themes; used on what is kept on the phone when the network is away. */
import type { ServiceSummary } from '@/api/types'

export interface Query {
  q?: string
  tag?: string
  audience?: string
  topic?: string
}

export function matches(service: ServiceSummary, query: Query): boolean {
  const words = (query.q ?? '').trim().toLowerCase().split(/\s+/).filter(Boolean)
  const text = [service.name, service.short_name, service.summary, ...service.topics, service.department_name].join(' ').toLowerCase()
  return (
    words.every((word) => text.includes(word)) &&
    (!query.tag || (service.tags as string[]).includes(query.tag)) &&
    (!query.audience || service.audience === query.audience) &&
    (!query.topic || service.topics.includes(query.topic))
  )
}

export function queryString(query: Record<string, string | undefined>): string {
  const parts = Object.entries(query).filter(([, value]) => value)
  return parts.length ? `?${parts.map(([name, value]) => `${name}=${encodeURIComponent(value ?? '')}`).join('&')}` : ''
}
