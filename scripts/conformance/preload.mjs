// Loaded into mocha's process before a suite: where the suite starts PeerTube's server, the program in CONFORMANCE_SERVER is started
// instead, with the same arguments and environment. The suite itself stays as it is.
import child from 'node:child_process'
import http from 'node:http'
import { syncBuiltinESMExports } from 'node:module'

// Connections that are used again while the server closes them fail requests at random.
http.globalAgent = new http.Agent({ keepAlive: false })

const program = process.env.CONFORMANCE_SERVER
const entry = '/dist/server.js'

if (program) {
  const fork = child.fork
  child.fork = function (path, ...rest) {
    if (!String(path).endsWith(entry)) return fork.call(this, path, ...rest)
    const [args = [], options = {}] = rest
    const root = String(path).slice(0, -entry.length)
    const env = { ...options.env, PT_ROOT: root, NODE_CONFIG_DIR: `${root}/config` }
    delete env.NODE_OPTIONS
    const server = child.spawn(program, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
    server.stderr.resume()
    return server
  }
  syncBuiltinESMExports()
}
