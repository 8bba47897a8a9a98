import { expect, it } from 'vitest'
import { prefillable } from '@/domain/prefill'
import { fieldsOf } from '@shared/form'

const FIELDS = fieldsOf({
  properties: {
    name: { type: 'string', title: '姓名' },
    id_number: { type: 'string', format: 'id-number', title: '身份证号码' },
    reason: { type: 'string', enum: ['work', 'home'], title: '理由' },
    day: { type: 'string', format: 'date', title: '日期' },
  },
})

it('fills only what is empty, known and right', () => {
  const earlier = { name: '李四', id_number: '510104199001010019', reason: 'play', stray: 1, day: null }
  expect(prefillable(FIELDS, { name: '王五' }, earlier)).toEqual({ id_number: '510104199001010019' })
})
