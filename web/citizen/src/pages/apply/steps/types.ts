import type { Service } from '@/api/types'
import type { Faults } from '@shared/validate'
import type { Editing } from '../useDraft'

export interface StepProps {
  service: Service
  editing: Editing
  faults: Faults
  setFaults: (faults: Faults) => void
}
