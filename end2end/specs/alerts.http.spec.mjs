import { expect, test } from '@playwright/test';
import { ALERT, KEY, Mailbox } from '../fixtures/mailbox.mjs';
import { Person } from '../fixtures/person.mjs';
import { Server, until } from '../fixtures/server.mjs';

// A letter under way when a server is killed is tried again when the claim on it ends, after 30 seconds.
test.describe.configure({ timeout: 120_000 });

let mailbox;
let server;
let person;

test.beforeEach(async () => {
  mailbox = await Mailbox.start();
  server = await Server.start(mailbox.env);
  person = await Person.signUp(server.url);
  await mailbox.confirm(person);
  await person.limit('100');
});

test.afterEach(async () => {
  await server.stop();
  await mailbox.close();
});

/** One alert has come, and no second one comes while a later letter does. */
async function exactlyOneAlert(ms) {
  await until('an alert', () => mailbox.alerts(person.email).length > 0, ms);
  const other = await Person.signUp(server.url);
  await mailbox.waitFor(other.email, /confirm/i, ms);
  expect(mailbox.alerts(person.email)).toHaveLength(1);
}

test('a hundred records over the limit send one letter with the key and the known subject', async () => {
  await person.save({ amount: '101' });
  for (let at = 1; at < 100; at += 1) await person.save({ amount: '5' });
  await exactlyOneAlert();
  const [letter] = mailbox.alerts(person.email);
  expect(letter.subject).toBe(ALERT);
  expect(letter.key).toBe(`Bearer ${KEY}`);
  expect(letter.content.map((part) => part.type)).toEqual(['text/plain', 'text/html']);
});

test('records saved at once send one letter', async () => {
  await person.recordFields();
  await Promise.all(Array.from({ length: 20 }, () => person.save({ amount: '60' })));
  await exactlyOneAlert();
});

for (const mode of ['refuse', '500']) {
  test(`a provider that is away (${mode}) gets the letter once when it is back`, async () => {
    await mailbox.set(mode);
    await person.save({ amount: '101' });
    await until('a try', () => (mode === '500' ? mailbox.refused > 0 : server.log.includes('cannot be reached')));
    await mailbox.set('ok');
    await exactlyOneAlert(60_000);
  });
}

for (const mode of ['refuse', 'hang']) {
  test(`a server killed between the save and the letter (${mode}) sends it once after its restart`, async () => {
    await mailbox.set(mode);
    await person.save({ amount: '101' });
    if (mode === 'hang') await until('the letter is under way', () => mailbox.refused > 0);
    await server.end('SIGKILL');
    await mailbox.set('ok');
    await server.run();
    await exactlyOneAlert(70_000);
  });
}

test('a provider that takes the letter and answers late gets it once', async () => {
  const { answered } = mailbox;
  await mailbox.set('slow', 12_000);
  await person.save({ amount: '101' });
  await until('the late answer was heard', () => mailbox.answered > answered, 20_000);
  await exactlyOneAlert();
});

test('a server told to stop ends by itself while a letter hangs', async () => {
  await mailbox.set('hang');
  await person.save({ amount: '101' });
  await until('the letter is under way', () => mailbox.refused > 0);
  const { answered } = mailbox;
  // Killed for being late, it has no code.
  expect(await server.child.end('SIGTERM')).toBe(0);
  expect(mailbox.answered, 'it did not wait for the provider').toBe(answered);
});

test('an alert raised before the address is confirmed comes once it is', async () => {
  const other = await Person.signUp(server.url);
  await other.limit('100');
  await other.save({ amount: '101' });
  await until('the alert waits', () => server.log.includes('a letter waits'));
  expect(mailbox.alerts(other.email)).toEqual([]);
  await mailbox.confirm(other);
  await until('the alert', () => mailbox.alerts(other.email).length === 1);
});

test('saves are answered while a provider hangs', async () => {
  const { answered } = mailbox;
  await mailbox.set('hang');
  await person.save({ amount: '101' });
  await until('the letter is under way', () => mailbox.refused > 0);
  const { refused } = mailbox;
  for (let at = 0; at < 9; at += 1) await person.save({ amount: '1' });
  expect([mailbox.refused, mailbox.answered], 'the same letter is still waited for').toEqual([refused, answered]);
});

test('a salary is no spending', async () => {
  await person.save({ amount: '99' });
  await person.save({ kind: 'income', amount: '100000' });
  const other = await Person.signUp(server.url);
  await mailbox.waitFor(other.email, /confirm/i);
  expect(mailbox.alerts(person.email)).toEqual([]);
});
