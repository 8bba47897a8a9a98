/** Small things kept in the browser. A browser that keeps nothing (private window, full disk) still works, for as long as the page is open. */
const PREFIX = 'rongyiban.'
const memory = new Map<string, string>()

export function read<T>(name: string): T | null {
  let text: string | null | undefined
  try {
    text = window.localStorage.getItem(PREFIX + name)
  } catch {
    text = null
  }
  text ??= memory.get(name)
  if (!text) return null
  try {
    return JSON.parse(text) as T
  } catch {
    return null
  }
}

export function write(name: string, value: unknown): void {
  const text = JSON.stringify(value)
  memory.set(name, text)
  try {
    window.localStorage.setItem(PREFIX + name, text)
  } catch {
    /* kept in memory only */
  }
}

export function remove(name: string): void {
  memory.delete(name)
  try {
    window.localStorage.removeItem(PREFIX + name)
  } catch {
    /* nothing was kept */
  }
}
