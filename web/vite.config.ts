import { resolve } from 'node:path';
import { reactRouter } from '@react-router/dev/vite';
import { defineConfig } from 'vite';

const client = resolve(import.meta.dirname, '../src/client/index.ts');

export default defineConfig({
  plugins: [reactRouter()],
  resolve: { alias: { 'almanac/client': client } },
  // In the server's part, too, or React would look at run time and be its slow self: 5 times the time of a page.
  define: { 'process.env.NODE_ENV': '"production"' },
  // Everything in one file: the server then needs nothing of node_modules for its pages.
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
