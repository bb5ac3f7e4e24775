// Asking for help and being answered, and a letter to everybody.

import { tooWide, violations } from '../fixtures/looks.mjs';
import { letterFile, tokenIn } from '../fixtures/mailbox.mjs';
import { Person } from '../fixtures/person.mjs';
import { expect, open, test } from '../fixtures/test.mjs';

/** An administrator. */
async function admin(server) {
  const person = await Person.signUp(server.url, { name: 'Mira Sen' });
  await server.command('admin', 'grant', person.email);
  return person;
}

/** Opens the pages as this person from now on. */
async function as(page, person) {
  await page.context().clearCookies();
  await page.context().addCookies(person.browserCookies());
}

test('a person asks for help and reads the answer', async ({ page, server, person }) => {
  const mira = await admin(server);
  await open(page, '/settings');
  await page.getByRole('link', { name: 'Ask for help' }).click();
  const form = page.getByRole('form', { name: 'Ask for help' });
  await form.getByRole('button', { name: 'Send' }).click();
  await expect(form.getByText('Write a few words')).toBeVisible();
  await form.getByLabel('What is the matter?').fill('My bill is gone.\nWhere is it?');
  await form.getByRole('button', { name: 'Send' }).click();
  await expect(page.getByText('You hear from us')).toBeVisible();
  await expect(page.getByTestId('request')).toContainText('Waiting');
  expect(await tooWide(page)).toBe(0);
  expect(await violations(page)).toEqual([]);

  expect(await letterFile(server.data, mira.email, /for help wait/)).toContain('/admin/requests');
  await as(page, mira);
  await open(page, '/admin/requests');
  await page.getByTestId('request').filter({ hasText: 'My bill is gone' }).getByRole('link').click();
  await page.getByLabel('Your answer').fill('It stands under Bills.');
  await page.getByRole('button', { name: 'Send the answer' }).click();
  await page.waitForURL('**/admin/requests');
  await expect(page.getByTestId('request').filter({ hasText: 'My bill is gone' })).toBeVisible();
  expect(await violations(page)).toEqual([]);

  await as(page, person);
  await open(page, '/settings/help');
  await expect(page.getByTestId('request')).toContainText('It stands under Bills.');
});

test('a letter to everybody is looked at, changed, and sent once', async ({ page, server }) => {
  const mira = await admin(server);
  await as(page, mira);
  await mira.call('confirm', { token: tokenIn(await letterFile(server.data, mira.email, /confirm/i)), code: '' });
  await open(page, '/admin/broadcast');
  const form = page.getByRole('form', { name: 'Letter to everybody' });
  await form.getByLabel('Subject').fill('Away on Sunday');
  await form.getByLabel('What it says').fill('We move.\n\nMira');
  await form.getByRole('button', { name: 'Look at it' }).click();
  await page.waitForURL(/\/admin\/broadcast\/.+/);
  const preview = page.getByTestId('preview');
  await expect(preview).toContainText('Not sent');
  expect(await tooWide(page)).toBe(0);
  expect(await violations(page)).toEqual([]);
  await form.getByLabel('Subject').fill('Away on Monday');
  await form.getByRole('button', { name: 'Look at it' }).click();
  await expect(preview).toContainText('Away on Monday');
  await preview.getByRole('button', { name: /^Send it to/ }).click();
  await expect(preview).not.toContainText('Not sent');
  await expect(page.getByRole('button', { name: /^Send it to/ })).toHaveCount(0);
  await open(page, '/admin/audit');
  await expect(page.getByTestId('deed').first()).toContainText('Away on Monday');
});
