/** Files on their way: chosen, asked a place for, sent with progress, tried again on request. */
import { useRef, useState } from 'react'
import { newMaterial } from '@/api'
import { ACCEPT, fileFault, shortName } from '@/domain/files'
import { wordsOf } from '@/domain/problem'
import { pick, upload } from '@/platform/files'
import { UploadFailed, type PickedFile } from '@/platform/types'
import type { FileType } from '@shared/vocabulary'

export interface Sending {
  id: number
  file: PickedFile
  percent: number
  fault: string
}

interface Options {
  onDone: (file: PickedFile, materialId: string) => void
  busy: (change: 1 | -1) => void
}

export function useUploads({ onDone, busy }: Options) {
  const [sending, setSending] = useState<Sending[]>([])
  const [fault, setFault] = useState('')
  const count = useRef(0)
  const set = (id: number, change: Partial<Sending>) => setSending((all) => all.map((each) => (each.id === id ? { ...each, ...change } : each)))
  const drop = (id: number) => setSending((all) => all.filter((each) => each.id !== id))

  const send = async (id: number, file: PickedFile) => {
    set(id, { fault: '', percent: 0 })
    busy(1)
    try {
      const place = await newMaterial({ name: shortName(file.name), type: file.type as FileType, size: file.size })
      await upload(file, place.upload, (percent) => set(id, { percent }))
      drop(id)
      onDone(file, place.material_id)
    } catch (error) {
      set(id, { fault: error instanceof UploadFailed ? error.message : wordsOf(error) })
    } finally {
      busy(-1)
    }
  }
  const choose = async () => {
    const file = await pick(ACCEPT)
    if (!file) return
    const wrong = fileFault(file)
    setFault(wrong)
    if (wrong) return
    const id = ++count.current
    setSending((all) => [...all, { id, file, percent: 0, fault: '' }])
    void send(id, file)
  }
  const again = (id: number) => {
    const found = sending.find((each) => each.id === id)
    if (found) void send(id, found.file)
  }
  return { sending, fault, choose, again, drop }
}
