// @vitest-environment jsdom
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { PartAnswer, Transport } from '../../../api/resumable'
import type { UploadAnswer } from '../../../api/upload'
import { uploadStatus } from '../../../state/upload-status.svelte'
import { Publications } from './publications.svelte'
import { storedUploads } from './stored-uploads'

/** A server on which files stay under way until `arrive` lets one in. */
class Server implements Transport<UploadAnswer> {
  opened: string[] = []
  cancelled: string[] = []
  #arrivals = new Map<string, (answer: PartAnswer<UploadAnswer>) => void>()

  open = async ({ name }: { name: string }) => {
    this.opened.push(name)
    return { id: `session of ${name}`, sent: 0 }
  }
  offset = async (): Promise<PartAnswer<UploadAnswer>> => ({ isDone: false, sent: 1 })
  send = (id: string) => new Promise<PartAnswer<UploadAnswer>>((resolve) => this.#arrivals.set(id, resolve))
  cancel = async (id: string) => void this.cancelled.push(id)

  async arrive(name: string): Promise<void> {
    const body = { video: { id: 1, uuid: `uuid of ${name}`, shortUUID: 's' } }
    this.#arrivals.get(`session of ${name}`)?.({ isDone: true, body })
    await settle()
  }
}

const settle = () => new Promise((resolve) => setTimeout(resolve))
const actor = { id: 3, name: 'sea', displayName: 'Sea', host: '', url: '', avatars: [] }
const user = {
  videoChannels: [
    { ...actor, description: null, support: null, followersCount: 0, createdAt: '', isLocal: true }
  ]
}
const file = (name: string) => new File(['bytes'], name, { lastModified: 7 })

function begin(server: Server): Publications {
  const publications = new Publications(server)
  publications.enter(1)
  return publications
}

/** What the server was told, as "PUT path"; answers `status`. */
function listening(status = 204) {
  const calls: string[] = []
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    calls.push(`${init.method} ${path}`)
    return new Response(status === 204 ? null : '{"detail":"Not this."}', { status })
  })
  return calls
}

beforeEach(() => localStorage.clear())

describe('Publications', () => {
  it('send two files at a time', async () => {
    const server = new Server()
    const publications = begin(server)
    publications.add([file('a.mp4'), file('b.mp4'), file('c.mp4')], user, null)
    await settle()
    expect(server.opened).toEqual(['a.mp4', 'b.mp4'])
    expect(uploadStatus.open).toHaveLength(3)
    await server.arrive('a.mp4')
    expect(server.opened).toEqual(['a.mp4', 'b.mp4', 'c.mp4'])
  })

  it('save the words as soon as both are there, the file first', async () => {
    const calls = listening()
    const server = new Server()
    const publications = begin(server)
    publications.add([file('a.mp4')], user, null)
    await settle()
    await server.arrive('a.mp4')
    expect(calls).toEqual([])
    publications.list[0]?.publish()
    await settle()
    expect(calls).toEqual(['PUT /api/v1/videos/uuid of a.mp4'])
    expect(publications.list[0]?.words).toBe('saved')
  })

  it('save them as soon as both are there, the words first', async () => {
    const calls = listening()
    const server = new Server()
    const publications = begin(server)
    publications.add([file('a.mp4')], user, null)
    await settle()
    const publication = publications.list[0]!
    publication.publish()
    publication.entry.chapters = [{ key: 1, at: '0:00', title: 'Begin' }]
    publication.entry.captions = [{ language: 'fr', file: file('a.vtt') }]
    await settle()
    expect(calls).toEqual([])
    await server.arrive('a.mp4')
    await settle()
    expect(calls).toEqual([
      'PUT /api/v1/videos/uuid of a.mp4',
      'PUT /api/v1/videos/uuid of a.mp4/captions/fr',
      'PUT /api/v1/videos/uuid of a.mp4/chapters'
    ])
  })

  it('say why the words were refused, and can try again', async () => {
    listening(400)
    const server = new Server()
    const publications = begin(server)
    publications.add([file('a.mp4')], user, null)
    await settle()
    await server.arrive('a.mp4')
    const publication = publications.list[0]!
    publication.publish()
    await settle()
    expect([publication.words, publication.error, publication.isOpen]).toEqual(['refused', 'Not this.', true])
    listening()
    publication.publish()
    await settle()
    expect(publication.words).toBe('saved')
  })

  it('remember what is under way over a reload, words and all, and go on with the same file', async () => {
    const publications = begin(new Server())
    publications.add([file('a.mp4')], user, null)
    await settle()
    const publication = publications.list[0]!
    publication.entry.draft.name = 'My film'
    publication.remember()

    const server = new Server()
    const reloaded = begin(server)
    expect(reloaded.unfinished.map(({ fileName }) => fileName)).toEqual(['a.mp4'])
    reloaded.add([file('other.mp4'), file('a.mp4')], user, null)
    await settle()
    expect(server.opened).toEqual(['other.mp4'])
    expect(reloaded.list[1]?.entry.draft.name).toBe('My film')
    expect(reloaded.unfinished).toEqual([])
    await server.arrive('a.mp4')
    expect(storedUploads(1).map(({ fileName }) => fileName)).toEqual(['other.mp4'])
  })

  it('keep nothing of what was cancelled or discarded', async () => {
    const server = new Server()
    const publications = begin(server)
    publications.add([file('a.mp4')], user, null)
    await settle()
    await publications.remove(publications.list[0]!)
    expect([server.cancelled, storedUploads(1), uploadStatus.isRunning]).toEqual([
      ['session of a.mp4'],
      [],
      false
    ])

    publications.add([file('b.mp4')], user, null)
    await settle()
    const reloaded = begin(server)
    await reloaded.discard(reloaded.unfinished[0]!)
    expect([server.cancelled.at(-1), storedUploads(1)]).toEqual(['session of b.mp4', []])
  })

  it('of one user are nothing for another', async () => {
    const publications = begin(new Server())
    publications.add([file('a.mp4')], user, null)
    await settle()
    publications.enter(2)
    expect([publications.list, publications.unfinished]).toEqual([[], []])
  })
})
