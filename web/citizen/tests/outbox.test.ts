import { describe, expect, it } from 'vitest'
import { Outbox, pause, settled, type Answer, type Entry } from '@/domain/outbox'

const NEW = { key: 'k1', kind: 'application' as const, path: '/v1/applications', body: '{"a":1}', title: '居住证', service: 'residence-permit', owner: 'tel:1' }

/** An outbox over a store that outlives it (a reload), a clock that is set by hand and answers given in order. */
function bench(answers: (Answer | 'thrown')[] = []) {
  let kept: Entry[] = []
  const clock = { now: 1_000 }
  const sent: { key: string; body: string }[] = []
  const open = () =>
    new Outbox(
      { load: () => structuredClone(kept), save: (entries) => { kept = structuredClone(entries) } },
      async (entry) => {
        sent.push({ key: entry.key, body: entry.body })
        const answer = answers.shift() ?? { status: 0 }
        if (answer === 'thrown') throw new Error('lost')
        return answer
      },
      () => clock.now,
    )
  return { open, sent, clock, kept: () => kept }
}

describe('an entry', () => {
  it('is kept before it is sent', () => {
    const { open, kept, sent } = bench()
    open().put(NEW)
    expect(kept()[0]?.state).toBe('waiting')
    expect(sent).toEqual([])
  })

  it('is added once for a key, whatever is put again', () => {
    const { open } = bench()
    const box = open()
    box.put(NEW)
    expect(box.put({ ...NEW, body: '{"a":2}' }).body).toBe('{"a":1}')
    expect(box.entries()).toHaveLength(1)
  })

  it.each([
    [201, 'done'], [200, 'done'], [400, 'refused'], [403, 'refused'], [404, 'refused'], [409, 'refused'], [413, 'refused'],
    [401, 'sign-in'], [0, 'waiting'], [408, 'waiting'], [429, 'waiting'], [500, 'waiting'], [502, 'waiting'], [503, 'waiting'],
  ])('after %i is %s', (status, state) => {
    const entry = { ...NEW, createdAt: 0, state: 'sending' as const, attempts: 1, nextAt: 0 }
    expect(settled(entry, { status, body: {} }, 5).state).toBe(state)
  })

  it('keeps no personal data once it has its answer', () => {
    const entry = { ...NEW, createdAt: 0, state: 'sending' as const, attempts: 1, nextAt: 0 }
    expect(settled(entry, { status: 201, body: { case_no: '1' } }, 5).body).toBe('')
    expect(settled(entry, { status: 500 }, 5).body).toBe(NEW.body)
  })
})

describe('sending', () => {
  it('tries until there is an answer, always with the same key and bytes', async () => {
    const { open, sent, clock } = bench([{ status: 0 }, 'thrown', { status: 503 }, { status: 201, body: { case_no: '660092712114' } }])
    const box = open()
    box.put(NEW)
    for (let turn = 0; turn < 4; turn++) {
      await box.flush('tel:1')
      clock.now += 120_000
    }
    expect(box.find('k1')).toMatchObject({ state: 'done', attempts: 4, answer: { case_no: '660092712114' } })
    expect(new Set(sent.map((each) => each.key + each.body)).size).toBe(1)
    await box.flush('tel:1', true)
    expect(sent).toHaveLength(4)
  })

  it('waits longer after each failure, up to a minute, unless told to go', async () => {
    const { open, sent, clock } = bench()
    const box = open()
    box.put(NEW)
    await box.flush('tel:1')
    await box.flush('tel:1')
    expect(sent).toHaveLength(1)
    expect(box.nextAt('tel:1')).toBe(clock.now + pause(1))
    await box.flush('tel:1', true)
    expect(sent).toHaveLength(2)
    expect([1, 2, 3, 20].map(pause)).toEqual([2_000, 4_000, 8_000, 60_000])
  })

  it('survives a reload in the middle of a call', async () => {
    const { open, sent, kept } = bench([{ status: 201, body: {} }])
    open().put(NEW)
    kept()[0]!.state = 'sending'
    await open().flush('tel:1')
    expect(sent).toHaveLength(1)
    expect(kept()[0]?.state).toBe('done')
  })

  it('never overlaps with itself', async () => {
    const { open, sent } = bench([{ status: 201, body: {} }])
    const box = open()
    box.put(NEW)
    await Promise.all([box.flush('tel:1'), box.flush('tel:1'), box.flush('tel:1', true)])
    expect(sent).toHaveLength(1)
  })

  it('sends only what belongs to who is signed in', async () => {
    const { open, sent } = bench()
    const box = open()
    box.put(NEW)
    await box.flush('tel:2', true)
    expect(sent).toHaveLength(0)
  })

  it('stops at the first silence and goes on to the next after a refusal', async () => {
    const { open, sent } = bench([{ status: 400, body: { detail: '姓名不对', fields: [] } }, { status: 0 }, { status: 201 }])
    const box = open()
    for (const key of ['k1', 'k2', 'k3']) box.put({ ...NEW, key })
    await box.flush('tel:1')
    expect(sent.map((each) => each.key)).toEqual(['k1', 'k2'])
    expect(box.find('k1')?.fault).toEqual({ status: 400, detail: '姓名不对', fields: [] })
  })
})

describe('forgetting', () => {
  it('never drops what has no answer', async () => {
    const { open } = bench([{ status: 201 }])
    const box = open()
    box.put(NEW)
    box.forget('k1')
    expect(box.open()).toHaveLength(1)
    await box.flush('tel:1')
    box.forget('k1')
    expect(box.entries()).toHaveLength(0)
  })

  it('keeps the newest twenty answers and everything open', async () => {
    const { open } = bench(Array.from({ length: 25 }, () => ({ status: 201 })))
    const box = open()
    for (let at = 0; at < 25; at++) box.put({ ...NEW, key: `k${at}` })
    await box.flush('tel:1')
    box.put({ ...NEW, key: 'open' })
    expect(box.entries()).toHaveLength(21)
    expect(box.find('k0')).toBeUndefined()
    expect(box.find('k24')?.state).toBe('done')
  })
})
