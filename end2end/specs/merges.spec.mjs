import { newId } from '../fixtures/person.mjs';
import { expect, open, plainPage, test } from '../fixtures/test.mjs';

/** "Fuel" with two categories below it, merged into "Transport". */
async function merged(person) {
  const { categories } = await person.book();
  const [fuel, transport] = ['Fuel', 'Transport'].map((name) => categories.find((one) => one.name === name).id);
  for (const name of ['Petrol', 'Diesel']) {
    await person.call('save_category', { id: newId(), revision: '', name, kind: 'expense', icon: '', parent: fuel });
  }
  return { fuel, transport };
}

const lately = (page) => page.getByTestId('recent-merges');

test('a merge can be taken back after its toast is gone', async ({ page, person }) => {
  const { fuel, transport } = await merged(person);
  await open(page, `/categories/${fuel}/merge`);
  await expect(page.getByTestId('merge-count')).toHaveText('It has no records of its own. Its 2 sub-categories move too.');
  await person.call('merge_category', { id: fuel, into: transport });
  await open(page, '/categories');
  await expect(lately(page)).toContainText('Fuel was merged into Transport');
  await expect(lately(page)).toContainText('Today');
  await lately(page).getByRole('button', { name: 'Take back the merge of Fuel' }).click();
  await expect(page.getByText('Everything is as it was')).toBeVisible();
  await expect(lately(page)).toHaveCount(0);
  await expect(page.getByTestId('category').filter({ hasText: 'Fuel' })).toBeVisible();
});

test('a merge is taken back later without JavaScript', async ({ browser, server, person }) => {
  const { fuel, transport } = await merged(person);
  await person.call('merge_category', { id: fuel, into: transport });
  const page = await plainPage(browser, server, person);
  await page.goto('/categories');
  await lately(page).getByRole('button', { name: 'Take back the merge of Fuel' }).click();
  await expect(page.getByTestId('category').filter({ hasText: 'Fuel' })).toBeVisible();
  await expect(lately(page)).toHaveCount(0);
});
