import type { Config } from '@react-router/dev/config';

export default {
  appDirectory: 'app',
  // Set by build.js, which puts the finished folder in place.
  buildDirectory: process.env.ALMANAC_PAGES ?? 'build',
  ssr: true,
  // The whole list of routes goes out with the page: it is short, and saves asking for it.
  routeDiscovery: { mode: 'initial' },
} satisfies Config;
