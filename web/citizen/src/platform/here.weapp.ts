import type { Here } from './types'

export const HERE: Here = { channel: 'miniprogram', app: 'wechat', pays: true, chats: true }
