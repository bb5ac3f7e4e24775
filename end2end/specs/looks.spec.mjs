// Every page with the longest names and amounts, at five widths, in light and dark.

import { cutOff, settled, tooWide, violations } from '../fixtures/looks.mjs';
import { Person, dayAfter, newId } from '../fixtures/person.mjs';
import { expect, open, test } from '../fixtures/test.mjs';

const PAGES = [
  '/dashboard', '/records', '/records/new', '/bills', '/bills/new', '/budgets', '/budgets/new', '/budgets/envelopes',
  '/reports', '/dashboard?span=year&beside=before', '/categories', '/categories/new', '/accounts', '/accounts/new', '/settings', '/confirm',
];
const OPEN = ['/', '/login', '/signup', '/forgot', '/reset?token=none', '/terms', '/nowhere'];
const WIDTHS = { phone: [320, 390, 768], desktop: [768, 1280, 1920] };

/** 80 characters in one word. */
const long = (start) => start.padEnd(80, 'unterbrechungsfreie');
const LARGEST = '9999999999999.99';

/** A person whose every name is as long as can be, and every amount as large. */
async function longwinded(url) {
  const person = await Person.signUp(url, { name: long('Name') });
  const [category, income, account] = [newId(), newId(), newId()];
  await person.call('save_category', { id: category, name: long('Category'), kind: 'expense', icon: '' });
  await person.call('save_category', { id: income, name: long('Income'), kind: 'income', icon: '' });
  await person.call('save_account', { id: account, name: long('Account'), kind: 'bank', opening: '' });
  const tags = 'tag'.padEnd(40, 'unterbrechungsfrei');
  await person.save({ amount: LARGEST, category, account, payee: long('Payee'), note: long('Note'), tags });
  await person.save({ kind: 'income', amount: LARGEST, category: income, account, payee: long('Payer') });
  await person.save({ amount: '1', category, account, payee: long('Shop'), date: dayAfter(-40) });
  await person.limit(LARGEST, { name: long('Budget') });
  await person.limit('100', { name: long('Limit'), categories: [category] });
  for (const due of [-2, 0, 5]) {
    await person.call('save_bill', { id: newId(), name: long('Bill'), amount: LARGEST, due: dayAfter(due), repeats: 'monthly', category, account, remind: '3' });
  }
  return person;
}

/** Looks at the page at every width, in light and dark. */
async function look(page, widths) {
  const { height } = page.viewportSize();
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    for (const width of widths) {
      await page.setViewportSize({ width, height });
      await settled(page);
      expect.soft(await tooWide(page), `too wide at ${width} px`).toBe(0);
      expect.soft(await cutOff(page), `at ${width} px`).toEqual([]);
    }
    await page.setViewportSize({ width: widths[0], height });
    await settled(page);
    expect.soft(await violations(page), `${colorScheme} at ${widths[0]} px`).toEqual([]);
  }
}

for (const path of OPEN) {
  test(`${path} holds at every width`, async ({ page }, { project }) => {
    test.slow();
    await open(page, path);
    await look(page, WIDTHS[project.name]);
  });
}

test.describe('with the longest names and amounts', () => {
  let person;
  test.beforeAll(async ({ server }) => {
    person = await longwinded(server.url);
  });

  for (const path of PAGES) {
    test(`${path} holds at every width`, async ({ page, context }, { project }) => {
      test.slow();
      await context.addCookies(person.browserCookies());
      await open(page, path);
      await look(page, WIDTHS[project.name]);
    });
  }

  test('the dialogs hold at every width', async ({ page, context }, { project }) => {
    test.slow();
    await context.addCookies(person.browserCookies());
    for (const [key, name] of [['n', 'Add record'], ['?', 'Keyboard shortcuts'], ['Control+k', 'Search commands']]) {
      await open(page, '/records');
      await page.keyboard.press(key);
      await expect(page.getByRole('dialog', { name })).toBeVisible();
      await look(page, WIDTHS[project.name]);
    }
  });
});
