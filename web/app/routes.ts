import { index, type RouteConfig, route } from '@react-router/dev/routes';

/** Every page. A page is a file in `pages/`; see web/README.md. */
export default [
  index('pages/home.tsx'),
  route('search', 'pages/search.tsx'),
  route('repositories', 'pages/repositories.tsx'),
  route('repositories.csv', 'pages/repositories-csv.ts'),
  route('repositories.ndjson', 'pages/repositories-ndjson.ts'),
  route('repositories/points.json', 'pages/repository-points.ts'),
  route('repositories/:id', 'pages/repository.tsx'),
  route('about', 'pages/about.tsx'),
  route('suggest', 'pages/suggest.tsx'),
  route('suggest.js', 'pages/suggest-script.ts'),
  route('suggest/check', 'pages/suggest-check.ts'),
  route('suggest/:id', 'pages/suggestion.tsx'),
  route('account', 'pages/account.tsx'),
  route('review', 'pages/review.tsx'),
  route('statistics', 'pages/statistics.tsx'),
  route('statistics/:type/:id', 'pages/statistics-of.tsx'),
  route('statistics/:type/:id/chart.svg', 'pages/statistics-chart.tsx'),
  route('compliance', 'pages/compliance.tsx'),
  route('compliance/template.csv', 'pages/compliance-template.ts'),
  route('compliance/:id', 'pages/compliance-job.tsx'),
  route('works/:id', 'pages/work.tsx'),
  route('charts/world.svg', 'pages/world-shapes.ts'),
  route('*', 'pages/missing.tsx')] satisfies RouteConfig;
