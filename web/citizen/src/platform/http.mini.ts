/** One HTTP call from the mini-program. Never throws: nobody there is status 0. */
import Taro from '@tarojs/taro'
import type { HttpAnswer, HttpRequest } from './types'

export async function http(request: HttpRequest): Promise<HttpAnswer> {
  try {
    const answer = await Taro.request<unknown>({
      url: request.url,
      method: request.method,
      header: request.headers,
      data: request.body,
      timeout: request.timeout,
      dataType: 'text',
    })
    return { status: answer.statusCode, body: parsed(answer.data) }
  } catch {
    return { status: 0, body: null }
  }
}

function parsed(data: unknown): unknown {
  if (typeof data !== 'string') return data
  try {
    return JSON.parse(data)
  } catch {
    return null
  }
}
