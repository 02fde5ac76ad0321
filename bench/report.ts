import { execFileSync } from 'node:child_process';
import { cpus, totalmem } from 'node:os';

/** One figure. `target`: `least` to be reached, `most` not to be passed; null where there is none to hold it to. */
export interface Row {
  name: string;
  value: number;
  unit: string;
  target: { least: number } | { most: number } | null;
  ok: boolean | null;
}

export interface Report {
  rows: Row[];
  add(name: string, value: number, unit: string, target?: Row['target']): void;
}

export function createReport(print: (line: string) => void): Report {
  const rows: Row[] = [];
  return {
    rows,
    add(name, value, unit, target = null) {
      const row = { name, value: rounded(value), unit, target, ok: verdict(value, target) };
      rows.push(row);
      print(lineOf(row));
    },
  };
}

/** Where and on what the figures were taken. */
export function conditions(postgres: string, now: Date) {
  const cores = cpus();
  return {
    date: `${now.toISOString().slice(0, 19)}Z`,
    commit: git('rev-parse', '--short', 'HEAD'),
    changed: git('status', '--porcelain') !== '',
    machine: {
      cores: cores.length,
      model: cores[0]?.model.trim() ?? '',
      memory_gib: Math.round(totalmem() / 2 ** 30),
      system: `${process.platform} ${process.arch}`,
    },
    node: process.version,
    postgres,
  };
}

export function lineOf({ name, value, unit, target, ok }: Row): string {
  const figure = `${value.toLocaleString('en-GB', { maximumFractionDigits: 3 })} ${unit}`;
  const wanted =
    target === null ? '' : 'least' in target ? `≥ ${grouped(target.least)}` : `≤ ${grouped(target.most)}`;
  return `${name.padEnd(62)} ${figure.padStart(22)}  ${wanted.padEnd(10)} ${ok === null ? '' : ok ? 'met' : 'MISSED'}`.trimEnd();
}

function verdict(value: number, target: Row['target']): boolean | null {
  if (target === null) return null;
  return 'least' in target ? value >= target.least : value <= target.most;
}

/** Three digits are as much as a run on a shared machine can say. */
function rounded(value: number): number {
  return value >= 1000 ? Math.round(value) : Number(value.toPrecision(3));
}

function grouped(number: number): string {
  return number.toLocaleString('en-GB');
}

function git(...args: string[]): string {
  try {
    return execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return '';
  }
}
