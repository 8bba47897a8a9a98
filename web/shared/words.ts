/** Chinese words for small code sets of the API that both clients show alike. */
import type { components } from './api'

export type DeliveryMethod = components['schemas']['DeliveryMethod']
export type Level = 1 | 2 | 3 | 4 | 5

export const DELIVERY_NAMES: Record<DeliveryMethod, string> = { electronic: '电子结果', pickup: '窗口领取', courier: '邮寄到家' }
export const LEVELS: readonly Level[] = [5, 4, 3, 2, 1]
export const LEVEL_NAMES: Record<Level, string> = { 5: '非常满意', 4: '满意', 3: '基本满意', 2: '不满意', 1: '非常不满意' }
