/** A service's guide as a picture: who does what, one step after the other. */
import type { Material, Service } from '@/api/types'
import { DELIVERY_METHOD_NAMES } from '@shared/vocabulary'
import { limitText } from './due'

export interface FlowStep {
  title: string
  note: string
  by: 'you' | 'us'
}

export function flowOf(service: Service): FlowStep[] {
  const stages = service.stages.map((stage): FlowStep => ({
    title: stage.name,
    note: stage.departments.length > 1 ? `${stage.departments.length}个部门同时办，${limitText(stage.limit_days)}` : limitText(stage.limit_days),
    by: 'us',
  }))
  const pay: FlowStep[] = service.fee ? [{ title: '缴费', note: service.fee.counter ? '手机上缴，也可以到窗口缴现金、刷卡' : '手机上就能缴', by: 'you' }] : []
  const ways = service.delivery.map((method) => DELIVERY_METHOD_NAMES[method]).join('、')
  return [{ title: '网上申请', note: '填表、传材料', by: 'you' }, ...stages, ...pay, { title: '拿到结果', note: ways, by: 'us' }]
}

export function visitText(visits: number): string {
  return visits === 0 ? '不用跑' : `跑${visits}次`
}

export const NEED_NAMES: Record<Material['need'], string> = { required: '必须交', optional: '可以不交', later: '可以后补' }

/** How a fee is counted, who pays less, and where it is paid without a phone. */
export function feeLines(fee: NonNullable<Service['fee']>): string[] {
  return [
    ...fee.items.map(({ name, how, basis }) => `${name}：${how}（${basis}）`),
    ...fee.exemptions.map(({ reason, how, basis }) => `减免：${reason}，${how}（${basis}）`),
    ...(fee.counter ? [`没有微信的，可以到收费窗口缴现金、刷卡：${fee.counter.address}，${fee.counter.hours}`] : []),
  ]
}
