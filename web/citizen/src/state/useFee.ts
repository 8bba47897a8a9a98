/** What a form costs as it stands: asked a moment after the last change, nothing while what it is counted by is missing. */
import { useEffect, useState } from 'react'
import { countFee } from '@/api'
import type { FeeAssessment, Service } from '@/api/types'

const PAUSE = 400

export function useFee(service: Service, form: Record<string, unknown>): FeeAssessment | null {
  const [fee, setFee] = useState<FeeAssessment | null>(null)
  const asked = service.fee ? JSON.stringify(form) : ''
  useEffect(() => {
    if (!asked) return
    let latest = true
    const timer = setTimeout(() => {
      countFee(service.code, JSON.parse(asked) as Record<string, unknown>)
        .then((found) => latest && setFee(found))
        .catch(() => latest && setFee(null))
    }, PAUSE)
    return () => {
      latest = false
      clearTimeout(timer)
    }
  }, [service.code, asked])
  return fee
}
