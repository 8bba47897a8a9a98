/** The six ways in on the first page: for whom, and the four lists of 国办发〔2018〕45号. */
import type { IconName } from '@/ui/icons'
import type { Query } from './search'

export interface Theme {
  name: string
  note: string
  icon: IconName
  query: Query
}

export const THEMES: Theme[] = [
  { name: '个人', note: '个人办事', icon: 'people', query: { audience: 'person' } },
  { name: '法人', note: '企业和单位', icon: 'company', query: { audience: 'corporation' } },
  { name: '马上办', note: '当场办结', icon: 'bolt', query: { tag: '马上办' } },
  { name: '网上办', note: '全程网办', icon: 'web', query: { tag: '网上办' } },
  { name: '一次办', note: '最多跑一次', icon: 'once', query: { tag: '一次办' } },
  { name: '就近办', note: '家门口办', icon: 'near', query: { tag: '就近办' } },
]

export function themeName(query: Query): string {
  const known = THEMES.find((theme) => theme.query.tag === query.tag && theme.query.audience === query.audience && (query.tag || query.audience))
  return known?.name ?? query.topic ?? ''
}
