import type { Comment } from '../../../api/comments'
import type { User, Video } from '../../../api/types'
import { hasRight, Right } from '../../../state/rights'

type Of = Pick<Video, 'account'>

/** Whether somebody has the say over all comments of a video: its owner, and moderators. */
export function moderates(user: User | null, video: Of): boolean {
  return (
    user !== null && (user.account.id === video.account.id || hasRight(user, Right.ManageAnyVideoComment))
  )
}

export function mayDelete(user: User | null, comment: Comment, video: Of): boolean {
  if (!user || comment.isDeleted) return false
  return moderates(user, video) || isOwn(user, comment)
}

export function mayApprove(user: User | null, comment: Comment, video: Of): boolean {
  return comment.heldForReview && !comment.isDeleted && moderates(user, video)
}

/** Nobody reports themselves. */
export function mayReport(user: User | null, comment: Comment): boolean {
  return user !== null && !comment.isDeleted && !isOwn(user, comment)
}

function isOwn(user: User, comment: Comment): boolean {
  return comment.account?.id === user.account.id
}
