import type { Comment, CommentTree } from '../../../api/comments'

/** Trees with one more answer to the comment `to`, after those that are there. */
export function withAnswer(trees: CommentTree[], to: number, answer: Comment): CommentTree[] {
  return trees.map(({ comment, children }) =>
    comment.id === to
      ? { comment, children: [...children, { comment: answer, children: [] }] }
      : { comment, children: withAnswer(children, to, answer) }
  )
}

export function withChange(
  trees: CommentTree[],
  id: number,
  change: (comment: Comment) => Comment
): CommentTree[] {
  return trees.map(({ comment, children }) => ({
    comment: comment.id === id ? change(comment) : comment,
    children: withChange(children, id, change)
  }))
}

/** What is shown: of deleted comments only those that somebody has answered. */
export function shown(trees: CommentTree[]): CommentTree[] {
  return trees
    .map(({ comment, children }) => ({ comment, children: shown(children) }))
    .filter(({ comment, children }) => !comment.isDeleted || children.length > 0)
}

/** How many comments there are, deleted ones left out. */
export function countOf(trees: CommentTree[]): number {
  return trees.reduce(
    (sum, { comment, children }) => sum + (comment.isDeleted ? 0 : 1) + countOf(children),
    0
  )
}

/** What is left of a comment. */
export function emptied(comment: Comment): Comment {
  return { ...comment, isDeleted: true, text: '', account: null, heldForReview: false }
}
