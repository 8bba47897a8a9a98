/** The service of a case, in the version it was filed under: a newer one has other fields, materials and stages. */
import { getService } from '@/api'
import type { Case, Service } from '@/api/types'
import { useLoad, type Loaded } from './useLoad'

export function useCaseService({ service, version }: Pick<Case, 'service' | 'version'>): Loaded<Service> {
  return useLoad(() => getService(service, { version }), [service, version], `service.${service}.${version}`)
}
