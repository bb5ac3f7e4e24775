// Webhooks: added, tried and looked after in the settings.

import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { tooWide, violations } from '../fixtures/looks.mjs';
import { Server } from '../fixtures/server.mjs';
import { expect, hydrated, open, test as base } from '../fixtures/test.mjs';

/** A server that may tell programs on this machine, and no other private place. */
const test = base.extend({
  server: [
    async ({}, use) => {
      const server = await Server.start({ EXPENSO_WEBHOOK_NETWORKS: '127.0.0.0/8' });
      await use(server);
      await server.stop();
    },
    { scope: 'worker', timeout: 60_000 },
  ],

  /** A program that keeps what it hears and answers as it is told. */
  program: async ({}, use) => {
    const program = { heard: [], status: 204 };
    const http = createServer(async (request, answer) => {
      const pieces = [];
      for await (const piece of request) pieces.push(piece);
      program.heard.push({ headers: request.headers, body: Buffer.concat(pieces).toString() });
      answer.writeHead(program.status).end();
    }).listen(0, '127.0.0.1');
    await once(http, 'listening');
    program.url = `http://127.0.0.1:${http.address().port}/hook`;
    await use(program);
    http.closeAllConnections();
    http.close();
  },
});

/** As https://www.standardwebhooks.com says. */
function signature(secret, { headers, body }) {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  return `v1,${createHmac('sha256', key).update(`${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`).digest('base64')}`;
}

test('an address in a private network is refused beside the field, which keeps it', async ({ page, person }) => {
  expect(person.email).toBeTruthy();
  await open(page, '/settings');
  await page.getByRole('button', { name: 'Add webhook' }).click();
  await page.getByLabel('Address').fill('http://169.254.169.254/latest');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(page.getByText('This address leads into a private network, which is not allowed here')).toBeVisible();
  await expect(page.getByLabel('Address')).toHaveValue('http://169.254.169.254/latest');
  expect(await tooWide(page)).toBe(0);
  expect(await violations(page)).toEqual([]);
});

test('a webhook has a secret, a test and a log, and is deleted', async ({ page, person }) => {
  expect(person.email).toBeTruthy();
  await open(page, '/settings/webhooks/new');
  // Public, and nobody answers there from a test.
  await page.getByLabel('Address').fill('http://192.31.196.1:9/hook');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.waitForURL(/\/settings\/webhooks\/[0-9a-f-]{36}$/);
  await expect(page.getByLabel('Signing secret')).toHaveValue(/^whsec_/);
  await expect(page.getByText('Nothing was sent yet')).toBeVisible();
  expect(await tooWide(page)).toBe(0);
  expect(await violations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Delete webhook' }).click();
  await page.waitForURL('**/settings?unhooked=*');
  await hydrated(page);
  await expect(page.getByRole('link', { name: /192\.31/ })).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.waitForURL(/\/settings\/webhooks\/[0-9a-f-]{36}$/);
  await expect(page.getByLabel('Signing secret')).toHaveValue(/^whsec_/);
});

test('a program gets a signed test, and the log says what it and a failing one answered', async ({ page, person, program }) => {
  expect(person.email).toBeTruthy();
  await open(page, '/settings/webhooks/new');
  await page.getByLabel('Address').fill(program.url);
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.waitForURL(/\/settings\/webhooks\/[0-9a-f-]{36}$/);
  await hydrated(page);
  const secret = await page.getByLabel('Signing secret').inputValue();
  const attempts = page.getByTestId('attempt');
  const lookAgain = async (count) => {
    await expect(async () => {
      await page.getByRole('button', { name: 'Look again' }).click();
      await expect(attempts).toHaveCount(count, { timeout: 1_000 });
    }).toPass();
  };

  await page.getByRole('button', { name: 'Send a test' }).click();
  await expect.poll(() => program.heard.length).toBe(1);
  const [test] = program.heard;
  expect(JSON.parse(test.body)).toMatchObject({ type: 'test', id: test.headers['webhook-id'] });
  expect(test.headers['webhook-signature']).toBe(signature(secret, test));
  await lookAgain(1);
  await expect(attempts).toContainText('Taken (204)');

  program.status = 500;
  await person.save({ payee: 'Corner shop', amount: '12.50' });
  await expect.poll(() => program.heard.length).toBe(2);
  const [, told] = program.heard;
  expect(JSON.parse(told.body)).toMatchObject({ type: 'record.saved', data: { records: [{ payee: 'Corner shop', amount: { minor: 1250 } }] } });
  expect(told.headers['webhook-signature']).toBe(signature(secret, told));
  await lookAgain(2);
  await expect(attempts.first()).toContainText('Not taken (500)');
  await expect(attempts.last()).toContainText('Taken (204)');
  expect(await tooWide(page)).toBe(0);
  expect(await violations(page)).toEqual([]);
});
