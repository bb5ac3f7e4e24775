// More contrast, chosen in the settings or on the device: 7:1 for every text, 4.5:1 for large ones.

import AxeBuilder from '@axe-core/playwright';
import { settled } from '../fixtures/looks.mjs';
import { demo } from '../fixtures/demo.mjs';
import { expect, open, test } from '../fixtures/test.mjs';

const PAGES = ['/dashboard', '/records', '/bills', '/budgets', '/categories', '/accounts', '/reports', '/settings'];

/** What stands out too little, a line for each. */
async function tooFaint(page) {
  await settled(page);
  const { violations } = await new AxeBuilder({ page }).withRules(['color-contrast-enhanced']).analyze();
  return violations.flatMap((one) => one.nodes).map((node) => `${node.target} ${node.any[0]?.message ?? ''}`);
}

test('every text of the main pages stands out 7:1 in either theme', async ({ page, context, server }, { project }) => {
  test.skip(project.name === 'phone', 'the colours are the same');
  test.slow();
  const person = await demo(server);
  await context.addCookies(person.browserCookies());
  for (const [theme, label] of [['light', 'Light'], ['dark', 'Dark']]) {
    await open(page, '/settings');
    const form = page.getByRole('form', { name: 'Theme', exact: true });
    await form.getByRole('radio', { name: label }).check();
    await form.getByLabel('More contrast', { exact: true }).check();
    await expect(page.locator(`html[data-theme=${theme}][data-contrast=more]`)).toHaveCount(1);
    await form.getByRole('button', { name: 'Save theme' }).click();
    await expect(page.getByText('Theme saved')).toBeVisible();
    for (const path of PAGES) {
      await open(page, path);
      expect.soft(await tooFaint(page), `${path}, ${theme}`).toEqual([]);
    }
  }
});

test('a device that asks for more contrast gets it, in either theme', async ({ page, person }) => {
  await person.save({ payee: 'Corner shop' });
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ contrast: 'more', colorScheme });
    await open(page, '/records');
    expect.soft(await tooFaint(page), colorScheme).toEqual([]);
  }
});

test('where the system has its own colours, what is current and how far a bar reaches is still told', async ({ page, person }) => {
  await person.limit('100');
  await person.save({ amount: '30' });
  await page.emulateMedia({ forcedColors: 'active' });
  await open(page, '/budgets');
  const look = (selector, name) => page.locator(selector).first().evaluate((element, property) => getComputedStyle(element)[property], name);
  expect(await look('.way[aria-current]', 'backgroundColor')).not.toBe(await look('.way:not([aria-current])', 'backgroundColor'));
  expect(await look('.progress-bar', 'outlineStyle')).toBe('solid');
  expect(await look('.progress-bar svg', 'fill')).not.toBe(await look('body', 'backgroundColor'));
});
