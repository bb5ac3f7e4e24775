import { codeIn, letterFile, tokenIn } from '../fixtures/mailbox.mjs';
import { PASSWORD, Person } from '../fixtures/person.mjs';
import { expect, open, test } from '../fixtures/test.mjs';

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
