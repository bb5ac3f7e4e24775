import { codeIn, letterFile, tokenIn } from '../fixtures/mailbox.mjs';
import { PASSWORD, Person } from '../fixtures/person.mjs';
import { expect, open, plainPage, test } from '../fixtures/test.mjs';

const FRESH = 'quite another set of words';

async function choose(page, token, password) {
  await open(page, `/reset?token=${encodeURIComponent(token)}`);
  await page.getByLabel('New password', { exact: true }).fill(password);
  await page.getByLabel('Confirm password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Change password' }).click();
}

test('a forgotten password is replaced through the letter, once', async ({ page, server }) => {
  const person = await Person.signUp(server.url);
  await open(page, '/login');
  await page.getByRole('link', { name: 'Forgot password?' }).click();
  await page.getByLabel('Email', { exact: true }).fill(person.email);
  await page.getByRole('button', { name: 'Send the link' }).click();
  await expect(page.getByText(/a letter is on its way/)).toBeVisible();

  const token = tokenIn(await letterFile(server.data, person.email, /password/i));
  await choose(page, token, FRESH);
  await page.waitForURL('**/login?reset=1');
  const fresh = new Person(server.url, person);
  expect((await fresh.post('log_in', { email: person.email, password: PASSWORD, next: '' })).ok, 'the old one').toBe(false);
  expect((await fresh.post('log_in', { email: person.email, password: FRESH, next: '' })).ok, 'the new one').toBe(true);
  expect((await person.post('load_book')).status, 'earlier sessions are over').toBe(401);

  await choose(page, token, 'and a third set of words');
  await expect(page.getByRole('alert').filter({ hasText: /\w/ }).first()).toBeVisible();
  expect(new URL(page.url()).pathname).toBe('/reset');
});

const banner = (page) => page.getByRole('complementary', { name: 'Confirm your email' });

test('confirming the address is put off, in this browser and for this session', async ({ page, person }) => {
  await open(page, '/records');
  await banner(page).getByRole('button', { name: 'Later', exact: true }).click();
  await expect(banner(page)).toHaveCount(0);
  await open(page, '/settings');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(banner(page)).toHaveCount(0);
  await page.context().addCookies((await Person.logIn(person.url, person)).browserCookies());
  await open(page, '/records');
  await expect(banner(page)).toBeVisible();
});

test('confirming the address is put off without JavaScript too', async ({ browser, server }) => {
  const person = await Person.signUp(server.url);
  const page = await plainPage(browser, server, person);
  await page.goto('/settings');
  await banner(page).getByRole('button', { name: 'Later', exact: true }).click();
  await expect(page).toHaveURL(/\/settings$/);
  await expect(banner(page)).toHaveCount(0);
  const [kept] = (await page.context().cookies()).filter(({ name }) => name === 'expenso_later');
  expect(kept).toMatchObject({ httpOnly: true, sameSite: 'Lax' });
});

test('an address is confirmed by the link of its letter', async ({ page, server, person }) => {
  const token = tokenIn(await letterFile(server.data, person.email, /confirm/i));
  await open(page, `/confirm?token=${encodeURIComponent(token)}`);
  await page.getByRole('button', { name: 'Confirm email' }).click();
  await expect(page.getByRole('heading', { name: 'Email confirmed' })).toBeVisible();
});

test('an address is confirmed by the six digits of its letter', async ({ page, server, person }) => {
  const code = codeIn(await letterFile(server.data, person.email, /confirm/i));
  await open(page, '/confirm');
  await page.getByLabel('Code', { exact: true }).fill(code);
  await page.getByRole('button', { name: 'Confirm email' }).click();
  await expect(page.getByRole('heading', { name: 'Email confirmed' })).toBeVisible();
});

test('wrong digits are refused beside the field', async ({ page, server, person }) => {
  const code = codeIn(await letterFile(server.data, person.email, /confirm/i));
  await open(page, '/confirm');
  await page.getByLabel('Code', { exact: true }).fill(code === '111111' ? '222222' : '111111');
  await page.getByRole('button', { name: 'Confirm email' }).click();
  await expect(page.getByLabel('Code', { exact: true })).toHaveAttribute('aria-invalid', 'true');
});

test('without JavaScript a forgotten password is replaced through the letter, once', async ({ browser, server }) => {
  const person = await Person.signUp(server.url);
  const page = await plainPage(browser, server);
  await page.goto('/forgot');
  await page.getByLabel('Email', { exact: true }).fill('not an address');
  await page.getByRole('button', { name: 'Send the link' }).click();
  await expect(page.getByLabel('Email', { exact: true })).toHaveAttribute('aria-invalid', 'true');
  await page.getByLabel('Email', { exact: true }).fill(person.email);
  await page.getByRole('button', { name: 'Send the link' }).click();
  await expect(page.getByText(/a letter is on its way/)).toBeVisible();

  const token = tokenIn(await letterFile(server.data, person.email, /password/i));
  const chooseHere = async (password, confirm = password) => {
    await page.goto(`/reset?token=${encodeURIComponent(token)}`);
    await page.getByLabel('New password', { exact: true }).fill(password);
    await page.getByLabel('Confirm password', { exact: true }).fill(confirm);
    await page.getByRole('button', { name: 'Change password' }).click();
  };
  await chooseHere(FRESH, 'something else');
  await expect(page.getByLabel('Confirm password', { exact: true })).toHaveAttribute('aria-invalid', 'true');
  await chooseHere(FRESH);
  await expect(page).toHaveURL(/\/login\?reset=1$/);
  await expect(page.getByText('Your password is changed.', { exact: false })).toBeVisible();
  await chooseHere('and a third set of words');
  await expect(page.getByText(/used before or is too old/)).toBeVisible();
});

test('without JavaScript an address is confirmed by the link of its letter', async ({ browser, server, person }) => {
  const token = tokenIn(await letterFile(server.data, person.email, /confirm/i));
  const page = await plainPage(browser, server, person);
  await page.goto(`/confirm?token=${encodeURIComponent(token)}`);
  await page.getByRole('button', { name: 'Confirm email' }).click();
  await expect(page.getByRole('heading', { name: 'Email confirmed' })).toBeVisible();
});

test('without JavaScript an address is confirmed by the six digits of its letter', async ({ browser, server, person }) => {
  const code = codeIn(await letterFile(server.data, person.email, /confirm/i));
  const page = await plainPage(browser, server, person);
  await page.goto('/confirm');
  const enter = async (digits) => {
    await page.getByLabel('Code', { exact: true }).fill(digits);
    await page.getByRole('button', { name: 'Confirm email' }).click();
  };
  await enter(code === '111111' ? '222222' : '111111');
  await expect(page.getByLabel('Code', { exact: true })).toHaveAttribute('aria-invalid', 'true');
  await enter(code);
  await expect(page.getByRole('heading', { name: 'Email confirmed' })).toBeVisible();
});

test('without JavaScript "Send again" says that it was sent, or why not', async ({ browser, server, person }) => {
  const page = await plainPage(browser, server, person);
  await page.goto('/budgets');
  await page.getByRole('button', { name: 'Send again' }).click();
  await expect(page).toHaveURL(/\/confirm\?sent=1$/);
  await expect(page.getByText('A new letter is on its way.', { exact: true })).toBeVisible();
  await page.goto('/budgets');
  await page.getByRole('button', { name: 'Send again' }).click();
  await expect(page.getByText(/a little too often/)).toBeVisible();
  expect(new URL(page.url()).pathname).toBe('/budgets');
});
