/** Choose a photo or a file in a mini-program, send it to its place with progress, open one. */
import Taro from '@tarojs/taro'
import type { FileType } from '@shared/vocabulary'
import { HERE } from './here'
import { UploadFailed, type PickedFile, type UploadTarget } from './types'

const TYPES: Record<string, FileType> = { jpg: 'image/jpeg', jpeg: 'image/jpeg', png: 'image/png', pdf: 'application/pdf', ofd: 'application/ofd' }

/** Ask for one file. Returns null when the person changed their mind. */
export async function pick(_accept: string): Promise<PickedFile | null> {
  try {
    const { tapIndex } = await Taro.showActionSheet({ itemList: ['拍照', '从相册选', ...(HERE.chats ? ['从聊天文件选'] : [])] })
    return tapIndex === 2 ? await fromChat() : await fromCamera(tapIndex === 0 ? 'camera' : 'album')
  } catch {
    return null
  }
}

async function fromCamera(source: 'camera' | 'album'): Promise<PickedFile | null> {
  const { tempFiles } = await Taro.chooseMedia({ count: 1, mediaType: ['image'], sourceType: [source], sizeType: ['compressed'] })
  const file = tempFiles[0]
  return file ? described(file.tempFilePath, file.tempFilePath, file.size) : null
}

async function fromChat(): Promise<PickedFile | null> {
  const { tempFiles } = await Taro.chooseMessageFile({ count: 1, type: 'file', extension: Object.keys(TYPES) })
  const file = tempFiles[0]
  return file ? described(file.path, file.name, file.size) : null
}

function described(path: string, name: string, size: number): PickedFile {
  const type = TYPES[(name.split('.').pop() ?? '').toLowerCase()] ?? ''
  return { name: name.split('/').pop() ?? name, type, size, source: path, preview: type.startsWith('image/') ? path : '' }
}

/** Send a file. Raises UploadFailed. */
export async function upload(file: PickedFile, target: UploadTarget, progress: (percent: number) => void): Promise<void> {
  const status = await posted(file, target, progress)
  if (status < 200 || status >= 300) throw new UploadFailed('上传没有成功')
}

async function posted(file: PickedFile, target: UploadTarget, progress: (percent: number) => void): Promise<number> {
  try {
    const task = Taro.uploadFile({ url: target.url, filePath: file.source as string, name: 'file', formData: target.fields, timeout: 180_000 })
    task.progress((state) => progress(state.progress))
    return (await task).statusCode
  } catch {
    throw new UploadFailed('网络中断')
  }
}

/** Open a PDF in the platform's own viewer, from whose menu it is printed or sent on. */
export async function openPdf(url: string): Promise<void> {
  const { tempFilePath, statusCode } = await Taro.downloadFile({ url })
  if (statusCode !== 200) throw new Error('文书没有下载成功，请稍后再试')
  await Taro.openDocument({ filePath: tempFilePath, fileType: 'pdf', showMenu: true })
}
