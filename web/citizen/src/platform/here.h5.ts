import type { Here } from './types'

export const HERE: Here = { channel: 'web', app: null, pays: false, chats: false }
