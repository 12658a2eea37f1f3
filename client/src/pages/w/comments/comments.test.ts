// @vitest-environment jsdom
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Comment, CommentTree } from '../../../api/comments'
import type { User, Video } from '../../../api/types'
import { Role } from '../../../state/rights'
import { Discussion, type Thread } from './discussion.svelte'
import { mayApprove, mayDelete, mayReport } from './permissions'
import { countOf, emptied, shown, withAnswer, withChange } from './tree'

function comment(id: number, more: Partial<Comment> = {}): Comment {
  return {
    id,
    url: '',
    text: `text ${id}`,
    threadId: 1,
    inReplyToCommentId: null,
    createdAt: '2026-06-12T12:00:00Z',
    deletedAt: null,
    isDeleted: false,
    totalReplies: 0,
    totalRepliesFromVideoAuthor: 0,
    account: { id: 7 } as Comment['account'],
    heldForReview: false,
    ...more
  }
}

const leaf = (id: number, more: Partial<Comment> = {}): CommentTree => ({
  comment: comment(id, more),
  children: []
})

/** Ids in the form "2(3 4(5)) 6". */
function drawn(trees: CommentTree[]): string {
  return trees
    .map(({ comment, children }) => comment.id + (children.length > 0 ? `(${drawn(children)})` : ''))
    .join(' ')
}

describe('The answers of a thread', () => {
  const trees = [
    { comment: comment(2), children: [leaf(3), { comment: comment(4), children: [leaf(5)] }] },
    leaf(6)
  ]

  it('take a new one below the comment it answers, after the others', () => {
    expect(drawn(withAnswer(trees, 4, comment(9)))).toBe('2(3 4(5 9)) 6')
    expect(drawn(withAnswer(trees, 6, comment(9)))).toBe('2(3 4(5)) 6(9)')
  })

  it('change one and leave the others as they are', () => {
    const changed = withChange(trees, 5, (one) => ({ ...one, text: 'other' }))
    expect(changed[0]?.children[1]?.children[0]?.comment.text).toBe('other')
    expect(changed[0]?.comment).toBe(trees[0]?.comment)
  })

  it('keep a deleted comment in sight only while somebody has answered it', () => {
    expect(drawn(shown(withChange(trees, 5, emptied)))).toBe('2(3 4) 6')
    expect(drawn(shown(withChange(trees, 4, emptied)))).toBe('2(3 4(5)) 6')
    expect(drawn(shown(withChange(withChange(trees, 4, emptied), 5, emptied)))).toBe('2(3) 6')
  })

  it('are counted without the deleted ones', () => {
    expect(countOf(trees)).toBe(5)
    expect(countOf(withChange(trees, 4, emptied))).toBe(4)
  })

  it('lose everything but their place when they are deleted', () => {
    expect(emptied(comment(5))).toMatchObject({
      id: 5,
      threadId: 1,
      text: '',
      account: null,
      isDeleted: true
    })
  })
})

describe('What may be done with a comment', () => {
  const video = { account: { id: 1 } } as Video
  const user = (id: number, role: number) => ({ account: { id }, role: { id: role } }) as User
  const [owner, writer, other] = [user(1, Role.User), user(7, Role.User), user(9, Role.User)]
  const moderator = user(9, Role.Moderator)
  const held = comment(2, { heldForReview: true })

  it.each([
    ['its writer', writer, { delete: true, approve: false, report: false }],
    ['the owner of the video', owner, { delete: true, approve: true, report: true }],
    ['a moderator', moderator, { delete: true, approve: true, report: true }],
    ['somebody else', other, { delete: false, approve: false, report: true }],
    ['a visitor', null, { delete: false, approve: false, report: false }]
  ])('by %s', (_, who, may) => {
    expect({
      delete: mayDelete(who, held, video),
      approve: mayApprove(who, held, video),
      report: mayReport(who, held)
    }).toEqual(may)
  })

  it('is nothing any more when it is deleted', () => {
    const gone = emptied(held)
    expect([mayDelete(owner, gone, video), mayApprove(owner, gone, video), mayReport(owner, gone)]).toEqual([
      false,
      false,
      false
    ])
  })
})

describe('A discussion', () => {
  /** Answers in place of the server, by "METHOD path"; what is not named fails. */
  function serve(answers: Record<string, unknown>) {
    const asked: string[] = []
    vi.stubGlobal('fetch', async (address: string, init: RequestInit = {}) => {
      const name = `${init.method ?? 'GET'} ${address.replace('/api/v1/videos/u', '')}`
      asked.push(name)
      const answer = answers[name]
      if (answer === undefined) return new Response('{"detail":"No."}', { status: 403 })
      return new Response(answer === null ? '' : JSON.stringify(answer))
    })
    return asked
  }
  afterEach(() => vi.unstubAllGlobals())

  const first = '/comment-threads?start=0&count=10&sort=-createdAt'
  const page = (...data: Comment[]) => ({ total: data.length, totalNotDeletedComments: 5, data })
  const ids = (discussion: Discussion) => discussion.listing.items.map(({ id }) => id)

  it('counts all comments, and shows the threads', async () => {
    serve({ [`GET ${first}`]: page(comment(1), comment(20)) })
    const discussion = new Discussion('u', null)
    await discussion.listing.more()
    expect([discussion.count, ids(discussion)]).toEqual([5, [1, 20]])
  })

  it('begins anew in another order', async () => {
    const asked = serve({ [`GET ${first}`]: page(comment(1)) })
    const discussion = new Discussion('u', null)
    await discussion.listing.more()
    discussion.sortBy('-totalReplies')
    expect(asked.at(-1)).toBe('GET /comment-threads?start=0&count=10&sort=-totalReplies')
    expect(ids(discussion)).toEqual([])
  })

  it('begins with what was written just now, and counts it', async () => {
    serve({ [`GET ${first}`]: page(comment(1)), 'POST /comment-threads': { comment: comment(30) } })
    const discussion = new Discussion('u', null)
    await discussion.listing.more()
    await discussion.write('Hello')
    expect([discussion.count, ids(discussion)]).toEqual([6, [30, 1]])
  })

  it('is as before when the server does not take a comment', async () => {
    serve({ [`GET ${first}`]: page(comment(1)) })
    const discussion = new Discussion('u', null)
    await discussion.listing.more()
    await expect(discussion.write('Hello')).rejects.toThrow('No.')
    expect([discussion.count, ids(discussion)]).toEqual([5, [1]])
  })

  it('shows the thread of an address first and open, once', async () => {
    const tree = { comment: comment(40, { totalReplies: 1 }), children: [leaf(41)] }
    serve({ [`GET ${first}`]: page(comment(1)), 'GET /comment-threads/40': tree })
    const discussion = new Discussion('u', null)
    await discussion.listing.more()
    await discussion.show(40, 41)
    await discussion.show(40, 41)
    expect(ids(discussion)).toEqual([40, 1])
    expect([discussion.listing.items[0]?.isOpen, discussion.highlighted]).toEqual([true, 41])
  })

  it('has nothing to say about a thread that is gone', async () => {
    serve({ [`GET ${first}`]: page(comment(1)) })
    const discussion = new Discussion('u', null)
    await discussion.listing.more()
    await discussion.show(99)
    expect([ids(discussion), discussion.highlighted]).toEqual([[1], null])
  })

  it('keeps a deleted comment that was answered, and lets go of another', async () => {
    serve({
      [`GET ${first}`]: page(comment(1, { totalReplies: 1 }), comment(2)),
      'DELETE /comments/1': null,
      'DELETE /comments/2': null
    })
    const discussion = new Discussion('u', null)
    await discussion.listing.more()
    const [answered, lonely] = discussion.listing.items as [Thread, Thread]
    await answered.remove(1)
    await lonely.remove(2)
    expect([ids(discussion), discussion.count, answered.comment.isDeleted]).toEqual([[1], 3, true])
  })

  it('opens a thread for the answer that was written to it', async () => {
    const tree = { comment: comment(1, { totalReplies: 1 }), children: [leaf(50)] }
    serve({
      [`GET ${first}`]: page(comment(1)),
      'POST /comments/1': { comment: comment(50) },
      'GET /comment-threads/1': tree
    })
    const discussion = new Discussion('u', null)
    await discussion.listing.more()
    const thread = discussion.listing.items[0] as Thread
    await thread.answer(1, 'Yes')
    expect([thread.isOpen, thread.comment.totalReplies, drawn(thread.answers ?? [])]).toEqual([true, 1, '50'])
  })
})
