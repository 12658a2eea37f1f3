import '../styles/tokens.css'
import './embed.css'
import { Embed } from './embed'
import { say } from './furniture'

const root = document.getElementById('embed')
if (!root) throw new Error('embed.html has no element with the id "embed"')

const id = /^\/videos\/embed\/([^/]+)/.exec(location.pathname)?.[1]
if (id) void new Embed(root, decodeURIComponent(id), new URLSearchParams(location.search)).load()
else say(root, 'There is no such video.')
