// @vitest-environment jsdom
import '@testing-library/jest-dom/vitest'
import { fireEvent, render, screen, waitFor } from '@testing-library/svelte'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { CustomConfig } from '../../api/custom-config'
import { session } from '../../state/session.svelte'
import AdminPage from './AdminPage.svelte'
import ConfigForm from './config/ConfigForm.svelte'
import { sections } from './config/sections'
import { createRawSnippet } from 'svelte'
import { Right } from '../../state/rights'

const account = {
  id: 1,
  name: 'x',
  displayName: 'X',
  host: '',
  url: '',
  avatars: [],
  description: null,
  followersCount: 0,
  createdAt: ''
}
const userOf = (id: number) => ({ id: 1, username: 'x', role: { id, label: '' }, account, videoChannels: [] })
const content = createRawSnippet(() => ({ render: () => '<p>The content</p>' }))

describe('A page of the administration', () => {
  it.each([
    [0, true],
    [1, false],
    [2, false]
  ])('that configures is for administrators: role %d sees it: %s', (role, isSeen) => {
    session.user = userOf(role)
    render(AdminPage, { title: 'General', right: Right.ManageConfiguration, children: content })
    expect(screen.queryByText('The content') !== null).toBe(isSeen)
    expect(screen.queryByText('This page is not for you') === null).toBe(isSeen)
  })

  it('offers moderators their places only', () => {
    session.user = userOf(1)
    render(AdminPage, { title: 'Users', right: Right.ManageUsers, children: content })
    expect(screen.getAllByRole('link').map((link) => link.textContent)).toEqual([
      'Users',
      'Videos',
      'Comments',
      'Reports'
    ])
  })
})

describe('The configuration', () => {
  let saved: CustomConfig[]
  let answer: { status: number; body: unknown }
  const config: CustomConfig = {
    signup: { enabled: false, limit: -1, requiresApproval: true },
    user: { videoQuota: -1 },
    unknown: { kept: 'as it is' }
  }
  const users = sections.find(({ id }) => id === 'users')!

  beforeEach(() => {
    saved = []
    answer = { status: 200, body: null }
    vi.stubGlobal('fetch', async (path: string, init: RequestInit = {}) => {
      const json = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status })
      if (path !== '/api/v1/config/custom') return json({})
      if (init.method !== 'PUT') return json(config)
      const sent = JSON.parse(String(init.body)) as CustomConfig
      saved.push(sent)
      return json(answer.body ?? sent, answer.status)
    })
  })

  it('shows what the server has, and what a switch is about only while it is on', async () => {
    render(ConfigForm, { section: users })
    const enabled = await screen.findByLabelText('Visitors can create an account')
    expect(enabled).not.toBeChecked()
    expect(screen.queryByLabelText('Most users')).toBeNull()
    // Not in the answer of the server.
    expect(screen.queryByLabelText('Most channels of a user')).toBeNull()
    await fireEvent.click(enabled)
    expect(screen.getByLabelText('Most users')).toHaveValue(-1)
    expect(screen.getByText('1 change not saved')).toBeInTheDocument()
  })

  it('is sent as a whole, with what this client does not know', async () => {
    render(ConfigForm, { section: users })
    await fireEvent.click(await screen.findByLabelText('Visitors can create an account'))
    await fireEvent.click(screen.getByRole('button', { name: 'Save' }))
    await waitFor(() => expect(saved).toHaveLength(1))
    expect(saved[0]).toEqual({ ...config, signup: { enabled: true, limit: -1, requiresApproval: true } })
    await waitFor(() => expect(screen.getByRole('button', { name: 'Save' })).toBeDisabled())
  })

  it('says beside the setting what the server refuses, and by its path what stands elsewhere', async () => {
    answer = {
      status: 400,
      body: {
        detail: 'No',
        'invalid-params': { 'signup.limit': { msg: 'Too low' }, 'theme.default': { msg: 'Unknown' } }
      }
    }
    render(ConfigForm, { section: users })
    await fireEvent.click(await screen.findByLabelText('Visitors can create an account'))
    await fireEvent.input(screen.getByLabelText('Most users'), { target: { value: '-5' } })
    await fireEvent.click(screen.getByRole('button', { name: 'Save' }))
    expect(await screen.findByText('Too low')).toBeInTheDocument()
    expect(screen.getByLabelText('Most users')).toHaveAttribute('aria-invalid', 'true')
    expect(screen.getByRole('alert')).toHaveTextContent('theme.default: Unknown')
  })

  it('goes back to what is saved', async () => {
    render(ConfigForm, { section: users })
    const enabled = await screen.findByLabelText('Visitors can create an account')
    await fireEvent.click(enabled)
    await fireEvent.click(screen.getByRole('button', { name: 'Undo' }))
    expect(enabled).not.toBeChecked()
    expect(saved).toEqual([])
  })
})
