import { cutOff, settled, tooWide, violations } from '../fixtures/looks.mjs';
import { expect, open, plainPage, test } from '../fixtures/test.mjs';

const card = (page) => page.locator('.card').filter({ has: page.getByRole('heading', { name: 'Access tokens', exact: true }) });
const form = (page) => page.getByRole('form', { name: 'Create token', exact: true });

/** What a program is answered. */
const ask = (server, token, path = '/me') => fetch(`${server.url}/api/v1${path}`, { headers: { authorization: `Bearer ${token}` } });

async function create(page, purpose, { scope = 'Read', days } = {}) {
  await form(page).getByLabel('What is it for?', { exact: true }).fill(purpose);
  await form(page).getByRole('radio', { name: scope, exact: true }).check();
  if (days) await form(page).getByLabel('Good for', { exact: true }).selectOption(days);
  await form(page).getByRole('button', { name: 'Create token', exact: true }).click();
}

test('a token is made, shown once, used and revoked', async ({ page, person: _, server }) => {
  await open(page, '/settings');
  await expect(card(page).getByText('No program uses your book yet.')).toBeVisible();
  await create(page, 'Phone shortcut', { scope: 'Read and write', days: '30 days' });
  const shown = page.getByTestId('token');
  await expect(shown).toHaveValue(/^exp_[A-Za-z0-9_-]{43}$/);
  await expect(form(page).getByLabel('What is it for?', { exact: true }), 'nobody makes it twice').toHaveValue('');
  const token = await shown.inputValue();
  const row = card(page).getByRole('listitem').filter({ hasText: 'Phone shortcut' });
  await expect(row).toContainText('Never used');
  await expect(row).toContainText('Read and write');

  const me = await (await ask(server, token)).json();
  expect(me.token).toMatchObject({ name: 'Phone shortcut', scope: 'write' });
  await open(page, '/settings');
  await expect(row).toContainText('Last used');
  await expect(page.getByTestId('token'), 'it is told once').toHaveCount(0);
  expect(await page.content()).not.toContain(token);

  await row.getByRole('button', { name: 'Revoke Phone shortcut', exact: true }).click();
  await expect(card(page).getByText('No program uses your book yet.')).toBeVisible();
  expect((await ask(server, token)).status).toBe(401);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(row).toContainText('Read and write');
  expect((await ask(server, token)).status).toBe(200);
});

test('a token is copied with one button', async ({ page, person: _, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await open(page, '/settings');
  await create(page, 'Script');
  await card(page).getByRole('button', { name: 'Copy token', exact: true }).click();
  await expect(page.getByText('Token copied', { exact: true })).toBeVisible();
  const token = await page.getByTestId('token').inputValue();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(token);
});

test('what is missing is said beside its field', async ({ page, person: _ }) => {
  await open(page, '/settings');
  await create(page, ' ');
  const purpose = form(page).getByLabel('What is it for?', { exact: true });
  await expect(purpose).toHaveAccessibleDescription(/Say what it is for/);
  await expect(purpose).toBeFocused();
});

test('without JavaScript tokens are listed and revoked, and none is made', async ({ page, browser, server, person }) => {
  await open(page, '/settings');
  await create(page, 'Old script');
  await expect(page.getByTestId('token')).toBeVisible();
  const plain = await plainPage(browser, server, person);
  await plain.goto('/settings');
  await expect(form(plain).getByRole('button', { name: 'Create token', exact: true })).toBeDisabled();
  await expect(plain.getByText('Creating a token needs JavaScript')).toBeVisible();
  await plain.getByRole('button', { name: 'Revoke Old script', exact: true }).click();
  await expect(card(plain).getByText('No program uses your book yet.')).toBeVisible();
  await plain.getByRole('button', { name: 'Undo' }).click();
  await expect(card(plain).getByRole('listitem').filter({ hasText: 'Old script' })).toBeVisible();
});

test('the page about the API fits the screen and is readable for everybody', async ({ page, person: _ }) => {
  await open(page, '/settings');
  await card(page).getByRole('link', { name: 'How programs use it', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Expenso for programs', exact: true })).toBeVisible();
  await settled(page);
  expect(await violations(page)).toEqual([]);
  expect(await tooWide(page)).toBe(0);
  expect(await cutOff(page)).toEqual([]);
  await page.setViewportSize({ width: 320, height: 640 });
  expect(await tooWide(page)).toBe(0);
});
