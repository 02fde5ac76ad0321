import { percentile } from './percentiles.ts';
import type { Report } from './report.ts';
import type { Installation } from './server.ts';

/** From spawning the server to its first healthy answer, database included, on a data folder with all that was loaded. */
export async function measureStartup(
  installation: Installation,
  starts: number,
  report: Report,
): Promise<void> {
  const times: number[] = [];
  for (let start = 0; start < starts; start++) {
    const server = await installation.startServer();
    times.push(server.startMs / 1000);
    await server.stop();
  }
  report.add(`start to healthy, median of ${starts}`, percentile(times, 0.5), 's', { most: 3 });
}
