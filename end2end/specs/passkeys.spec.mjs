import { turnOn } from '../fixtures/authenticator.mjs';
import { letterFile } from '../fixtures/mailbox.mjs';
import { Person } from '../fixtures/person.mjs';
import { Server } from '../fixtures/server.mjs';
import { expect, open, test as base } from '../fixtures/test.mjs';

/** Browsers know passkeys of names only, and of this one without TLS. */
const test = base.extend({
  server: [
    async ({}, use) => {
      const server = await Server.prepare();
      server.env.EXPENSO_BASE_URL = `http://localhost:${server.port}`;
      await server.run();
      server.url = server.env.EXPENSO_BASE_URL;
      await use(server);
      await server.stop();
    },
    { scope: 'worker', timeout: 60_000 },
  ],
});

const press = (page, name) => page.getByRole('button', { name, exact: true }).click();
const card = (page) => page.getByTestId('passkeys');
const rows = (page) => card(page).getByRole('listitem');

/** A device that keeps passkeys, and whose owner says yes; answers its remote control. */
async function device(page, options = {}) {
  const session = await page.context().newCDPSession(page);
  await session.send('WebAuthn.enable');
  const kind = { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true };
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', { options: { ...kind, ...options } });
  return {
    keys: async () => (await session.send('WebAuthn.getCredentials', { authenticatorId })).credentials,
    verifies: (isUserVerified) => session.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified }),
  };
}

/** Makes a passkey in the settings. */
async function add(page) {
  const before = await rows(page).count();
  await press(page, 'Add a passkey');
  await expect(rows(page)).toHaveCount(before + 1);
}

test('a passkey is added, named, used in place of password and code, and deleted', async ({ page, server, person }) => {
  const phone = await device(page);
  const { app } = await turnOn(person);
  expect(app.next()).toHaveLength(6);
  await open(page, '/settings');
  await add(page);
  expect(await phone.keys()).toHaveLength(1);
  await letterFile(server.data, person.email, /passkey was added/i);
  await expect(rows(page).first()).toContainText('Chrome on Linux');
  await rows(page).first().getByText('Rename', { exact: true }).first().click();
  await rows(page).first().getByLabel('Call it', { exact: true }).fill('The kitchen laptop');
  await press(page, 'Rename');
  await expect(rows(page).first()).toContainText('The kitchen laptop');

  await page.context().clearCookies();
  await open(page, '/login?next=/records');
  await press(page, 'Use a passkey');
  await page.waitForURL((url) => url.pathname === '/records');
  await open(page, '/settings');
  await expect(rows(page).first()).toContainText('last used');

  await rows(page).first().getByRole('button', { name: /^Delete the passkey The kitchen laptop of / }).click();
  await expect(rows(page)).toHaveCount(0);
  await letterFile(server.data, person.email, /passkey was deleted/i);
  await page.context().clearCookies();
  await open(page, '/login');
  await press(page, 'Use a passkey');
  await expect(page.getByText(/not known here/)).toBeVisible();
  await expect(page).toHaveURL(/\/login$/);
});

test('one passkey of a device is kept once, and one without its owner is none', async ({ page, person }) => {
  const phone = await device(page);
  expect(person.email).toContain('@');
  await open(page, '/settings');
  await add(page);
  await press(page, 'Add a passkey');
  await expect(card(page).getByText(/has a passkey for this account already/)).toBeVisible();
  await expect(rows(page)).toHaveCount(1);

  await page.context().clearCookies();
  await phone.verifies(false);
  await open(page, '/login');
  await press(page, 'Use a passkey');
  await expect(page.getByText(/Nothing was chosen/)).toBeVisible();
  await phone.verifies(true);
  await press(page, 'Use a passkey');
  await page.waitForURL('**/dashboard');
});

test('a passkey proves who one is, and is the second step too', async ({ page, person }) => {
  await device(page);
  await open(page, '/settings');
  await add(page);
  await turnOn(person);
  await open(page, '/settings/prove?next=/settings/second-factor');
  await press(page, 'Use a passkey');
  await page.waitForURL((url) => url.pathname === '/settings/second-factor');

  await page.context().clearCookies();
  await open(page, '/login');
  await page.getByLabel('Email', { exact: true }).fill(person.email);
  await page.getByLabel('Password', { exact: true }).fill(person.password);
  await press(page, 'Log in');
  await page.waitForURL('**/login/second');
  await press(page, 'Use a passkey');
  await page.waitForURL('**/dashboard');
});

test('an answer is taken once, and only for what was asked', async ({ page, server, person }) => {
  await device(page);
  await open(page, '/settings');
  await add(page);
  await page.context().clearCookies();
  await open(page, '/login');
  const sent = page.waitForRequest('**/api/log_in_by_passkey');
  await press(page, 'Use a passkey');
  await page.waitForURL('**/dashboard');
  const body = new URLSearchParams((await sent).postData());
  const form = Object.fromEntries([...body].map(([key, value]) => [/^form\[(.+)\]$/.exec(key)[1], value]));
  const stranger = new Person(server.url);
  expect((await stranger.post('log_in_by_passkey', form)).status, 'the same once more').toBe(409);
  const other = await stranger.call('begin_passkey');
  expect((await stranger.post('log_in_by_passkey', { ...form, secret: other.secret })).status, 'for another challenge').toBe(409);
  expect((await stranger.post('load_book')).status).toBe(401);
  const asha = await Person.signUp(server.url);
  const hers = await asha.call('begin_passkey');
  expect((await asha.post('prove_by_passkey', { ...form, secret: hers.secret })).status).toBe(409);
});
