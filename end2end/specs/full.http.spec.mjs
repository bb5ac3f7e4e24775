import { execFile } from 'node:child_process';
import { mkdtemp, rm, rmdir, statfs, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@playwright/test';
import { expectBusy, expectBusyPage, savedOnce } from '../fixtures/busy.mjs';
import { Person } from '../fixtures/person.mjs';
import { Server } from '../fixtures/server.mjs';

const run = promisify(execFile);

/** Bytes that are left for records once the rest of the disk is filled. */
const ROOM = 1_500_000;

/** A disk of 20 MB: the folder that it is mounted at. */
async function smallDisk() {
  const disk = await mkdtemp(path.join(tmpdir(), 'expenso-small-disk-'));
  await run('mount', ['-t', 'tmpfs', '-o', 'size=20m', 'tmpfs', disk]).catch(async (error) => {
    await rmdir(disk);
    test.skip(/permission denied/i.test(error.stderr), `this machine lets nobody mount a disk: ${error.stderr}`);
    throw error;
  });
  return disk;
}

/** Fills a disk but for some bytes; answers the file to delete. */
async function ballast(disk, room) {
  const file = path.join(disk, 'ballast');
  const { bavail, bsize } = await statfs(disk);
  await writeFile(file, Buffer.alloc(Math.max(0, bavail * bsize - room), 1));
  return file;
}

test('a full disk refuses saves in words, still reads, and goes on without a restart once there is room', async () => {
  test.skip(process.getuid() !== 0, 'only root may mount the small disk that this test fills');
  test.setTimeout(120_000);
  const disk = await smallDisk();
  let server;
  try {
    server = await Server.start({}, disk);
    const person = await Person.signUp(server.url);
    await person.recordFields();
    const file = await ballast(disk, ROOM);

    const acknowledged = [];
    let fields;
    let answer;
    do {
      fields = await person.recordFields({ note: 'n'.repeat(1900) });
      answer = await person.post('save_record', fields);
      if (answer.ok) acknowledged.push(fields.id);
    } while (answer.ok && acknowledged.length < 5000);
    await expectBusy(answer);
    await expectBusyPage(person, fields);
    expect(acknowledged.length).toBeGreaterThan(0);

    const ids = (records) => records.map((record) => record.id).toSorted();
    expect(ids(await person.records()), 'what is there is read').toEqual(acknowledged.toSorted());
    for (const page of ['/dashboard', '/records']) expect((await person.fetch(page)).status, page).toBe(200);

    await rm(file);
    expect(ids(await savedOnce(person, fields))).toEqual([...acknowledged, fields.id].toSorted());
    for (let at = 0; at < 20; at += 1) await person.save();
    expect((await person.sums()).count).toBe(acknowledged.length + 21);
    expect(await server.command('check')).toContain('is sound');
  } finally {
    await server?.stop();
    await run('umount', [disk]);
    await rmdir(disk);
  }
});
