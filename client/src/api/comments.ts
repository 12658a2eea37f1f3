import { request } from './request'
import type { Account, Page } from './types'
import { passwordHeader } from './watch'

export interface Comment {
  id: number
  url: string
  /** Markdown; from elsewhere it may hold HTML. Empty when the comment is deleted. */
  text: string
  threadId: number
  /** The comment this one answers; null for the first of a thread. */
  inReplyToCommentId: number | null
  createdAt: string
  deletedAt: string | null
  isDeleted: boolean
  totalReplies: number
  totalRepliesFromVideoAuthor: number
  /** Null when it is deleted. */
  account: Account | null
  heldForReview: boolean
}

/** A comment with what was answered to it. */
export interface CommentTree {
  comment: Comment
  children: CommentTree[]
}

export interface Threads extends Page<Comment> {
  /** Of all comments, replies included. */
  totalNotDeletedComments?: number
}

interface Asked {
  password?: string | null
  signal?: AbortSignal
}

export function threads(
  uuid: string,
  query: { start: number; count: number; sort: string },
  { password = null, signal }: Asked = {}
): Promise<Threads> {
  return request(`/videos/${uuid}/comment-threads`, { query, headers: passwordHeader(password), signal })
}

export function thread(
  uuid: string,
  id: number,
  { password = null, signal }: Asked = {}
): Promise<CommentTree> {
  return request(`/videos/${uuid}/comment-threads/${id}`, { headers: passwordHeader(password), signal })
}

/** Begins a thread, or answers the comment `to`. */
export async function writeComment(
  uuid: string,
  text: string,
  { to, password = null }: { to?: number | undefined; password?: string | null } = {}
): Promise<Comment> {
  const where = to === undefined ? 'comment-threads' : `comments/${to}`
  const answer = await request<{ comment: Comment }>(`/videos/${uuid}/${where}`, {
    method: 'POST',
    json: { text },
    headers: passwordHeader(password)
  })
  return answer.comment
}

export function deleteComment(uuid: string, id: number): Promise<void> {
  return request(`/videos/${uuid}/comments/${id}`, { method: 'DELETE' })
}

export function approveComment(uuid: string, id: number): Promise<void> {
  return request(`/videos/${uuid}/comments/${id}/approve`, { method: 'POST' })
}

/** A comment in the lists of moderators and of the authors of videos. */
export interface ListedComment {
  id: number
  url: string
  text: string
  threadId: number
  inReplyToCommentId: number | null
  createdAt: string
  account: Account
  video: { id: number; uuid: string; name: string }
  heldForReview: boolean
}

export interface CommentsQuery {
  start: number
  count: number
  sort: string
  search?: string
  /** Of moderators: whether it was written here, and whether the video is from here. */
  isLocal?: boolean
  onLocalVideo?: boolean
  /** Of authors. */
  isHeldForReview?: boolean
}

/** All comments, for moderators. */
export function allComments(query: CommentsQuery, signal?: AbortSignal): Promise<Page<ListedComment>> {
  return request('/videos/comments', { query: { ...query }, signal })
}

export function commentsOnMyVideos(query: CommentsQuery, signal?: AbortSignal): Promise<Page<ListedComment>> {
  return request('/users/me/videos/comments', { query: { ...query }, signal })
}

/** Deletes everything an account has written here, or on one's own videos; the server takes a while for it. */
export function removeCommentsOf(accountName: string, scope: 'instance' | 'my-videos'): Promise<void> {
  return request('/bulk/remove-comments-of', { method: 'POST', json: { accountName, scope } })
}
