import type { Player } from '../player/player'

/** Makes an element; the text goes in as text. */
function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className: string,
  text = ''
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag)
  made.className = className
  made.textContent = text
  return made
}

/** A sentence in place of the picture. */
export function say(root: HTMLElement, text: string): void {
  const message = make('p', 'message', text)
  message.setAttribute('role', 'alert')
  root.replaceChildren(message)
}

function link(className: string, text: string, addressOf: () => string): HTMLAnchorElement {
  const made = make('a', className, text)
  made.target = '_blank'
  made.rel = 'noopener'
  made.href = addressOf()
  // The place in the video is that of the click, not that of the moment the link was made.
  made.addEventListener('click', () => (made.href = addressOf()))
  return made
}

/** The title above the picture: the way to the page of the video, where watching goes on. */
export function dock(title: string, addressOf: () => string, onLeave: () => void): HTMLElement {
  const made = make('div', 'dock')
  const way = link('dock-title', title, addressOf)
  way.addEventListener('click', onLeave)
  made.append(way)
  return made
}

/** The name of the instance in the control bar. */
export function instanceLink(player: Player, name: string, addressOf: () => string): void {
  const bar = player.videojs.el().querySelector('.vjs-control-bar')
  const way = link('vjs-control instance-link', name, addressOf)
  way.addEventListener('click', () => player.videojs.pause())
  bar?.querySelector('.vidilog-chapter-title')?.after(way)
}

export function askPassword(root: HTMLElement, isWrong: boolean, send: (password: string) => void): void {
  const form = make('form', 'message')
  const label = make('label', '', 'This video is protected by a password')
  label.htmlFor = 'video-password-input'
  const input = make('input', '')
  input.id = 'video-password-input'
  input.type = 'password'
  input.required = true
  input.autocomplete = 'off'
  const button = make('button', '', 'Watch')
  const fault = make('p', 'fault', isWrong ? 'This is not the password. Try again.' : '')
  fault.setAttribute('role', 'alert')
  const line = make('div', 'line')
  line.append(input, button)
  form.append(label, line, fault)
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    button.disabled = true
    send(input.value)
  })
  root.replaceChildren(form)
}
