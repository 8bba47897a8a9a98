/** Choose a photo or a file in the browser, send it to its place with progress, open one. */
import { UploadFailed, type PickedFile, type UploadTarget } from './types'

/** Ask for one file. Returns null when the person changed their mind. Must be called from a click. */
export function pick(accept: string): Promise<PickedFile | null> {
  return new Promise((resolve) => {
    const input = document.createElement('input')
    input.type = 'file'
    input.accept = accept
    input.addEventListener('change', () => resolve(input.files?.[0] ? picked(input.files[0]) : null))
    input.addEventListener('cancel', () => resolve(null))
    input.click()
  })
}

export function picked(file: File): PickedFile {
  const type = file.type || (/\.ofd$/i.test(file.name) ? 'application/ofd' : '')
  return { name: file.name, type, size: file.size, source: file, preview: type.startsWith('image/') ? URL.createObjectURL(file) : '' }
}

/** Send a file. `progress` is told whole percents. Raises UploadFailed. */
export function upload(file: PickedFile, target: UploadTarget, progress: (percent: number) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const call = new XMLHttpRequest()
    call.open(target.method, target.url)
    call.timeout = 180_000
    call.upload.addEventListener('progress', (event) => {
      if (event.lengthComputable) progress(Math.floor((event.loaded / event.total) * 100))
    })
    call.addEventListener('load', () => (call.status >= 200 && call.status < 300 ? resolve() : reject(new UploadFailed('上传没有成功'))))
    call.addEventListener('error', () => reject(new UploadFailed('网络中断')))
    call.addEventListener('timeout', () => reject(new UploadFailed('网络太慢')))
    call.send(formOf(file, target))
  })
}

/** The fields, then the file: S3 reads nothing after it. */
function formOf(file: PickedFile, target: UploadTarget): FormData {
  const form = new FormData()
  Object.entries(target.fields).forEach(([name, value]) => form.append(name, value))
  form.append('file', file.source as File, file.name)
  return form
}

/** Open a PDF beside the page, where the browser shows and prints it; in its place where it opens no second window. */
export async function openPdf(url: string): Promise<void> {
  const beside = window.open(url, '_blank')
  if (beside) beside.opener = null
  else window.location.assign(url)
}
