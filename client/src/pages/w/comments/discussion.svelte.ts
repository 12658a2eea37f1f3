import {
  approveComment,
  deleteComment,
  thread,
  threads,
  writeComment,
  type Comment,
  type CommentTree
} from '../../../api/comments'
import { sentence } from '../../../api/problem'
import { Listing } from '../../../state/listing.svelte'
import { countOf, emptied, withAnswer, withChange } from './tree'

export type Sort = '-createdAt' | '-totalReplies'

/** Threads that are asked for at once. */
const pageSize = 10

/** The comments below a video. */
export class Discussion {
  /** Of all comments, as far as it is known. */
  count = $state(0)
  sort = $state<Sort>('-createdAt')
  /** The comment an address names. */
  highlighted = $state<number | null>(null)
  listing = $state.raw<Listing<Thread>>(new Listing(() => Promise.reject(new Error('not begun'))))

  constructor(
    readonly uuid: string,
    readonly password: string | null
  ) {
    this.listing = this.#begin()
  }

  #begin(): Listing<Thread> {
    return new Listing(async (start, count, signal) => {
      const query = { start, count, sort: this.sort }
      const page = await threads(this.uuid, query, { password: this.password, signal })
      this.count = page.totalNotDeletedComments ?? page.total
      return { total: page.total, data: page.data.map((comment) => new Thread(this, comment)) }
    }, pageSize)
  }

  sortBy(sort: Sort): void {
    this.sort = sort
    this.listing.stop()
    this.listing = this.#begin()
    void this.listing.more()
  }

  /** Shows a thread first and open, wherever it is in the list; nothing when it is gone. */
  async show(threadId: number, commentId = threadId): Promise<void> {
    try {
      const known = this.listing.items.find(({ id }) => id === threadId)
      const found = known ?? new Thread(this, (await this.tree(threadId)).comment)
      await found.open()
      if (!known) this.listing.pin(found)
      this.highlighted = commentId
    } catch {
      // A link to what was deleted: the others are there all the same.
    }
  }

  tree(id: number): Promise<CommentTree> {
    return thread(this.uuid, id, { password: this.password })
  }

  async write(text: string, to?: number): Promise<Comment> {
    const comment = await writeComment(this.uuid, text, { to, password: this.password })
    this.count++
    if (to === undefined) this.listing.add(new Thread(this, comment))
    return comment
  }

  stop(): void {
    this.listing.stop()
  }
}

/** The first comment of a thread, and the answers once somebody wants to see them. */
export class Thread {
  readonly id: number
  comment = $state.raw<Comment>() as Comment
  answers = $state.raw<CommentTree[] | null>(null)
  isOpen = $state(false)
  isLoading = $state(false)
  error = $state<string | null>(null)

  constructor(
    private discussion: Discussion,
    comment: Comment
  ) {
    this.id = comment.id
    this.comment = comment
  }

  async toggle(): Promise<void> {
    if (this.isOpen) this.isOpen = false
    else await this.open()
  }

  async open(): Promise<void> {
    this.isOpen = true
    if (this.answers !== null || this.isLoading) return
    this.isLoading = true
    this.error = null
    try {
      const tree = await this.discussion.tree(this.id)
      this.comment = tree.comment
      this.answers = tree.children
    } catch (thrown) {
      this.error = sentence(thrown)
    } finally {
      this.isLoading = false
    }
  }

  async answer(to: number, text: string): Promise<Comment> {
    const answer = await this.discussion.write(text, to)
    if (this.answers === null) {
      // They have not been looked at; the new one comes with them.
      this.comment = { ...this.comment, totalReplies: this.comment.totalReplies + 1 }
      await this.open()
      return answer
    }
    const node = { comment: answer, children: [] }
    this.#take(to === this.id ? [...this.answers, node] : withAnswer(this.answers, to, answer))
    this.isOpen = true
    return answer
  }

  async remove(id: number): Promise<void> {
    await deleteComment(this.discussion.uuid, id)
    this.discussion.count--
    this.#change(id, emptied)
    if (this.comment.isDeleted && this.comment.totalReplies === 0) this.discussion.listing.remove(this.id)
  }

  async approve(id: number): Promise<void> {
    await approveComment(this.discussion.uuid, id)
    this.#change(id, (comment) => ({ ...comment, heldForReview: false }))
  }

  #change(id: number, change: (comment: Comment) => Comment): void {
    if (id === this.id) this.comment = change(this.comment)
    else if (this.answers) this.#take(withChange(this.answers, id, change))
  }

  #take(answers: CommentTree[]): void {
    this.answers = answers
    this.comment = { ...this.comment, totalReplies: countOf(answers) }
  }
}
