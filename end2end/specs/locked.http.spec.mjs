import { expect, test } from '@playwright/test';
import { hold } from '../fixtures/bare.mjs';
import { expectBusy, expectBusyPage, savedOnce } from '../fixtures/busy.mjs';
import { Person } from '../fixtures/person.mjs';
import { Server } from '../fixtures/server.mjs';

/** How long another program keeps the database: longer than a call waits. */
const SECONDS = 8;

test('while another program holds the database a save is refused in words, reads go on, and nothing is doubled', async () => {
  test.setTimeout(90_000);
  const server = await Server.start();
  let holder;
  try {
    const person = await Person.signUp(server.url);
    await person.save({ payee: 'before' });
    const fields = await person.recordFields({ payee: 'meanwhile' });
    holder = await hold(server.database, SECONDS);

    const refusals = [
      person.post('save_record', fields).then(expectBusy),
      expectBusyPage(person, await person.recordFields({ payee: 'by the page' })),
    ];
    expect((await person.records()).map((record) => record.payee), 'the list is read meanwhile').toEqual(['before']);
    expect((await person.fetch('/records')).status).toBe(200);
    await Promise.all(refusals);
    expect(holder.isRunning, 'the refusals came before the lock went').toBe(true);

    expect(await holder.within(SECONDS * 1000), holder.said).toBe(0);
    expect(await savedOnce(person, fields)).toHaveLength(2);
    expect(await server.command('check')).toContain('is sound');
  } finally {
    await holder?.end('SIGKILL');
    await server.stop();
  }
});

test('a save waits for a lock that is held for a moment only', async () => {
  const server = await Server.start();
  let holder;
  try {
    const person = await Person.signUp(server.url);
    const fields = await person.recordFields();
    holder = await hold(server.database, 2);
    expect(await savedOnce(person, fields)).toHaveLength(1);
  } finally {
    await holder?.end('SIGKILL');
    await server.stop();
  }
});
