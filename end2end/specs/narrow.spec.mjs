import { today } from '../fixtures/person.mjs';
import { tooWide } from '../fixtures/looks.mjs';
import { expect, open, test } from '../fixtures/test.mjs';

/** How many lines the words of an element take. */
const lines = (element) => element.evaluate((element) => {
  const range = document.createRange();
  range.selectNodeContents(element);
  return new Set([...range.getClientRects()].map((rect) => Math.round(rect.top))).size;
});

test('long amounts leave names their words', async ({ page, person }) => {
  const { categories } = await person.book();
  const category = categories.find((one) => one.name === 'Gifts and giving').id;
  await person.save({ amount: '99999999.99', category, payee: 'Municipal water works', date: today() });
  for (const width of [320, 390]) {
    await page.setViewportSize({ width, height: 800 });
    await open(page, '/categories');
    const row = page.getByTestId('category').filter({ hasText: 'Gifts and giving' });
    expect(await lines(row.locator('.category-name')), `category at ${width}`).toBe(1);
    await open(page, '/dashboard');
    const newest = page.locator('.newest-name').first();
    await expect(newest).toHaveText('Municipal water works');
    expect(await lines(newest), `newest at ${width}`).toBeLessThanOrEqual(2);
    const largest = page.getByTestId('where-largest').locator('.whither-name');
    await expect(largest).toHaveText('Municipal water works');
    expect(await lines(largest), `largest at ${width}`).toBeLessThanOrEqual(2);
    expect(await tooWide(page)).toBe(0);
  }
});

test('all that can be done with the selected records is in sight', async ({ page, person }) => {
  await person.save({ amount: '5', payee: 'Anjali' });
  const widths = page.viewportSize().width < 500 ? [320, 390] : [768, 1280];
  for (const width of widths) {
    await page.setViewportSize({ width, height: 800 });
    await open(page, '/records');
    await page.getByRole('button', { name: 'Select', exact: true }).click();
    const bar = page.getByRole('region', { name: 'Selected records' });
    const buttons = bar.locator('.bulk-actions').getByRole('button');
    await expect(buttons).toHaveCount(6);
    for (const button of await buttons.all()) {
      const box = await button.boundingBox();
      expect(box.x, `left at ${width}`).toBeGreaterThanOrEqual(0);
      expect(box.x + box.width, `right at ${width}`).toBeLessThanOrEqual(width);
      if (width < 768) expect(Math.min(box.width, box.height), 'a thumb finds it').toBeGreaterThanOrEqual(44);
      const cut = await button.evaluate((button) => button.scrollWidth - button.clientWidth);
      expect(cut, 'its words are whole').toBeLessThanOrEqual(0);
    }
    await bar.getByRole('button', { name: 'Stop selecting' }).click();
  }
});

test('the box of a row is inside of what is highlighted', async ({ page, person }) => {
  await person.save({ amount: '5', payee: 'Anjali' });
  await open(page, '/records');
  await page.getByRole('button', { name: 'Select', exact: true }).click();
  const row = page.getByTestId('record').first();
  await row.getByRole('checkbox').check();
  test.skip(page.viewportSize().width < 768, 'on a phone it stands in the row anyway');
  const box = await row.getByRole('checkbox').boundingBox();
  const [reach, colour, rowColour] = await row.locator('.record-day').evaluate((cell) => {
    const gutter = getComputedStyle(cell, '::before');
    const start = cell.getBoundingClientRect().left + Number.parseFloat(gutter.left);
    return [start, gutter.backgroundColor, getComputedStyle(cell.parentElement).backgroundColor];
  });
  expect(box.x).toBeGreaterThanOrEqual(reach);
  expect(colour).toBe(rowColour);
});
