import { mount } from 'svelte'
import App from './App.svelte'
import { router } from './router/router.svelte'
import { instance } from './state/instance.svelte'
import { session } from './state/session.svelte'
import { theme } from './state/theme.svelte'
import './styles/tokens.css'
import './styles/base.css'
import './styles/controls.css'

const target = document.getElementById('app')
if (!target) throw new Error('index.html has no element with the id "app"')

theme.load()
void session.start()
// Without a configuration the pages show their defaults; whoever needs it asks again and shows the error.
instance.load().catch(() => undefined)
mount(App, { target })
router.start()
