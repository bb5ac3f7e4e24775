import { Mailbox, linkIn, plainText } from '../fixtures/mailbox.mjs';
import { PASSWORD, Person, freshEmail } from '../fixtures/person.mjs';
import { Server } from '../fixtures/server.mjs';
import { expect, hydrated, open, plainPage, test } from '../fixtures/test.mjs';

/** With a server on which an address is confirmed first. */
const careful = test.extend({
  mailbox: [
    async ({}, use) => {
      const mailbox = await Mailbox.start();
      await use(mailbox);
      await mailbox.close();
    },
    { scope: 'worker' },
  ],
  server: [
    async ({ mailbox }, use) => {
      const server = await Server.start({ ...mailbox.env, EXPENSO_CONFIRM_FIRST: 'on' });
      await use(server);
      await server.stop();
    },
    { scope: 'worker', timeout: 60_000 },
  ],
});

const field = (page, name) => page.getByLabel(name, { exact: true });

async function fill(page, { name = 'Asha Rao', email, password = PASSWORD, confirm = password }) {
  await field(page, 'Name').fill(name);
  await field(page, 'Email').fill(email);
  await field(page, 'Password').fill(password);
  await field(page, 'Confirm password').fill(confirm);
}

const create = (page) => page.getByRole('button', { name: 'Create account' }).click();

async function logIn(page, email, password) {
  await field(page, 'Email').fill(email);
  await field(page, 'Password').fill(password);
  await page.getByRole('button', { name: 'Log in' }).click();
}

test('a stranger sees what Expenso is and where to go on', async ({ page }) => {
  await open(page, '/');
  await expect(page.getByRole('link', { name: 'Log in' }).first()).toBeVisible();
  await expect(page.getByRole('link', { name: 'Create account' }).first()).toBeVisible();
});

test('a good form makes an account and leads to the dashboard', async ({ page }) => {
  await open(page, '/signup');
  await fill(page, { email: freshEmail() });
  await page.getByLabel('I agree to the terms').check();
  await create(page);
  await page.waitForURL('**/dashboard');
  await hydrated(page);
  await expect(page.getByRole('heading', { name: 'Dashboard' })).toBeVisible();
});

test('messages stand beside the fields and what was typed stays', async ({ page }) => {
  await open(page, '/signup');
  await fill(page, { name: 'Asha', email: 'not an address', confirm: 'something else' });
  await create(page);
  for (const name of ['Email', 'Confirm password', 'I agree to the terms']) {
    const control = page.getByLabel(name, { exact: true });
    await expect(control).toHaveAttribute('aria-invalid', 'true');
    await expect(control).toHaveAccessibleDescription(/\w/);
  }
  await expect(field(page, 'Name')).toHaveValue('Asha');
  await expect(field(page, 'Email')).toHaveValue('not an address');
  expect(new URL(page.url()).pathname).toBe('/signup');
});

test('without JavaScript a refused form comes back with 422, its messages and what was typed', async ({ browser, server }) => {
  const page = await plainPage(browser, server);
  await page.goto('/signup');
  await fill(page, { name: 'Asha', email: 'not an address' });
  const [answer] = await Promise.all([page.waitForResponse((r) => r.request().method() === 'POST'), create(page)]);
  expect(answer.status()).toBe(422);
  await expect(field(page, 'Email')).toHaveAttribute('aria-invalid', 'true');
  await expect(field(page, 'Email')).toHaveAccessibleDescription(/\w/);
  await expect(field(page, 'Name')).toHaveValue('Asha');
  await expect(field(page, 'Email')).toHaveValue('not an address');
  await expect(field(page, 'Password')).toHaveValue('');
});

test('without JavaScript a good form makes an account and leads to the dashboard', async ({ browser, server }) => {
  const page = await plainPage(browser, server);
  await page.goto('/signup');
  await fill(page, { email: freshEmail() });
  await page.getByLabel('I agree to the terms').check();
  await create(page);
  await expect(page).toHaveURL(/\/dashboard$/);
});

test('an address that is taken is said beside the field', async ({ page, server }) => {
  const { email } = await Person.signUp(server.url);
  await open(page, '/signup');
  await fill(page, { email: email.toUpperCase() });
  await page.getByLabel('I agree to the terms').check();
  await create(page);
  await expect(field(page, 'Email')).toHaveAttribute('aria-invalid', 'true');
});

test('who logs out is out', async ({ page, person }) => {
  await open(page, '/settings');
  await page.getByRole('button', { name: 'Log out' }).first().click();
  await page.waitForURL(person.url + '/');
  await page.goto('/dashboard');
  await expect(page).toHaveURL(/\/login/);
  expect((await person.post('load_book')).status, 'the old cookie is dead').toBe(401);
});

test('a wrong password and an unknown address get the same words', async ({ page, server }) => {
  const { email } = await Person.signUp(server.url);
  for (const [who, password] of [[email, 'some other words'], [freshEmail(), PASSWORD]]) {
    await open(page, '/login');
    await logIn(page, who, password);
    await expect(page.getByText('Incorrect email or password', { exact: true })).toBeVisible();
  }
});

test('a signed-out visit to records leads to log-in and back', async ({ page, server }) => {
  const { email } = await Person.signUp(server.url);
  await page.goto('/records?kind=expense');
  await expect(page).toHaveURL(/\/login\?next=/);
  await hydrated(page);
  await logIn(page, email, PASSWORD);
  await page.waitForURL('**/records?kind=expense');
});

for (const next of ['https://evil.example/', '//evil.example/', '/\\evil.example', 'javascript:alert(1)']) {
  test(`logging in never leads away to ${next}`, async ({ page, server }) => {
    const { email } = await Person.signUp(server.url);
    await open(page, `/login?next=${encodeURIComponent(next)}`);
    await logIn(page, email, PASSWORD);
    await page.waitForURL('**/dashboard');
  });
}

test('without JavaScript one logs in, is told what is wrong, and logs out', async ({ browser, server }) => {
  const { email } = await Person.signUp(server.url);
  const page = await plainPage(browser, server);
  await page.goto('/login?next=%2Frecords');
  await logIn(page, email, 'some other words');
  await expect(page.getByText('Incorrect email or password', { exact: true })).toBeVisible();
  await expect(field(page, 'Email')).toHaveValue(email);
  await expect(field(page, 'Password')).toHaveValue('');
  await field(page, 'Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Log in' }).click();
  await expect(page).toHaveURL(/\/records$/);
  await page.goto('/logout');
  await page.getByRole('button', { name: 'Log out' }).click();
  await expect(page.getByRole('link', { name: 'Create account' }).first()).toBeVisible();
  await page.goto('/dashboard');
  await expect(page).toHaveURL(/\/login\?next=/);
});

/** What the region of the sign-up page holds. */
async function holds(page, { country, currency, zone, locale, words }) {
  await expect(field(page, 'Country')).toHaveValue(country);
  await expect(field(page, 'Currency')).toHaveValue(currency);
  await expect(field(page, 'Time zone')).toHaveValue(zone);
  await expect(field(page, 'Language')).toHaveValue(locale);
  await expect(page.getByTestId('region')).toHaveText(words);
}

const INDIA = { country: 'IN', currency: 'INR', zone: 'Asia/Kolkata', locale: 'en-IN', words: 'India · INR · Asia/Kolkata' };

test('without JavaScript the region is guessed from the languages and an account is made with it', async ({ browser, server }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL: server.url, locale: 'de-AT' });
  const page = await context.newPage();
  await page.goto('/signup');
  const austria = { country: 'AT', currency: 'EUR', zone: 'Europe/Vienna', locale: 'de-AT', words: 'Austria · EUR · Europe/Vienna' };
  await holds(page, austria);
  await field(page, 'Currency').selectOption('CHF');
  await fill(page, { email: 'not an address' });
  await page.getByLabel('I agree to the terms').check();
  await create(page);
  await holds(page, { ...austria, currency: 'CHF', words: 'Austria · CHF · Europe/Vienna' });
  await fill(page, { email: freshEmail() });
  await create(page);
  await expect(page).toHaveURL(/\/dashboard$/);
  await expect(page.getByTestId('figure-balance')).toContainText('CHF');
  await context.close();
});

test.describe('in India, with a browser set up for the United States', () => {
  test.use({ locale: 'en-US' });

  test('the browser knows better than its languages', async ({ page }) => {
    await open(page, '/signup');
    await holds(page, INDIA);
    await field(page, 'Country').selectOption('JP');
    await holds(page, { ...INDIA, country: 'JP', currency: 'JPY', words: 'Japan · JPY · Asia/Kolkata' });
    await field(page, 'Currency').selectOption('USD');
    await field(page, 'Country').selectOption('FR');
    await expect(field(page, 'Currency'), 'chosen by hand').toHaveValue('USD');
  });

  test('what was chosen before the page came alive stays', async ({ page }) => {
    let release;
    const held = new Promise((resolve) => (release = resolve));
    await page.route('**/*.wasm', async (route) => {
      await held;
      await route.continue();
    });
    await page.goto('/signup', { waitUntil: 'commit' });
    await expect(page.getByTestId('region')).toHaveText('United States · USD · America/New York');
    await field(page, 'Country').selectOption('JP');
    release();
    await hydrated(page);
    await holds(page, { ...INDIA, country: 'JP', currency: 'JPY', words: 'Japan · JPY · Asia/Kolkata' });
  });
});

test('a password is pasted, and the browser is told what it is', async ({ page, server }) => {
  const { email, password } = await Person.signUp(server.url);
  await open(page, '/login');
  // Copied from a field that may be copied from, as from a password manager.
  await field(page, 'Email').fill(password);
  await field(page, 'Email').press('ControlOrMeta+a');
  await field(page, 'Email').press('ControlOrMeta+c');
  await expect(field(page, 'Password')).toHaveAttribute('type', 'password');
  await field(page, 'Password').press('ControlOrMeta+v');
  await expect(field(page, 'Password')).toHaveValue(password);
  await field(page, 'Email').fill(email);
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.waitForURL('**/dashboard');
});

test('the next person at the same browser finds nothing of the one before', async ({ page, person, server }) => {
  const mark = 'Zamindar Sweets';
  await person.save({ payee: mark });
  for (const path of ['/records', '/dashboard', '/settings']) await open(page, path);
  await page.goto('/records');
  await expect(page.getByText(mark).first()).toBeVisible();
  await open(page, '/settings');
  await page.getByRole('button', { name: 'Log out' }).first().click();
  await page.waitForURL(`${person.url}/`);
  const next = await Person.signUp(server.url);
  const left = await (await Person.logIn(server.url, { email: next.email })).post('log_out');
  expect(left.headers.get('clear-site-data'), 'a browser is told to forget').toContain('"storage"');
  await page.goto('/login');
  await hydrated(page);
  await logIn(page, next.email, next.password);
  await page.waitForURL('**/dashboard');
  await hydrated(page);
  const kept = await page.evaluate(async () => {
    const bases = (await indexedDB.databases?.()) ?? [];
    const files = [];
    for (const name of await caches.keys()) {
      for (const request of await (await caches.open(name)).keys()) files.push(request.url);
    }
    return JSON.stringify([{ ...localStorage }, { ...sessionStorage }, bases, files]);
  });
  for (const trace of [mark, person.email, person.account]) expect(kept).not.toContain(trace);
  // Pages that come back by Back are made anew, for whoever is signed in now.
  for (let steps = 0; steps < 6; steps += 1) {
    await page.goBack().catch(() => null);
    await page.waitForLoadState();
    const shown = await page.content();
    for (const trace of [mark, person.email]) expect(shown, page.url()).not.toContain(trace);
  }
});

for (const hours of [-25, 25]) {
  test(`a browser whose clock is ${hours} hours off saves, edits and stays signed in`, async ({ page, person }) => {
    await page.clock.setFixedTime(Date.now() + hours * 3_600_000);
    await open(page, '/records/new');
    await field(page, 'Amount').fill('12.50');
    await field(page, 'Payee').fill('Corner shop');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect.poll(async () => (await person.records()).map((record) => record.payee)).toEqual(['Corner shop']);
    const [saved] = await person.records();
    await open(page, `/records/${saved.id}/edit`);
    await field(page, 'Payee').fill('Another shop');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect.poll(async () => (await person.records()).map((record) => record.payee)).toEqual(['Another shop']);
    await open(page, '/dashboard');
    await expect(page.getByRole('heading', { name: 'Dashboard' })).toBeVisible();
  });
}

careful('where an address is confirmed first a letter is sent, and its link with the password opens the account', async ({ page, browser, server, mailbox }) => {
  const email = freshEmail();
  await open(page, '/signup');
  await fill(page, { email });
  await page.getByLabel('I agree to the terms').check();
  await create(page);
  await expect(page.getByRole('heading', { name: 'Look into your mailbox' })).toBeVisible();
  await expect(page.getByText(`We have sent a letter to ${email}`)).toBeVisible();
  expect(page.url(), 'the address stands in no address of a page').not.toContain('example');

  const { pathname, search } = new URL(linkIn(plainText(await mailbox.waitFor(email, /^Open your Expenso account/))));
  await open(page, pathname + search);
  const comeIn = () => page.getByRole('button', { name: 'Confirm and log in' }).click();
  await field(page, 'Password').fill('some other words');
  await comeIn();
  await expect(field(page, 'Password')).toHaveAccessibleDescription(/not the password that you chose/);
  await field(page, 'Password').fill(PASSWORD);
  await comeIn();
  await page.waitForURL('**/dashboard');
  await hydrated(page);
  await expect(page.getByRole('heading', { name: 'Dashboard' })).toBeVisible();

  // Whoever types the address of an account sees nothing else than a new person.
  for (const [whose, subject] of [[email, /^You have an Expenso account already/], [freshEmail(), /^Open your Expenso account/]]) {
    const plain = await plainPage(browser, server);
    await plain.goto('/signup');
    await fill(plain, { email: whose });
    await plain.getByLabel('I agree to the terms').check();
    await create(plain);
    await expect(plain).toHaveURL(/\/signup\?sent=1$/);
    await expect(plain.getByText('We have sent a letter to the address that you typed')).toBeVisible();
    await mailbox.waitFor(whose, subject);
  }
});

test('whoever cannot log in is told what to do', async ({ page }) => {
  await open(page, '/login');
  await page.getByRole('link', { name: 'Cannot log in?' }).click();
  await expect(page.getByRole('heading', { name: 'Cannot log in?' })).toBeVisible();
  await expect(page.getByText('Use a recovery code instead')).toBeVisible();
  await expect(page.getByText('Ask whoever runs this server')).toBeVisible();
  await page.getByRole('link', { name: 'have it sent' }).click();
  await page.waitForURL('**/forgot');
});
