/** Small things kept by the platform for this mini-program. */
import Taro from '@tarojs/taro'

export function read<T>(name: string): T | null {
  try {
    const text = Taro.getStorageSync<string>(name)
    return text ? (JSON.parse(text) as T) : null
  } catch {
    return null
  }
}

export function write(name: string, value: unknown): void {
  Taro.setStorageSync(name, JSON.stringify(value))
}

export function remove(name: string): void {
  Taro.removeStorageSync(name)
}
