import { describe, expect, it } from 'vitest'
import { emptyForm, registrationOf, stepFaults, stepOfFaults } from './form'

const rules = { requiresApproval: false, password: { minLength: 8 } }
const form = {
  ...emptyForm,
  hasAgreed: true,
  username: 'ada',
  email: ' ada@example.org ',
  password: '12345678',
  channelName: 'ada_channel',
  channelDisplayName: 'Ada'
}

describe('A sign-up', () => {
  it('goes from step to step when all is there', () => {
    for (const step of ['terms', 'account', 'channel'] as const)
      expect(stepFaults(step, form, rules)).toEqual({})
    expect(registrationOf(form)).toEqual({
      username: 'ada',
      password: '12345678',
      email: 'ada@example.org',
      channel: { name: 'ada_channel', displayName: 'Ada' }
    })
  })

  it.each([
    ['terms', 'hasAgreed', { hasAgreed: false }],
    ['account', 'username', { username: 'Ada L' }],
    ['account', 'email', { email: 'ada' }],
    ['account', 'password', { password: '1234567' }],
    ['channel', 'channelName', { channelName: '' }],
    ['channel', 'channelName', { channelName: 'ada' }],
    ['channel', 'channelDisplayName', { channelDisplayName: ' ' }]
  ] as const)('stays at %s for its %s', (step, field, change) => {
    expect(Object.keys(stepFaults(step, { ...form, ...change }, rules))).toEqual([field])
  })

  it('asks for a reason where somebody has to approve', () => {
    expect(Object.keys(stepFaults('terms', form, { requiresApproval: true }))).toEqual(['reason'])
  })

  it('goes back to the step the server refuses', () => {
    expect(stepOfFaults({ 'channel.name': 'Taken', email: 'Taken' })).toBe('account')
    expect(stepOfFaults({ other: '' })).toBeNull()
  })
})
