/** Cases in every state, for looking at. */
import { constant } from '../../../shared/constants.mjs'
import { countedOf } from '../../../shared/fees.mjs'

const NAMES = constant('STATUS_NAMES')
const CAN = { submitted: ['supplement', 'withdraw'], correction: ['supplement', 'withdraw'], accepted: ['withdraw'], in_review: ['withdraw'], suspended: ['withdraw'], awaiting_payment: ['pay'], delivered: ['rate'], denied: ['rate'] }
const DAY = 86_400_000

const iso = (time) => new Date(time + 8 * 3_600_000).toISOString().slice(0, 19) + '+08:00'

/** Two departments ask, each by its own day; one item is asked in words. */
const missingOf = (start) => [
  { code: 'photo', text: '近期证件照不清楚，请重新拍照', group: 'material', department: 'gaj', department_name: '成都市公安局', due: iso(start + 9 * DAY).slice(0, 10), provisional: false },
  { code: 'words-1', text: '请说明门牌号怎么变的', group: 'words', department: 'cgw', department_name: '成都市城管委', due: iso(start + 11 * DAY).slice(0, 10), provisional: false },
]

const certificateOf = (guide, start) => ({ number: '1234567890123459', state: 'valid', type: guide.result.name, holder: '王*明', issuer: guide.department_name, department: guide.department, valid_from: iso(start).slice(0, 10), valid_to: null, verify_url: 'https://yb.example.gov.cn/verify?n=1234567890123459', renewal: null })

export function caseOf({ case_no, service = 'residence-permit', status = 'submitted', form, delivery }, services) {
  const guide = services.find((each) => each.code === service)
  const start = Date.now() - 3 * DAY
  const told = (status) => ({ channel: 'sms', status })
  const timeline = [{ at: iso(start), event: 'submitted', text: '已收件', by: '申请人', notice: told('delivered') }]
  const add = (days, event, text, more = {}) => timeline.push({ at: iso(start + days * DAY), event, text, by: guide.department_name, ...more })
  if (!['submitted', 'not_accepted'].includes(status)) add(0.3, 'accepted', '已受理，进入审查', { notice: told('delivered') })
  if (status === 'correction') add(0.8, 'correction_requested', '需要补正：近期证件照不清楚，请重新拍照', { notice: told('sent'), data: { due: iso(start + 9 * DAY).slice(0, 10) } })
  if (status === 'suspended') {
    const due = iso(start + 20 * DAY).slice(0, 10)
    add(0.8, 'suspended', `${guide.department_name}依法进行专家评审：需要专家评审（至${Number(due.slice(5, 7))}月${Number(due.slice(8))}日，所需时间不计入办理期限）`, { notice: told('delivered'), data: { kind: 'review', reason: '需要专家评审', procedure: '专家评审', due } })
  }
  if (['granted', 'awaiting_payment', 'delivering', 'delivered', 'ready_for_pickup', 'producing'].includes(status)) add(1.2, 'granted', `准予，结果：${guide.result.name}`, { notice: told('delivered'), data: { result: guide.result.name } })
  if (status === 'awaiting_payment') add(1.3, 'payment_requested', '请缴费10元', { notice: told('sent') })
  if (status === 'denied') add(1.2, 'denied', '不予许可：居住时间不满半年。如不服，可以自收到决定之日起60日内向成都市人民政府申请行政复议，或者6个月内向有管辖权的人民法院提起行政诉讼；2026年7月1日收到的，最后一日分别是2026年8月31日、2027年1月4日（以国务院公布的放假安排为准）', { notice: told('delivered'), data: { reason: '居住时间不满半年', appeal: { said: '如不服，可以自收到决定之日起60日内向成都市人民政府申请行政复议，或者6个月内向有管辖权的人民法院提起行政诉讼；2026年7月1日收到的，最后一日分别是2026年8月31日、2027年1月4日（以国务院公布的放假安排为准）', reviewed_by: '成都市人民政府', court: '有管辖权的人民法院', received: '2026-07-01', reconsider_by: '2026-08-31', sue_by: '2027-01-04', provisional: true } } })
  if (['delivering', 'delivered'].includes(status)) add(2, 'dispatched', '结果已交邮政速递寄出，运单号1234567890123', { notice: told('delivered') })
  if (status === 'delivered') add(2.8, 'delivered', '结果已送达', { notice: told('queued') })
  const shipped = ['delivering', 'delivered'].includes(status) && delivery?.method !== 'electronic'
  return {
    case_no,
    status,
    status_name: NAMES[status],
    service,
    service_name: guide.name,
    version: 'v000001',
    received_at: iso(start),
    promised_by: iso(start + 12 * DAY).slice(0, 10),
    clock: { days: guide.promised_days, accepted: status !== 'submitted', provisional: false, statutory_by: null, paused_since: ['correction', 'suspended'].includes(status) ? iso(start + DAY).slice(0, 10) : null, taken: [] },
    channel: 'web',
    applicant: '王*明',
    timeline,
    form: form ?? { name: '王小明', id_number: '510104199001010019', reason: 'home', address: '成都市锦江区东大街1号2单元301', lives_since: '2026-03-01' },
    materials: [{ code: 'photo', name: '近期证件照', material_id: 'a'.repeat(32) }],
    delivery: delivery ?? { method: 'courier', name: '王小明', phone: '13800000000', address: '成都市锦江区东大街1号2单元301' },
    fee: guide.fee ? { ...countedOf(guide.fee, 1000), decided: status === 'awaiting_payment' } : null,
    payment: status === 'awaiting_payment' ? { amount_fen: 1000, state: 'unpaid', until: iso(start + 32 * DAY).slice(0, 10), counter: { address: '成都市青羊区草市街2号公安窗口', hours: '工作日9:00至17:00' } } : null,
    shipment: shipped ? { state: status === 'delivered' ? 'delivered' : 'moving', waybill: '1234567890123', carrier: 'EMS', tracks: [{ at: iso(start + 2 * DAY), text: '已收寄，成都市邮政揽投部' }, { at: iso(start + 2.5 * DAY), text: '到达成都处理中心' }] } : null,
    certificate: status === 'delivered' && delivery?.method === 'electronic' ? certificateOf(guide, start) : null,
    missing: status === 'correction' ? missingOf(start) : [],
    missing_materials: status === 'submitted' ? [{ code: 'home-proof', name: '居住证明' }] : [],
    rating: null,
    masked: false,
    can: CAN[status] ?? [],
  }
}
