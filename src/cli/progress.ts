import type { ImportProgress } from '../importers/index.ts';
import type { Stream } from './terminal.ts';

/** Ten times a second is fluent; more only costs time. */
const betweenDrawingsMs = 100;

/**
 * A progress bar of one line: done and total, rate, time left. Silent where nobody watches (not a terminal).
 * @param now milliseconds of a clock that never steps back.
 */
export function createProgress(stream: Stream, now: () => number = () => performance.now()): ImportProgress {
  if (!stream.isTTY) return { start() {}, total() {}, advance() {}, end() {} };

  let stage = '';
  let done = 0;
  let total = 0;
  let startedAt = 0;
  let drawnAt = Number.NEGATIVE_INFINITY;

  const draw = () => {
    drawnAt = now();
    const line = progressLine(
      { stage, done, total, seconds: (drawnAt - startedAt) / 1000 },
      stream.columns ?? 80,
    );
    stream.write(`\r\u001b[K${line}`);
  };

  return {
    start(name) {
      stage = name;
      done = 0;
      total = 0;
      startedAt = now();
      draw();
    },
    total(units) {
      total = units;
      draw();
    },
    advance(units) {
      done += units;
      if (now() - drawnAt >= betweenDrawingsMs) draw();
    },
    end() {
      draw();
      stream.write('\n');
    },
  };
}

interface State {
  stage: string;
  done: number;
  total: number;
  /** Since the stage began. */
  seconds: number;
}

/** One line of at most `columns` - 1 characters: `Reading [####------] 42 % 1.2M/2.9M 300k/s 0:06 left`. */
export function progressLine({ stage, done, total, seconds }: State, columns: number): string {
  const rate = seconds > 0 ? done / seconds : 0;
  const figures = [short(done) + (total > 0 ? `/${short(total)}` : ''), `${short(rate)}/s`];
  if (total <= 0) return [stage, ...figures].join('  ').slice(0, columns - 1);
  const share = Math.min(1, done / total);
  if (share < 1 && rate > 0) figures.push(`${clock((total - done) / rate)} left`);
  if (share >= 1) figures.push(clock(seconds));
  const text = [`${Math.floor(share * 100)} %`.padStart(5), ...figures].join('  ');
  const width = Math.max(0, Math.min(30, columns - stage.length - text.length - 5));
  const filled = Math.round(share * width);
  const bar = width >= 5 ? `[${'#'.repeat(filled)}${'-'.repeat(width - filled)}]` : '';
  return [stage, bar, text]
    .filter((part) => part !== '')
    .join(' ')
    .slice(0, columns - 1);
}

/** 950, 1.2k, 34k, 1.5M, 2.0G. */
function short(value: number): string {
  const steps = ['', 'k', 'M', 'G', 'T'];
  const step = Math.min(steps.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, value)) / 3)));
  const scaled = value / 1000 ** step;
  return `${step > 0 && scaled < 10 ? scaled.toFixed(1) : Math.round(scaled)}${steps[step]}`;
}

/** 0:06, 12:40, 3:02:01. */
function clock(seconds: number): string {
  const whole = Math.round(seconds);
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (value: number) => String(value).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}
