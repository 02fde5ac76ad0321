import { resolve } from 'node:path';
import { reactRouter } from '@react-router/dev/vite';
import { defineConfig } from 'vite';

const client = resolve(import.meta.dirname, '../src/client/index.ts');

export default defineConfig({
  plugins: [reactRouter()],
  resolve: { alias: { 'almanac/client': client } },
  // Everything in one file: the server then needs nothing of node_modules for its pages, whatever NODE_ENV says.
  ssr: { noExternal: true },
  build: {
    // Small files as data: addresses would need a wider Content-Security-Policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 2_000,
  },
  logLevel: 'warn',
});
