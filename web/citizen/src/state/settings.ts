/** What a person chose for this phone: large type (适老化). */
import { read, write } from '@/platform/store'
import { Store } from './store'

export const bigType = new Store<boolean>(read<boolean>('big-type') ?? false)

export function setBigType(on: boolean): void {
  write('big-type', on)
  bigType.set(on)
}
