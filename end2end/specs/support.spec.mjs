// Help by staff: a person lets them read for a while, sees that they did, and ends it.

import { tooWide, violations } from '../fixtures/looks.mjs';
import { Person } from '../fixtures/person.mjs';
import { expect, open, test } from '../fixtures/test.mjs';

test('support reads a book by consent, is seen, and is sent away', async ({ page, browser, server, person }) => {
  const care = await Person.signUp(server.url, { name: 'Mira Sen' });
  await server.command('admin', 'grant', care.email, 'care');
  await person.save({ payee: 'Corner shop', amount: '12.50' });
  const user = (await person.ask('load_household')).people[0].user;

  const context = await browser.newContext({ baseURL: server.url, viewport: page.viewportSize() });
  await context.addCookies(care.browserCookies());
  const hers = await context.newPage();
  await open(hers, `/admin/users/${user}`);
  await expect(hers.getByText('Nobody of the staff can read it')).toBeVisible();

  await open(page, '/settings');
  const form = page.getByRole('form', { name: 'Let support read this book' });
  await form.getByLabel('How long').selectOption({ label: 'For an hour' });
  await form.getByRole('button', { name: 'Let support read this book' }).click();
  await page.waitForURL('**/settings?saved=1');
  const banner = page.getByRole('complementary', { name: 'Support may read this book' });
  await expect(banner).toContainText('Support may read your book until');
  expect(await tooWide(page)).toBe(0);
  expect(await violations(page)).toEqual([]);

  await open(hers, `/admin/users/${user}`);
  await hers.getByRole('button', { name: 'Look at their book' }).click();
  await hers.waitForURL('**/dashboard');
  await expect(hers.getByText('You look at the book of Asha Rao')).toBeVisible();
  await open(hers, '/records');
  await expect(hers.getByTestId('record')).toHaveCount(1);
  await expect(hers.getByRole('button', { name: 'Add record' })).toHaveCount(0);
  await expect(hers.getByRole('button', { name: /^(Edit|Delete)/ })).toHaveCount(0);
  expect(await violations(hers)).toEqual([]);
  await open(hers, '/settings');
  await expect(hers.getByText('Not for you to change')).toBeVisible();

  await open(page, '/dashboard');
  await expect(banner).toBeVisible();
  await open(page, '/settings');
  await page.getByText('What staff did').click();
  await expect(page.getByTestId('deed').filter({ hasText: 'the page /records' }).first()).toContainText('Mira Sen');
  await banner.getByRole('button', { name: 'End now' }).click();
  await page.waitForURL('**/settings?saved=1');
  await expect(banner).toHaveCount(0);
  await open(hers, '/records');
  await expect(hers.getByTestId('record')).toHaveCount(0);
  await context.close();
});
