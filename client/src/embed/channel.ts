/** Messages between a page and a player in a frame of it, in the words of jschannel, which PeerTube's embed API speaks. */

interface Message {
  id?: number
  method?: string
  params?: unknown
  result?: unknown
  error?: string
  message?: string
}

interface Greeting {
  type: 'publish-request' | 'publish-reply'
  publish: []
}

export type Method = (params: unknown) => unknown

/** The window on the other side, as far as this needs it. */
export interface Peer {
  postMessage(text: string, origin: string): void
}

/** The window on this side. */
export interface Here {
  addEventListener(kind: 'message', listener: (event: MessageEvent) => void): void
}

export class Channel {
  #methods = new Map<string, Method>()
  #calls = new Map<number, (message: Message) => void>()
  #waiting: Message[] = []
  #isReady = false
  #lastId = 0

  constructor(
    private peer: Peer,
    private scope: string,
    here: Here = window
  ) {
    here.addEventListener('message', (event) => {
      if (event.source === (peer as unknown)) this.#hear(event.data)
    })
  }

  /** Says hello. The other side may not be there yet; then it says hello when it is. */
  open(): void {
    this.#greet('publish-request')
  }

  bind(name: string, method: Method): void {
    this.#methods.set(name, method)
  }

  notify(name: string, params?: unknown): void {
    this.#send({ method: this.#scoped(name), params })
  }

  call(name: string, params?: unknown): Promise<unknown> {
    const id = ++this.#lastId
    return new Promise((resolve, reject) => {
      this.#calls.set(id, ({ result, error, message }) => {
        if (error !== undefined) reject(new Error(message ?? error))
        else resolve(result)
      })
      this.#send({ id, method: this.#scoped(name), params })
    })
  }

  #scoped(name: string): string {
    return `${this.scope}::${name}`
  }

  #greet(type: Greeting['type']): void {
    const params: Greeting = { type, publish: [] }
    this.#post({ method: this.#scoped('__ready'), params })
  }

  /** What is said before the other side is known to listen waits for it. */
  #send(message: Message): void {
    if (this.#isReady) this.#post(message)
    else this.#waiting.push(message)
  }

  #post(message: Message): void {
    this.peer.postMessage(JSON.stringify(message), '*')
  }

  #hear(data: unknown): void {
    const message = parse(data)
    if (!message) return
    if (message.method === undefined) {
      this.#settle(message)
      return
    }
    const [scope, name] = message.method.split('::')
    if (scope !== this.scope || name === undefined) return
    if (name === '__ready') this.#welcome(message.params as Greeting)
    else void this.#answer(message, name)
  }

  #welcome({ type }: Greeting): void {
    this.#isReady = true
    if (type === 'publish-request') this.#greet('publish-reply')
    for (const message of this.#waiting.splice(0)) this.#post(message)
  }

  #settle(message: Message): void {
    if (message.id === undefined) return
    this.#calls.get(message.id)?.(message)
    this.#calls.delete(message.id)
  }

  async #answer({ id, params }: Message, name: string): Promise<void> {
    const method = this.#methods.get(name)
    if (id === undefined) {
      method?.(params)
      return
    }
    if (!method) {
      this.#send({
        id,
        error: 'method_not_found',
        message: `No method '${name}' was (yet) bound by the provider`
      })
      return
    }
    try {
      this.#send({ id, result: await method(params) })
    } catch (thrown) {
      this.#send({
        id,
        error: 'runtime_error',
        message: thrown instanceof Error ? thrown.message : String(thrown)
      })
    }
  }
}

function parse(data: unknown): Message | null {
  if (typeof data !== 'string') return null
  try {
    const message: unknown = JSON.parse(data)
    return typeof message === 'object' && message !== null ? (message as Message) : null
  } catch {
    return null
  }
}
