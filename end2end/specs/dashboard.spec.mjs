import { today } from '../fixtures/person.mjs';
import { sumOfRows, sumsShown } from '../fixtures/records.mjs';
import { expect, hydrated, open, test } from '../fixtures/test.mjs';

/** The first day of last month. */
function lastMonth() {
  const day = new Date(`${today().slice(0, 7)}-01T12:00:00Z`);
  day.setUTCMonth(day.getUTCMonth() - 1);
  return day.toISOString().slice(0, 10);
}

/** Spending of 20.50 and 0.25 today and 5.00 last month, an income of 1000, a transfer of 100, a limit of 100. */
async function seed(person) {
  const { accounts: [cash, bank], categories } = await person.book();
  const category = (name) => categories.find((category) => category.name === name).id;
  await person.save({ amount: '20.50', category: category('Groceries'), payee: 'Corner shop' });
  await person.save({ amount: '0.25', category: category('Fuel') });
  await person.save({ amount: '5', date: lastMonth() });
  await person.save({ kind: 'income', amount: '1000', category: category('Salary'), account: bank.id });
  await person.save({ kind: 'transfer', amount: '100', account: bank.id, to_account: cash.id });
  await person.limit('100');
}

const FIGURES = {
  'figure-expenses': 2075,
  'figure-income': 100_000,
  'figure-balance': 97_425,
  'figure-budget-left': 7925,
  'figure-last-7-days': 2075,
  'figure-last-month': 500,
};

/** Where a figure leads, and the sum that is there. */
const LINKS = {
  'figure-expenses': { expenses: 2075 },
  'figure-income': { income: 100_000 },
  'figure-budget-left': { expenses: 2075 },
  'figure-last-7-days': { expenses: 2075 },
  'figure-last-month': { expenses: 500 },
};

test('the figures are exact', async ({ page, person }) => {
  await seed(person);
  await open(page, '/dashboard');
  for (const [testid, minor] of Object.entries(FIGURES)) {
    await expect(page.getByTestId(testid), testid).toHaveAttribute('data-minor', String(minor));
  }
  await expect(page.getByTestId('figure-income')).toContainText('1,000.00');
});

test('without records the figures stand and are nought', async ({ page, person }) => {
  await open(page, '/dashboard');
  for (const testid of ['figure-expenses', 'figure-income', 'figure-balance', 'figure-last-7-days', 'figure-last-month']) {
    await expect(page.getByTestId(testid), testid).toHaveAttribute('data-minor', '0');
  }
  expect(await person.records()).toEqual([]);
});

test('every figure leads to the records behind it', async ({ page, person }) => {
  test.slow();
  await seed(person);
  for (const [testid, sums] of Object.entries(LINKS)) {
    await open(page, '/dashboard');
    await page.getByRole('link').filter({ has: page.getByTestId(testid) }).click();
    await page.waitForURL('**/records?**');
    await expect(page.getByTestId('sum-count'), testid).toBeVisible();
    expect(await sumsShown(page), testid).toMatchObject(sums);
    await expect.poll(() => sumOfRows(page), testid).toEqual(await sumsShown(page));
  }
  await open(page, '/dashboard');
  await page.getByRole('link').filter({ has: page.getByTestId('figure-balance') }).click();
  await expect(page.getByTestId('figure-net-worth')).toHaveAttribute('data-minor', '97425');
});

test('charts are drawn and their tables tell the same numbers', async ({ page, person }) => {
  await seed(person);
  await open(page, '/dashboard');
  const minors = async (name) => {
    const table = page.getByTestId(`table-${name}`);
    const cells = await table.locator('tbody tr').evaluateAll((rows) =>
      rows.map((row) => [...row.querySelectorAll('td[data-minor]')].map((cell) => Number(cell.dataset.minor))));
    return cells;
  };
  for (const name of ['by-category', 'by-month', 'by-day']) {
    const chart = page.getByTestId(`chart-${name}`);
    await chart.scrollIntoViewIfNeeded();
    await expect(chart.locator('svg path, canvas').first(), name).toBeAttached();
    const details = page.locator('details').filter({ has: page.getByTestId(`table-${name}`) });
    await details.locator('summary').click();
    await expect(page.getByTestId(`table-${name}`)).toBeVisible();
  }
  const sum = (rows, at) => rows.reduce((total, row) => total + row[at], 0);
  expect((await minors('by-category')).flat().toSorted((a, b) => a - b)).toEqual([25, 2050]);
  expect(sum(await minors('by-day'), 0)).toBe(2075);
  const months = await minors('by-month');
  expect(months.at(-1)).toEqual([100_000, 2075]);
  expect(months.at(-2)).toEqual([0, 500]);
});

test('a record added on the dashboard changes its figures at once', async ({ page, person }) => {
  await open(page, '/dashboard');
  await page.getByRole('button', { name: 'Add record', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Add record' });
  await dialog.getByLabel('Amount', { exact: true }).fill('12.34');
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByTestId('figure-expenses')).toHaveAttribute('data-minor', '1234');
  await expect(page.getByTestId('figure-balance')).toHaveAttribute('data-minor', '-1234');
  await page.reload();
  await hydrated(page);
  await expect(page.getByTestId('figure-expenses')).toHaveAttribute('data-minor', '1234');
  expect(await person.records()).toHaveLength(1);
});
