import type { Registration } from '../../api/registration'
import { handleFault } from '../../text/handles'
import { passwordFault } from '../../text/passwords'

export const steps = ['terms', 'account', 'channel'] as const
export type Step = (typeof steps)[number]

export interface SignupForm {
  hasAgreed: boolean
  username: string
  displayName: string
  email: string
  password: string
  reason: string
  channelName: string
  channelDisplayName: string
}

export const emptyForm: SignupForm = {
  hasAgreed: false,
  username: '',
  displayName: '',
  email: '',
  password: '',
  reason: '',
  channelName: '',
  channelDisplayName: ''
}

export interface Rules {
  requiresApproval: boolean
  password?: { minLength?: number; maxLength?: number }
}

type Faults = Partial<Record<keyof SignupForm, string>>

/** Message by field of one step; empty when the next one may come. */
export function stepFaults(step: Step, form: SignupForm, rules: Rules): Faults {
  if (step === 'terms') return termsFaults(form, rules)
  return step === 'account' ? accountFaults(form, rules) : channelFaults(form)
}

function termsFaults(form: SignupForm, rules: Rules): Faults {
  const faults: Faults = {}
  if (!form.hasAgreed) faults.hasAgreed = 'You have to agree before you can go on.'
  const { length } = form.reason.trim()
  if (rules.requiresApproval && (length < 2 || length > 3000))
    faults.reason = 'Say in 2 to 3000 characters why you want to join.'
  return faults
}

function accountFaults(form: SignupForm, rules: Rules): Faults {
  const faults: Faults = {}
  const name = handleFault(form.username)
  if (name) faults.username = name
  if (!/^[^\s@]+@[^\s@]+$/.test(form.email.trim())) faults.email = 'This is no e-mail address.'
  const password = passwordFault(form.password, rules.password)
  if (password) faults.password = password
  return faults
}

function channelFaults(form: SignupForm): Faults {
  const faults: Faults = {}
  const name = handleFault(form.channelName)
  if (name) faults.channelName = name
  else if (form.channelName === form.username)
    faults.channelName = 'The channel needs another name than the account.'
  if (form.channelDisplayName.trim() === '') faults.channelDisplayName = 'Say what it is called.'
  return faults
}

export function registrationOf(form: SignupForm): Registration {
  const displayName = form.displayName.trim()
  return {
    username: form.username,
    password: form.password,
    email: form.email.trim(),
    ...(displayName ? { displayName } : {}),
    channel: { name: form.channelName, displayName: form.channelDisplayName.trim() }
  }
}

const stepOf: Record<string, Step> = {
  registrationReason: 'terms',
  username: 'account',
  displayName: 'account',
  email: 'account',
  password: 'account',
  channel: 'channel',
  'channel.name': 'channel',
  'channel.displayName': 'channel'
}

/** The first step the server has found something wrong with. */
export function stepOfFaults(fields: Record<string, string>): Step | null {
  const found = Object.keys(fields).map((field) => stepOf[field])
  return steps.find((step) => found.includes(step)) ?? null
}
