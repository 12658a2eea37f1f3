// What a browser complains about while PeerTube's client runs in it: errors in the console, exceptions, refused and failed requests.

/** Notes every complaint of the page, with the address it was on. */
export function listen(page, complaints) {
  const note = (text) => complaints.push(`${pathOf(page.url())}: ${text}`)
  page.on('console', (message) => {
    // A refused request is noted below, with its method.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      note(`console: ${message.text()}`)
  })
  page.on('pageerror', (error) => note(`exception: ${error.message}`))
  page.on('response', (response) => {
    if (response.status() >= 400)
      note(`${response.request().method()} ${pathOf(response.url())} answers ${response.status()}`)
  })
  page.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText
    // Whoever leaves a page gives up what it was loading.
    if (reason !== 'net::ERR_ABORTED') note(`${request.method()} ${pathOf(request.url())} fails: ${reason}`)
  })
}

// PeerTube's server refuses these in the same way while there is nothing to answer.
const refusedByPeerTube = [
  'GET /api/v1/custom-pages/homepage/instance answers 404',
  'GET /api/v1/users/1/imports/latest answers 404'
]

// A race in PeerTube's client: it asks its dialogs for administrators before their script is there when the profile comes sooner.
const clientRace = "Cannot read properties of undefined (reading 'shouldOpen')"

/** Says that the client complains of this in front of PeerTube's server, too. */
export function sameAsPeerTube(complaint) {
  return refusedByPeerTube.some((refusal) => complaint.endsWith(refusal)) || complaint.includes(clientRace)
}

function pathOf(address) {
  return address.startsWith('http') ? new URL(address).pathname : address
}
