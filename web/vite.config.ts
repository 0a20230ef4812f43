import { fileURLToPath } from 'node:url'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

/** The first text is drawn in this file's face: it is fetched beside the script, not after the style sheet. */
const preloadFont: Plugin = {
  name: 'preload-font',
  transformIndexHtml: {
    order: 'post',
    handler(_html, { bundle }) {
      const font = Object.keys(bundle ?? {}).find((name) => /inter-latin-wght-normal-.*\.woff2$/.test(name))
      if (font === undefined) return []
      const attrs = { rel: 'preload', as: 'font', type: 'font/woff2', crossorigin: '', href: `/${font}` }
      return [{ tag: 'link', attrs, injectTo: 'head' }]
    },
  },
}

// `npx vite --config web/vite.config.ts` serves the sources for development, with a Reeve on port 8080 behind them.
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [react(), tailwindcss(), preloadFont],
  build: {
    target: 'es2023',
    manifest: 'manifest.json',
    assetsInlineLimit: 0,
    modulePreload: {
      polyfill: false,
      // Which chunks each page needs is said by the page's own chunk: a table of all of them would be 7 KB of the first load,
      // and more with every page. Pages are fetched when somebody is about to open them, so the step more is seldom felt.
      resolveDependencies: (_file, chunks, { hostType }) =>
        hostType === 'html' ? chunks : chunks.filter((chunk) => chunk.endsWith('.css')),
    },
    reportCompressedSize: false,
    // An icon in a chunk of its own costs more than the icon: those of many screens come together.
    rolldownOptions: {
      output: { codeSplitting: { groups: [{ name: 'icons', test: /lucide-react/, minShareCount: 4 }] } },
    },
  },
  server: {
    proxy: { '/api': 'http://localhost:8080', '/v1': 'http://localhost:8080' },
  },
})
