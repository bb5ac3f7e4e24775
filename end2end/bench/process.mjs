// What a process uses, as Linux counts it.

import { execFileSync } from 'node:child_process';
import { readFile, readdir } from 'node:fs/promises';

/** Ticks of the processor clock in a second. */
const TICKS = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

/** Milliseconds of processor time that a process has used, its own and the kernel's for it. */
export async function cpuMs(pid) {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [user, system] = [Number(fields[11]), Number(fields[12])];
  return ((user + system) * 1000) / TICKS;
}

/** Resident memory in MB: all of it, and what is not files that the kernel may drop. */
export async function memory(pid) {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const of = (name) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)[1]) * 1024 / 1e6;
  return { all: of('VmRSS'), own: of('RssAnon') };
}

/** How many files and sockets it holds open. */
export const handles = async (pid) => (await readdir(`/proc/${pid}/fd`)).length;
