import { readdir, readlink, stat } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from '@playwright/test';
import { Client } from '../bench/client.mjs';
import { size, spread, tell } from '../fixtures/full.mjs';
import { Person, formBody, newId } from '../fixtures/person.mjs';
import { SITE, Server, until } from '../fixtures/server.mjs';
import { WAYS, hold } from '../fixtures/sluggish.mjs';

/** How many of each there are at once, and for how many seconds whoever was let go comes back. */
const CROWD = { 'slow head': size(60, 500), 'slow body': size(30, 200), 'slow reader': size(30, 200) };
const SECONDS = size(1, 60);

/** The longest that one of them is put up with, in milliseconds. */
const PATIENCE_MS = 30_000;

/** How many connections a process holds. */
async function connections(pid) {
  const folder = `/proc/${pid}/fd`;
  const links = await Promise.all((await readdir(folder)).map((name) => readlink(path.join(folder, name)).catch(() => '')));
  return links.filter((link) => link.startsWith('socket:')).length;
}

/** The path of the largest file of the site. */
async function largestFile() {
  const names = await readdir(path.join(SITE, 'pkg'));
  const sizes = await Promise.all(names.map(async (name) => [(await stat(path.join(SITE, 'pkg', name))).size, name]));
  return `/pkg/${sizes.toSorted(([one], [other]) => other - one)[0][1]}`;
}

/** Looks and saves without a pause until `enough`; answers how long each answer took. All must go well. */
async function live(client, fields, enough) {
  const times = [];
  const deeds = [
    () => client.get('/dashboard', { accept: 'text/html' }),
    () => client.form('save_record', formBody({ ...fields, id: newId() })),
    () => client.get('/records', { accept: 'text/html' }),
  ];
  for (let at = 0; !enough(); at += 1) {
    const start = performance.now();
    await deeds[at % deeds.length]();
    times.push(performance.now() - start);
    await pause(50);
  }
  return times;
}

test('slow heads, bodies and readers by the hundred are let go in half a minute, and others are answered', async () => {
  test.setTimeout(size(120_000, 240_000));
  const server = await Server.start();
  try {
    const [person, file] = [await Person.signUp(server.url), await largestFile()];
    const fields = await person.recordFields({ amount: '1.25' });
    const before = await connections(server.pid);
    const end = performance.now() + SECONDS * 1000;
    let isOver = false;
    const others = [live(new Client(server.url, person), fields, () => isOver), live(new Client(server.url, person), fields, () => isOver)];
    const lives = {};
    const crowd = Object.entries(CROWD).flatMap(([name, count]) => {
      lives[name] = [];
      return Array.from({ length: count }, async () => {
        do lives[name].push(await hold(server.url, WAYS[name], file));
        while (performance.now() < end);
      });
    });
    const people = Object.values(CROWD).reduce((sum, count) => sum + count);
    await until('all of them hold on', async () => (await connections(server.pid)) >= before + people, 20_000);
    await Promise.all(crowd);
    isOver = true;
    const times = (await Promise.all(others)).flat();

    for (const [name, all] of Object.entries(lives)) {
      expect(all.length, name).toBeGreaterThanOrEqual(CROWD[name]);
      expect(Math.max(...all), `${name}: milliseconds until it was let go`).toBeLessThan(PATIENCE_MS);
      tell(name, { 'at once': CROWD[name], 'in all': all.length, 'let go after': `${Math.round(Math.max(...all))} ms at most` });
    }
    tell('others', spread(times));
    // Those of the others stay a while.
    await until('every connection is given back', async () => (await connections(server.pid)) <= before + 10, 10_000);
    expect((await person.sums()).count).toBeGreaterThan(0);
  } finally {
    await server.stop();
  }
});
