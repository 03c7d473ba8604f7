import { defineConfig } from 'astro/config'

import { securityHeaders } from './security-headers.mjs'

/** Where `wrangler dev` answers while `astro dev` shows changes at once. */
const worker = process.env['WORKER_URL'] ?? 'http://localhost:8787'

export default defineConfig({
  build: { format: 'file' },
  trailingSlash: 'never',
  integrations: [securityHeaders()],
  cacheDir: '../node_modules/.astro',
  vite: {
    cacheDir: '../node_modules/.vite',
    server: { proxy: { '/api': worker, '/charts': worker } },
  },
})
