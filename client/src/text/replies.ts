import { counted } from './numbers'

/** "3 replies, 1 from the author". */
export function repliesLabel(total: number, fromAuthor: number): string {
  const all = total === 1 ? '1 reply' : counted(total, 'reply').replace('replys', 'replies')
  if (fromAuthor === 0) return all
  if (fromAuthor === total) return `${all} from the author`
  return `${all}, ${fromAuthor} from the author`
}
