// Another address for an account: asked for, confirmed by its letter, and taken back.

import { codeIn, letterFile, tokenIn } from '../fixtures/mailbox.mjs';
import { tooWide, violations } from '../fixtures/looks.mjs';
import { Person, freshEmail } from '../fixtures/person.mjs';
import { expect, open, plainPage, test } from '../fixtures/test.mjs';

const card = (page) => page.getByTestId('new-email');

async function ask(page, email) {
  await card(page).getByLabel('New email').fill(email);
  await card(page).getByRole('button', { name: 'Change email' }).click();
  await expect(card(page).getByText(email)).toBeVisible();
}

test('an address is changed by the link of its letter, and the former one is told', async ({ page, server, person }) => {
  const [former, email] = [person.email, freshEmail()];
  const phone = await Person.logIn(server.url, { email: former });
  await open(page, '/settings');
  await card(page).getByLabel('New email').fill('not an address');
  await card(page).getByRole('button', { name: 'Change email' }).click();
  await expect(card(page).getByLabel('New email')).toHaveAttribute('aria-invalid', 'true');
  await ask(page, email);
  expect(await tooWide(page)).toBe(0);
  expect(await violations(page)).toEqual([]);
  expect(await letterFile(server.data, former, /about to change/i)).toContain('/forgot');

  const token = tokenIn(await letterFile(server.data, email, /new email address/i));
  await open(page, `/settings/email?token=${encodeURIComponent(token)}`);
  expect(await tooWide(page)).toBe(0);
  expect(await violations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Use the new email' }).click();
  await page.waitForURL('**/settings?email=changed');
  await expect(page.getByText(`Your email is ${email} from now on.`)).toBeVisible();
  expect((await phone.post('load_book')).status, 'other sessions are over').toBe(401);
  expect(await letterFile(server.data, former, /was changed/i)).toContain('another address');
  await Person.logIn(server.url, { email });
  expect((await new Person(server.url, { email: former }).post('log_in', { email: former, password: person.password, next: '' })).ok).toBe(false);

  await open(page, `/settings/email?token=${encodeURIComponent(token)}`);
  await page.getByRole('button', { name: 'Use the new email' }).click();
  await expect(page.getByText(/used before or is too old/)).toBeVisible();
});

test('a change of address is taken back, and an address of somebody else is answered alike', async ({ page, server, person }) => {
  const other = await Person.signUp(server.url);
  await open(page, '/settings');
  await ask(page, other.email);
  const letter = await letterFile(server.data, other.email, /you have an expenso account/i);
  expect(letter).not.toContain('token=');
  expect(letter).not.toContain(person.email);
  await card(page).getByRole('button', { name: 'Cancel the change of email' }).click();
  await expect(card(page).getByLabel('New email')).toBeVisible();
  await expect(card(page).getByText(person.email)).toBeVisible();
});

test('without JavaScript an address is changed by the six digits of its letter', async ({ browser, server, person }) => {
  const email = freshEmail();
  const page = await plainPage(browser, server, person);
  await page.goto('/settings');
  await ask(page, email);
  const code = codeIn(await letterFile(server.data, email, /new email address/i));
  const enter = async (digits) => {
    await card(page).getByLabel('Six digits').fill(digits);
    await card(page).getByRole('button', { name: 'Confirm new email' }).click();
  };
  await enter(code === '111111' ? '222222' : '111111');
  await expect(card(page).getByLabel('Six digits')).toHaveAttribute('aria-invalid', 'true');
  await enter(code);
  await expect(page.getByText(`Your email is ${email} from now on.`)).toBeVisible();
});
