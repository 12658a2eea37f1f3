// @vitest-environment jsdom
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { Problem } from './problem'
import { request, whenSessionEnds } from './request'
import { storedTokens, storeTokens } from './tokens'

/** A server with one valid access token and one valid refresh token; each refresh makes new ones. */
function server(valid: { access: string; refresh: string }) {
  let count = 0
  const calls: string[] = []
  const answer = (status: number, body: unknown) => new Response(JSON.stringify(body), { status })

  vi.stubGlobal('fetch', async (path: string, init: RequestInit = {}) => {
    calls.push(`${init.method ?? 'GET'} ${path}`)
    await Promise.resolve()
    if (path === '/api/v1/oauth-clients/local')
      return answer(200, { client_id: 'id', client_secret: 'secret' })
    if (path === '/api/v1/users/token') {
      const form = init.body as URLSearchParams
      if (form.get('refresh_token') !== valid.refresh)
        return answer(400, { code: 'invalid_grant', detail: 'No.' })
      valid = { access: `access${++count}`, refresh: `refresh${count}` }
      return answer(200, { token_type: 'Bearer', access_token: valid.access, refresh_token: valid.refresh })
    }
    const bearer = new Headers(init.headers).get('Authorization')
    if (bearer && bearer !== `Bearer ${valid.access}`) return answer(401, { detail: 'Token is invalid' })
    return answer(200, { path, as: bearer })
  })
  return { calls, refreshes: () => calls.filter((call) => call.includes('/users/token')).length }
}

beforeEach(() => {
  localStorage.clear()
  whenSessionEnds(() => undefined)
})

describe('A request', () => {
  it('goes without a token when nobody is logged in', async () => {
    server({ access: 'a', refresh: 'r' })
    await expect(request('/videos', { query: { start: 0, sort: '-x', gone: undefined } })).resolves.toEqual({
      path: '/api/v1/videos?start=0&sort=-x',
      as: null
    })
  })

  it('renews a refused token once, for all requests that ran into it', async () => {
    storeTokens({ accessToken: 'old', refreshToken: 'r', tokenType: 'Bearer' })
    const { refreshes } = server({ access: 'a', refresh: 'r' })

    const answers = await Promise.all([request('/a'), request('/b'), request('/c')])

    expect(answers.map((answer) => (answer as { as: string }).as)).toEqual(Array(3).fill('Bearer access1'))
    expect(refreshes()).toBe(1)
    expect(storedTokens()).toEqual({ accessToken: 'access1', refreshToken: 'refresh1', tokenType: 'Bearer' })
  })

  it('takes the token another tab has renewed meanwhile', async () => {
    storeTokens({ accessToken: 'old', refreshToken: 'used', tokenType: 'Bearer' })
    const { refreshes } = server({ access: 'a', refresh: 'r' })

    const pending = request('/a')
    storeTokens({ accessToken: 'a', refreshToken: 'r', tokenType: 'Bearer' })

    await expect(pending).resolves.toMatchObject({ as: 'Bearer a' })
    expect(refreshes()).toBe(0)
  })

  it('ends the session and goes on without it when the refresh is refused', async () => {
    storeTokens({ accessToken: 'old', refreshToken: 'used', tokenType: 'Bearer' })
    server({ access: 'a', refresh: 'r' })
    const ended = vi.fn()
    whenSessionEnds(ended)

    await expect(request('/a')).resolves.toMatchObject({ as: null })
    expect(ended).toHaveBeenCalledOnce()
    expect(storedTokens()).toBeNull()
  })

  it('keeps the session when the refresh cannot reach the server', async () => {
    storeTokens({ accessToken: 'old', refreshToken: 'r', tokenType: 'Bearer' })
    vi.stubGlobal('fetch', async (path: string) => {
      if (path.includes('oauth-clients')) throw new TypeError('offline')
      return new Response('{}', { status: 401 })
    })

    await expect(request('/a')).rejects.toMatchObject({ status: 0 })
    expect(storedTokens()?.refreshToken).toBe('r')
  })

  it.each([
    [404, JSON.stringify({ title: 'Not Found', detail: 'Video not found' }), 'Video not found'],
    [429, 'Too many requests, please try again later.', 'Too many requests. Wait a moment, then try again.'],
    [502, '<html>Bad gateway</html>', 'The server answered with an error (502).']
  ])('fails on %d with what the server says, or what the status means', async (status, body, detail) => {
    vi.stubGlobal('fetch', async () => new Response(body, { status }))
    const error = await request('/x').catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(Problem)
    expect(error).toMatchObject({ status, message: detail })
  })

  it('names the refused fields', async () => {
    const body = { detail: 'Incorrect', 'invalid-params': { name: { msg: 'Too short' } } }
    vi.stubGlobal('fetch', async () => new Response(JSON.stringify(body), { status: 400 }))
    await expect(request('/x')).rejects.toMatchObject({ fields: { name: 'Too short' } })
  })
})
