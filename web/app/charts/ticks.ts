/** A scale from zero whose steps are 1, 2 or 5 times a power of ten: `[0, 50, 100, 150]` for 130. */
export function ticksUpTo(max: number, wanted = 4): number[] {
  if (!(max > 0) || !Number.isFinite(max)) return [0, 1];
  const step = niceStep(max / wanted, max <= wanted);
  const ticks = [0];
  while ((ticks.at(-1) ?? 0) < max) ticks.push(roundTo(ticks.length * step, step));
  return ticks;
}

/** A scale between two values that need not begin at zero: for holdings, whose change is what one looks for. */
export function ticksBetween(min: number, max: number, wanted = 4): number[] {
  if (!(max > min)) return ticksUpTo(max);
  const step = niceStep((max - min) / wanted, false);
  const first = Math.floor(min / step);
  const last = Math.ceil(max / step);
  return Array.from({ length: last - first + 1 }, (_, place) => roundTo((first + place) * step, step));
}

function niceStep(rough: number, areWhole: boolean): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 5, 10].find((one) => one * power >= rough * 0.999) ?? 10;
  return areWhole ? Math.max(1, factor * power) : factor * power;
}

/** Without the dust of binary fractions: 0.30000000000000004 is 0.3. */
function roundTo(value: number, step: number): number {
  const digits = Math.max(0, -Math.floor(Math.log10(step)));
  return Number(value.toFixed(Math.min(digits, 12)));
}
