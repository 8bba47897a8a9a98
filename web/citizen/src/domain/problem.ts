/** What went wrong, in words for the citizen, whether the server said it (RFC 9457) or nobody answered. */
import type { Fault, Problem } from '@/api/types'
import type { Faults } from '@shared/validate'

export class ApiError extends Error {
  readonly status: number
  readonly code: string
  readonly fields: Fault[]

  constructor(status: number, problem: Partial<Problem>) {
    super(problem.detail || FALLBACK[status] || '系统繁忙，请稍后再试')
    this.status = status
    this.code = problem.code ?? ''
    this.fields = problem.fields ?? []
  }

  /** Nobody answered: it is not known whether the request arrived. The client makes a gateway's own answer a 0 too. */
  get unreachable(): boolean {
    return this.status === 0
  }

  get needsSignIn(): boolean {
    return this.status === 401
  }
}

const FALLBACK: Record<number, string> = {
  0: '网络不通，请检查网络后再试',
  401: '登录已过期，请重新登录',
  403: '您没有权限查看这个内容',
  404: '没有找到您要的内容',
  413: '内容太大，请减少后再试',
  429: '操作太频繁，请稍后再试',
  502: '服务正在恢复，请稍候',
  503: '服务正在恢复，请稍候',
  504: '服务响应太慢，请稍候',
}

/** Sort a problem's faults by field for one part of the request: `form.name` → `name`. What has no field of ours is returned as `rest`. */
export function faultsUnder(prefix: string, fields: Fault[]): { faults: Faults; rest: Fault[] } {
  const faults: Faults = {}
  const rest: Fault[] = []
  for (const fault of fields) {
    const inside = fault.path.startsWith(`${prefix}.`)
    const name = inside ? (fault.path.slice(prefix.length + 1).split('.')[0] ?? '') : ''
    if (name && !(name in faults)) faults[name] = fault.message
    else if (!inside) rest.push(fault)
  }
  return { faults, rest }
}

export function wordsOf(error: unknown): string {
  return error instanceof ApiError ? error.message : '系统繁忙，请稍后再试'
}
