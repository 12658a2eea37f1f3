import { svelte } from '@sveltejs/vite-plugin-svelte'
import { svelteTesting } from '@testing-library/svelte/vite'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { hlsDefines, hlsEntry, slimHls } from './build/slim-hls.ts'

// The server that `npm run dev` talks to.
const backend = process.env.VIDILOG_BACKEND ?? 'http://127.0.0.1:9000'

export default defineConfig(({ command }) => ({
  // The server answers page paths with index.html and keeps the files of the client under /client/.
  base: command === 'build' ? '/client/' : '/',
  plugins: [slimHls(), svelte(), ...(process.env.VITEST ? [svelteTesting()] : [])],
  define: hlsDefines,
  resolve: {
    alias: [
      { find: /^hls\.js$/, replacement: hlsEntry },
      { find: /^entities$/, replacement: fileURLToPath(new URL('src/text/entities.ts', import.meta.url)) }
    ]
  },
  // Built from its sources here too; what these import is CommonJS and has to be converted first.
  optimizeDeps: { exclude: ['hls.js'], include: ['url-toolkit', 'eventemitter3'] },
  build: {
    target: 'es2022',
    outDir: 'dist/app',
    emptyOutDir: true,
    manifest: true,
    assetsInlineLimit: 2048,
    rolldownOptions: { input: ['index.html', 'embed.html', 'test-embed.html'] },
    // The player is one chunk of about 240 kB gzipped, loaded on the watch page only; `npm run budget` is the judge.
    chunkSizeWarningLimit: 1000
  },
  server: {
    proxy: Object.fromEntries(
      ['/api', '/static', '/lazy-static', '/download'].map((path) => [path, { target: backend }])
    )
  },
  test: {
    // Files that need a page ask for jsdom in their first line.
    environment: 'node',
    environmentOptions: { jsdom: { url: 'http://localhost:3000/' } },
    include: ['src/**/*.test.ts'],
    restoreMocks: true
  }
}))
