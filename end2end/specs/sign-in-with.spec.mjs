import { WIDTHS, look } from '../fixtures/looks.mjs';
import { OidcProvider } from '../fixtures/oidc.mjs';
import { PASSWORD, Person, freshEmail } from '../fixtures/person.mjs';
import { Server } from '../fixtures/server.mjs';
import { expect, hydrated, open, plainPage, test as base, wanted } from '../fixtures/test.mjs';

/** As long as the words on a button may be. */
const LONG = 'Gone to Wanowarie for a while';

/** A server of its own that offers a real provider. */
const test = base.extend({
  server: [
    async ({}, use) => {
      const server = await Server.prepare();
      const provider = await OidcProvider.start([`${server.url}/login/with/home/callback`]);
      Object.assign(server.env, provider.env('home', 'Home'), {
        EXPENSO_SIGN_IN_GONE_LABEL: LONG, EXPENSO_SIGN_IN_GONE_ISSUER: 'http://127.0.0.1:9',
        EXPENSO_SIGN_IN_GONE_CLIENT_ID: 'x', EXPENSO_SIGN_IN_GONE_CLIENT_SECRET: 'x',
      });
      server.provider = provider;
      await server.run();
      await use(server);
      await server.stop();
      await provider.stop();
    },
    { scope: 'worker', timeout: 60_000 },
  ],

  provider: async ({ server, faults }, use) => {
    await use(server.provider);
    // People are sent to the provider, which is elsewhere.
    const others = faults.filter((fault) => !fault.startsWith(`request elsewhere: ${server.provider.url}/`));
    faults.splice(0, faults.length, ...others);
  },
});

let people = 0;
const subject = () => `person-${process.pid}-${people += 1}`;
const go = (page, name) => page.getByRole('link', { name: `Continue with ${name}` }).click();

/** Somebody new, as the provider tells. */
function somebody(provider, claims = {}) {
  const email = freshEmail();
  const id = subject();
  provider.sit(id, { email, email_verified: true, name: 'Asha Rao', ...claims });
  return { id, email };
}

async function create(page) {
  await page.waitForURL('**/signup/with');
  await hydrated(page);
  await page.getByLabel('I agree to the terms').check();
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.waitForURL('**/dashboard');
}

for (const from of ['/login', '/signup']) {
  test(`somebody new comes from ${from} and makes an account`, async ({ page, provider }) => {
    const { email } = somebody(provider);
    await open(page, from);
    await go(page, 'Home');
    await page.waitForURL('**/signup/with');
    await hydrated(page);
    await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Asha Rao');
    await expect(page.getByLabel('Email', { exact: true })).toHaveValue(email);
    await expect(page.getByLabel('Email', { exact: true })).toHaveAttribute('readonly', '');
    await page.getByRole('button', { name: 'Create account' }).click();
    await expect(page.getByLabel('I agree to the terms')).toHaveAttribute('aria-invalid', 'true');
    await create(page);
    await hydrated(page);
    await expect(page.getByText('Confirm your address')).toHaveCount(0);
    await page.goto('/settings');
    await expect(page.getByTestId('ways')).toContainText(email);
    await expect(page.getByTestId('ways')).toContainText('The last way in stays');
    await expect(page.getByRole('button', { name: 'Unlink Home' })).toHaveCount(0);
  });
}

test('who has an account comes back to it, to the page that was asked for', async ({ browser, page, provider, server }) => {
  somebody(provider);
  await open(page, '/login');
  await go(page, 'Home');
  await create(page);
  const again = await plainPage(browser, server);
  await again.goto('/records?kind=expense');
  await go(again, 'Home');
  await expect(again).toHaveURL(/\/records\?kind=expense$/);
});

test('who has no password is asked to log in once more, and leaves, stays and sets one', async ({ page, provider }) => {
  somebody(provider);
  await open(page, '/login');
  await go(page, 'Home');
  await create(page);
  await open(page, '/settings/leave');
  await expect(page.getByLabel('Password')).toHaveCount(0);
  await page.getByRole('form', { name: 'Delete my account' }).getByRole('button', { name: 'Delete my account' }).click();
  const banner = page.getByRole('complementary', { name: 'Your account will be deleted' });
  await banner.getByRole('button', { name: 'Keep my account' }).click();
  await expect(banner).toHaveCount(0);
  // As the calls of a session that is no longer fresh answer.
  await page.route('**/api/change_password', (route) => route.fulfill({ status: 428, contentType: 'application/json', body: '"ProveFirst"' }));
  const set = async () => {
    await open(page, '/settings');
    await expect(page.getByLabel('Current password')).toHaveCount(0);
    for (const label of ['New password', 'Confirm password']) await page.getByLabel(label, { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Set a password' }).click();
  };
  await set();
  await page.waitForURL('**/settings/prove?next=/settings');
  await hydrated(page);
  await page.unroute('**/api/change_password');
  await page.getByRole('link', { name: 'Log in once more' }).click();
  await hydrated(page);
  await go(page, 'Home');
  await page.waitForURL('**/settings');
  await set();
  await page.waitForURL('**/settings?saved=1');
  await expect(page.getByLabel('Current password')).toBeVisible();
});

test('without JavaScript an account is made', async ({ browser, provider, server }) => {
  somebody(provider);
  const page = await plainPage(browser, server);
  await page.goto('/signup');
  await go(page, 'Home');
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(page.getByLabel('I agree to the terms')).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Asha Rao');
  await page.getByLabel('I agree to the terms').check();
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(page).toHaveURL(/\/dashboard$/);
});

test('an address that is not vouched for can be changed, and is confirmed by mail', async ({ page, provider }) => {
  const { email } = somebody(provider, { email_verified: false });
  await open(page, '/login');
  await go(page, 'Home');
  await page.waitForURL('**/signup/with');
  await expect(page.getByLabel('Email', { exact: true })).toHaveValue(email);
  await expect(page.getByLabel('Email', { exact: true })).toBeEditable();
  await create(page);
});

test('an account that somebody made with my address is not opened: I log in to it once, and it is linked', async ({ browser, page, provider, server }) => {
  const owner = await Person.signUp(server.url);
  provider.sit(subject(), { email: owner.email.toUpperCase(), email_verified: true, name: 'Asha' });
  await open(page, '/login');
  await go(page, 'Home');
  await page.waitForURL(/\/login\?next=/);
  await hydrated(page);
  await expect(page.getByTestId('link-notice')).toContainText('Log in once as you did before');
  await page.getByLabel('Email', { exact: true }).fill(owner.email);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.waitForURL('**/dashboard');
  const again = await plainPage(browser, server);
  await again.goto('/login');
  await go(again, 'Home');
  await expect(again).toHaveURL(/\/dashboard$/);
});

test('a provider is linked and unlinked in the settings', async ({ page, person, provider }) => {
  const { email } = somebody(provider);
  await open(page, '/settings');
  await page.getByRole('link', { name: 'Link Home' }).click();
  await page.waitForURL('**/settings?linked=1');
  await hydrated(page);
  await expect(page.getByTestId('ways')).toContainText(email);
  await page.getByRole('button', { name: 'Unlink Home' }).click();
  await expect(page.getByRole('link', { name: 'Link Home' })).toBeVisible();
  await expect.poll(async () => (await person.call('list_ways')).linked).toEqual([]);
});

test('who does not agree is told so, and can try again', async ({ page, provider }) => {
  provider.sit(null);
  await open(page, '/login');
  await go(page, 'Home');
  await expect(page.getByRole('heading', { name: 'You were not logged in' })).toBeVisible();
  await hydrated(page);
  somebody(provider);
  await page.getByRole('link', { name: 'Try again with Home' }).click();
  await page.waitForURL('**/signup/with');
});

test('a way back that is old, made up or from another browser is refused with words', async ({ page, browser, provider, server }) => {
  somebody(provider);
  await open(page, '/login');
  const [back] = await Promise.all([
    page.waitForRequest((request) => request.url().includes('/callback?code=')),
    go(page, 'Home'),
  ]);
  await page.waitForURL('**/signup/with');
  const stranger = await plainPage(browser, server);
  for (const where of [page, stranger]) {
    const answer = await where.goto(back.url());
    expect(answer.status()).toBe(400);
    await expect(where.getByRole('heading', { name: 'Let us begin again' })).toBeVisible();
  }
});

test('a provider that is down is named, and the password still works', async ({ page, server, faults }) => {
  const { email } = await Person.signUp(server.url);
  await open(page, '/login');
  await go(page, LONG);
  await expect(page.getByRole('heading', { name: `${LONG} does not answer` })).toBeVisible();
  await hydrated(page);
  wanted(faults, /503/);
  await page.getByRole('link', { name: 'Back to log in' }).click();
  await page.getByLabel('Email', { exact: true }).fill(email);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.waitForURL('**/dashboard');
});

/** Goes to the provider, and stays there; answers the address that would lead back. */
async function wayBack(page, provider) {
  provider.holds = true;
  await open(page, '/login');
  await go(page, 'Home');
  await expect(page.getByText('Held back')).toBeVisible();
  provider.holds = false;
  return new URL(provider.held);
}

test('what the provider signs is taken only if it is meant for this log-in and this server', async ({ page, provider }) => {
  const now = Math.floor(Date.now() / 1000);
  for (const twist of [
    { nonce: 'another' }, { nonce: undefined }, { aud: 'another client' }, { aud: ['expenso', 'another client'] }, { azp: 'another client' },
    { iss: 'http://127.0.0.1:9' }, { exp: now - 120 }, { nbf: now + 120 }, { iat: now + 120 }, { sub: '' },
  ]) {
    somebody(provider);
    provider.twist = twist;
    await open(page, '/login');
    await go(page, 'Home');
    await expect(page.getByRole('heading', { name: 'This answer cannot be trusted' }), JSON.stringify(twist)).toBeVisible();
    provider.twist = null;
  }
  somebody(provider);
  await page.getByRole('link', { name: 'Try again with Home' }).click();
  await page.waitForURL('**/signup/with');
});

test('a code that is over, a wrong state and another issuer open nothing', async ({ page, provider }) => {
  somebody(provider);
  const late = await wayBack(page, provider);
  await provider.expire(late.searchParams.get('code'));
  await page.goto(late.href);
  await expect(page.getByRole('heading', { name: 'This answer cannot be trusted' })).toBeVisible();

  const wrong = await wayBack(page, provider);
  const right = wrong.href;
  wrong.searchParams.set('state', 'made-up');
  await page.goto(wrong.href);
  await expect(page.getByRole('heading', { name: 'Let us begin again' })).toBeVisible();
  await page.goto(right);
  await page.waitForURL('**/signup/with');

  const mixed = await wayBack(page, provider);
  mixed.searchParams.set('iss', 'http://127.0.0.1:9');
  await page.goto(mixed.href);
  await expect(page.getByRole('heading', { name: 'This answer cannot be trusted' })).toBeVisible();
});

test('a link from elsewhere sends nobody to the provider', async ({ page, provider, server, faults }) => {
  somebody(provider);
  await page.route('http://elsewhere.test/', (route) => route.fulfill({ contentType: 'text/html', body: `<a href="${server.url}/login/with/home?next=/records">Free money</a>` }));
  await page.goto('http://elsewhere.test/');
  wanted(faults, /elsewhere\.test/);
  await page.getByRole('link', { name: 'Free money' }).click();
  await expect(page).toHaveURL(/\/login\?next=\/records$/);
  await hydrated(page);
  await expect(page.getByRole('link', { name: 'Continue with Home' })).toBeVisible();
});

test('every page of it holds at every width, in light and dark', async ({ page, context, provider, server, faults }, { project }) => {
  test.setTimeout(240_000);
  const size = page.viewportSize();
  const hold = async (what) => {
    await look(page, WIDTHS[project.name], what);
    await page.setViewportSize(size);
  };
  const back = (query) => `/login/with/home/callback${query}`;
  const owner = await Person.signUp(server.url);
  const long = { name: 'Venkatanarasimharajuvaripeta Subramaniam Rao', email_verified: true };

  for (const path of ['/login', '/signup', back('?code=x&state=x'), '/login/with/gone']) {
    await open(page, path);
    await hold(path);
  }
  wanted(faults, /503/);
  provider.sit(null);
  await open(page, '/login');
  await go(page, 'Home');
  await expect(page.getByRole('heading', { name: 'You were not logged in' })).toBeVisible();
  await hold('declined');

  provider.sit(subject(), { ...long, email: owner.email });
  await open(page, '/login');
  await go(page, 'Home');
  await expect(page.getByTestId('link-notice')).toBeVisible();
  await hold('log in first');

  const taken = somebody(provider, long);
  await open(page, '/login');
  await go(page, 'Home');
  await page.waitForURL('**/signup/with');
  await hydrated(page);
  await hold('a new account');
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(page.getByLabel('I agree to the terms')).toHaveAttribute('aria-invalid', 'true');
  await hold('a new account, refused');
  await create(page);
  await open(page, '/settings');
  await hold('the last way in');

  await context.clearCookies();
  await context.addCookies(owner.browserCookies());
  await open(page, '/settings');
  await hold('nothing linked');
  await page.getByRole('link', { name: 'Link Home' }).click();
  await expect(page.getByRole('heading', { name: 'Linked to another account' })).toBeVisible();
  await hold('taken');
  provider.sit(subject(), { ...long, email: taken.email });
  await page.getByRole('link', { name: 'Back to the settings' }).click();
  await page.getByRole('link', { name: 'Link Home' }).click();
  await page.waitForURL('**/settings?linked=1');
  await hydrated(page);
  await hold('linked');
});
