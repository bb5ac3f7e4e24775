// A new person: three steps, samples to try, and samples thrown away.

import { expect, hydrated, open, plainPage, test } from '../fixtures/test.mjs';

const records = (person) => person.records();

test('samples are tried and thrown away, and what was entered stays', async ({ page, person }) => {
  await open(page, '/dashboard');
  await page.getByRole('button', { name: 'Try with sample data' }).click();
  await expect(page.getByText('You are looking at sample data.')).toBeVisible();
  await expect(page.getByTestId('figure-expenses')).not.toHaveAttribute('data-minor', '0');
  await expect(page.getByRole('heading', { name: 'Three steps to begin with' })).toHaveCount(0);
  expect((await records(person)).length).toBeGreaterThan(30);
  await person.save({ payee: 'My own', amount: '12' });
  await page.getByRole('button', { name: 'Throw it away' }).click();
  await expect(page.getByText('You are looking at sample data.')).toHaveCount(0);
  await expect(page.getByTestId('figure-expenses')).toHaveAttribute('data-minor', '1200');
  expect((await records(person)).map((record) => record.payee)).toEqual(['My own']);
  await hydrated(page);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('You are looking at sample data.')).toBeVisible();
  expect((await records(person)).length).toBeGreaterThan(30);
});

test('samples are tried and thrown away without JavaScript', async ({ browser, server, person }) => {
  const page = await plainPage(browser, server, person);
  await page.goto('/dashboard');
  await page.getByRole('button', { name: 'Try with sample data' }).click();
  await expect(page.getByText('You are looking at sample data.')).toBeVisible();
  await page.goto('/records');
  await page.getByRole('button', { name: 'Throw it away' }).click();
  await expect(page.getByText('You are looking at sample data.')).toHaveCount(0);
  expect(await records(person)).toEqual([]);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('You are looking at sample data.')).toBeVisible();
});

test('the first steps are ticked off, and skipped for good', async ({ page, person }) => {
  await open(page, '/dashboard');
  const steps = page.getByRole('heading', { name: 'Three steps to begin with' });
  await expect(steps).toBeVisible();
  await person.limit('100');
  await open(page, '/dashboard');
  await expect(page.locator('.first-step[data-done]')).toContainText('Set a monthly limit');
  await expect(page.getByRole('button', { name: 'Try with sample data' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Skip the first steps' }).click();
  await expect(steps).toHaveCount(0);
  await open(page, '/dashboard');
  await expect(steps).toHaveCount(0);
});

test('the first steps stand until all of them are done, in whatever order', async ({ page, person }) => {
  await person.save({ payee: 'Coffee', amount: '3' });
  await open(page, '/dashboard');
  const steps = page.getByRole('heading', { name: 'Three steps to begin with' });
  await expect(steps).toBeVisible();
  await expect(page.locator('.first-step[data-done]')).toHaveCount(1);
  await expect(page.locator('.first-step[data-done]')).toContainText('Write down one expense');
  await expect(page.getByRole('button', { name: 'Try with sample data' })).toHaveCount(0);
  await person.limit('100');
  const cash = (await person.book()).accounts.find((account) => account.name === 'Cash');
  await person.call('save_account', { id: cash.id, revision: String(cash.revision), name: 'Cash', kind: 'cash', opening: '50' });
  await open(page, '/dashboard');
  await expect(page.getByTestId('figure-expenses')).toHaveAttribute('data-minor', '300');
  await expect(steps).toHaveCount(0);
});
