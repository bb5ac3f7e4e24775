import { expect, test } from '@playwright/test';
import { Person } from '../fixtures/person.mjs';
import { Server, until } from '../fixtures/server.mjs';

test('every record that was acknowledged before kill -9 is there after the restart', async () => {
  const server = await Server.start();
  try {
    const person = await Person.signUp(server.url);
    await person.recordFields();
    const acknowledged = new Map();
    let stop = false;
    const writer = async () => {
      while (!stop) {
        const fields = await person.recordFields({ amount: '1.25' });
        const answer = await person.post('save_record', fields).catch(() => null);
        if (answer?.ok && (await answer.text().catch(() => null))) acknowledged.set(fields.id, 125);
      }
    };
    const writers = Array.from({ length: 8 }, writer);
    await until('some records are saved', () => acknowledged.size >= 40);
    await server.end('SIGKILL');
    stop = true;
    await Promise.all(writers);
    await server.run();

    const records = await person.records();
    const known = new Set(records.map((record) => record.id));
    expect([...acknowledged.keys()].filter((id) => !known.has(id)), 'lost').toEqual([]);
    expect(known.size, 'no record twice').toBe(records.length);

    const listed = records.reduce((sum, record) => sum + record.amount.minor, 0);
    const sums = await person.sums();
    expect(sums.expenses[0].minor).toBe(listed);
    const html = await (await person.fetch('/dashboard')).text();
    const figure = /<[^>]*data-testid="figure-expenses"[^>]*>/.exec(html)[0];
    expect(Number(/data-minor="(-?\d+)"/.exec(figure)[1])).toBe(listed);
  } finally {
    await server.stop();
  }
});
