import '../styles/tokens.css'
import '../styles/base.css'
import '../styles/controls.css'
import './playground.css'
import { Channel } from './channel'

/** A page to try the embed API by hand: a player in a frame and a button for each of its methods. */
const root = document.getElementById('playground')
if (!root) throw new Error('test-embed.html has no element with the id "playground"')

const query = new URLSearchParams(location.search)
const id = location.hash.slice(1) || query.get('id')

function button(label: string, onClick: () => void): HTMLButtonElement {
  const made = document.createElement('button')
  made.type = 'button'
  made.className = 'button'
  made.textContent = label
  made.addEventListener('click', onClick)
  return made
}

function heading(): HTMLElement {
  const made = document.createElement('h1')
  made.textContent = 'Embed playground'
  return made
}

function askForVideo(target: HTMLElement): void {
  const form = document.createElement('form')
  form.className = 'field'
  const label = document.createElement('label')
  label.textContent = 'Id of a video'
  const input = document.createElement('input')
  input.name = 'id'
  input.required = true
  label.append(input)
  form.append(
    label,
    button('Show', () => form.requestSubmit())
  )
  target.replaceChildren(heading(), form)
}

function play(target: HTMLElement, video: string): void {
  const frame = document.createElement('iframe')
  frame.title = 'The embedded player'
  frame.allow = 'fullscreen; autoplay'
  frame.src = `/videos/embed/${encodeURIComponent(video)}?api=1`
  const buttons = document.createElement('div')
  buttons.className = 'actions'
  const said = document.createElement('pre')
  said.setAttribute('aria-live', 'off')
  target.replaceChildren(heading(), frame, buttons, said)

  const channel = new Channel(frame.contentWindow as Window, 'peertube')
  const say = (name: string, value: unknown) => {
    said.textContent = `${name}: ${JSON.stringify(value)}\n${said.textContent ?? ''}`.slice(0, 4000)
  }
  for (const event of ['ready', 'playbackStatusChange', 'resolutionUpdate', 'volumeChange'])
    channel.bind(event, (value) => say(event, value))
  const methods: [string, unknown?][] = [
    ...[
      ['play'],
      ['pause'],
      ['isPlaying'],
      ['getCurrentTime'],
      ['seek', 10],
      ['setVolume', 0],
      ['setVolume', 1]
    ],
    ...[['getVolume'], ['getResolutions'], ['setResolution', 0], ['setResolution', -1], ['getCaptions']],
    ...[['setCaption', 'en'], ['getPlaybackRates'], ['setPlaybackRate', 2], ['getPlaybackRate']]
  ] as [string, unknown?][]
  buttons.append(
    ...methods.map(([name, value]) =>
      button(value === undefined ? name : `${name}(${JSON.stringify(value)})`, () => {
        channel.call(name, value).then(
          (result) => say(name, result ?? null),
          (error: Error) => say(name, error.message)
        )
      })
    )
  )
  channel.open()
}

if (id) play(root, id)
else askForVideo(root)
