import { index, type RouteConfig, route } from '@react-router/dev/routes';

/** Every page. A page is a file in `pages/`; see web/README.md. */
export default [
  index('pages/home.tsx'),
  route('repositories/:id', 'pages/repository.tsx'),
  route('suggest', 'pages/suggest.tsx'),
  route('suggest/check', 'pages/suggest-check.ts'),
  route('suggest/:id', 'pages/suggestion.tsx'),
  route('account', 'pages/account.tsx'),
  route('review', 'pages/review.tsx'),
  route('charts/world.svg', 'pages/world-shapes.ts'),
  route('*', 'pages/missing.tsx')] satisfies RouteConfig;
