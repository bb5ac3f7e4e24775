// How long something takes, again and again, and what it costs the server.

import { cpuMs } from './process.mjs';

/** Rounds that count at least, after the ones that warm up. */
const ROUNDS = 200;
const WARM_UP = 20;

/** Quick deeds are repeated for so long, in milliseconds, that the kernel's clock ticks can tell their cost. */
const LONG_ENOUGH = 1500;

/** At once, as the adders are. */
export const ADDERS = 8;

/** The value that a share of all lies at or below. */
export function quantile(values, share) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)];
}

export const median = (values) => quantile(values, 0.5);

const told = (times, cpu, more) => ({ p50: median(times), p99: quantile(times, 0.99), cpu: cpu / times.length, rounds: times.length, ...more });

/** One after the other: `{ p50, p99, cpu, rounds, kb }`, times in milliseconds, kilobytes of the last answer. */
export async function inTurn(pid, deed, { changes = false } = {}) {
  for (let at = 0; at < WARM_UP; at += 1) await deed();
  const times = [];
  let answer;
  const [cpu, start] = [await cpuMs(pid), performance.now()];
  // What changes the book is done no more often than it must be.
  while (times.length < ROUNDS || (!changes && performance.now() - start < LONG_ENOUGH)) {
    const before = performance.now();
    answer = await deed();
    times.push(performance.now() - before);
  }
  return told(times, (await cpuMs(pid)) - cpu, { kb: answer.length / 1000 });
}

/** By several at once; besides, how many `perSecond` they make together. */
export async function atOnce(pid, deed) {
  const times = [];
  const adder = async () => {
    for (let at = 0; at < ROUNDS / 2; at += 1) {
      const before = performance.now();
      await deed();
      times.push(performance.now() - before);
    }
  };
  await Promise.all(Array.from({ length: ADDERS }, deed));
  const [cpu, start] = [await cpuMs(pid), performance.now()];
  await Promise.all(Array.from({ length: ADDERS }, adder));
  const seconds = (performance.now() - start) / 1000;
  return told(times, (await cpuMs(pid)) - cpu, { perSecond: times.length / seconds });
}
