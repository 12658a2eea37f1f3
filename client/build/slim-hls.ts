import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'

/**
 * hls.js is built from its own sources, because only there DRM, CMCD, content steering, interstitials and
 * i-frames can be left out: 43 kB gzipped less than the stock bundle. The package's `exports` hides `src`,
 * hence the way to it over a file path.
 */
const sources = join(dirname(fileURLToPath(import.meta.url)), '../node_modules/hls.js/src')

export const hlsEntry = join(sources, 'exports-default.ts')

/** Every flag hls.js reads; one that is missing is a ReferenceError in the browser, not in the build. */
export const hlsDefines = {
  __VERSION__: JSON.stringify('1.7.4'),
  __USE_SUBTITLES__: 'true',
  __USE_ALT_AUDIO__: 'true',
  __USE_MEDIA_CAPABILITIES__: 'true',
  __USE_EME_DRM__: 'false',
  __USE_CMCD__: 'false',
  __USE_CONTENT_STEERING__: 'false',
  __USE_VARIABLE_SUBSTITUTION__: 'false',
  __USE_M2TS_ADVANCED_CODECS__: 'false',
  __USE_INTERSTITIALS__: 'false',
  __USE_IFRAMES__: 'false',
  __IN_WORKER__: 'false',
  // hls.js asks for `typeof … === 'function'` and works without a worker when it is none.
  __HLS_WORKER_BUNDLE__: 'undefined'
}

const dropped = /(cmcd|eme|content-steering|interstitials)-controller$/
const nothing = '\0vidilog:hls-feature-left-out'

/** The import statements of the features left out stay in the sources; this points them at an empty module. */
export function slimHls(): Plugin {
  return {
    name: 'vidilog:slim-hls',
    enforce: 'pre',
    configResolved() {
      if (!existsSync(hlsEntry))
        throw new Error(`hls.js has no ${hlsEntry}: run "npm ci --ignore-scripts" in client/`)
    },
    resolveId(id, importer) {
      return dropped.test(id) && importer?.includes('hls.js/src') ? nothing : undefined
    },
    load(id) {
      return id === nothing ? 'export default undefined' : undefined
    }
  }
}
