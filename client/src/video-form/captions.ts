import { extensionOf } from './draft'

/** A file that is to become the captions of a language. */
export interface PendingCaption {
  language: string
  file: File
}

/** PeerTube's limit, in bytes. */
const maxSize = 20_000_000

/** What is wrong with a file of captions, or null. Reads its beginning only. */
export async function captionFault(file: File): Promise<string | null> {
  const extension = extensionOf(file.name)
  if (extension !== '.vtt' && extension !== '.srt') return `${file.name} is neither a .vtt nor an .srt file.`
  if (file.size > maxSize) return 'A file of captions may have up to 20 MB.'
  const head = (await file.slice(0, 4096).text()).replace(/^\uFEFF/, '')
  if (extension === '.vtt' && !head.startsWith('WEBVTT')) {
    return `${file.name} does not begin with WEBVTT, so it is no file of captions.`
  }
  if (extension === '.srt' && !/\d{2}:\d{2}[,.:]\d{2,3}.*-->/.test(head)) {
    return `${file.name} has no times in it, so it is no file of captions.`
  }
  return null
}
