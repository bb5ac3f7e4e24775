import { dayAfter, newId, today } from '../fixtures/person.mjs';
import { sumOfRows, sumsShown } from '../fixtures/records.mjs';
import { expect, hydrated, open, plainPage, test } from '../fixtures/test.mjs';

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

/** An amount in the table of each chart, and the sums behind its link. */
const CELLS = [
  ['by-category', 2050, { count: 1, expenses: 2050, income: 0, transfers: 0 }],
  ['by-month', 100_000, { count: 1, expenses: 0, income: 100_000, transfers: 0 }],
  ['by-month', 2075, { count: 2, expenses: 2075, income: 0, transfers: 0 }],
  ['by-month', 500, { count: 1, expenses: 500, income: 0, transfers: 0 }],
  ['by-day', 2075, { count: 2, expenses: 2075, income: 0, transfers: 0 }],
];

const CHARTS = ['by-category', 'by-month', 'by-day'];

const openTable = (page, name) =>
  page.locator('details').filter({ has: page.getByTestId(`table-${name}`) }).locator('summary').click();

const isDrawn = (page, name) => expect(page.getByTestId(`chart-${name}`).locator('svg path').first(), name).toBeAttached();

/** Goes to another page of the navigation without loading it anew. */
async function goTo(page, name) {
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name, exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
}

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
  await expect(page.getByTestId('chart-by-month')).toContainText('Nothing to draw yet');
  await expect(page.getByTestId('where-it-went')).toHaveCount(0);
  await expect.poll(() => person.records()).toEqual([]);
});

test('the balance names the currencies that it cannot count', async ({ page, person }) => {
  await person.call('save_account', { name: 'Pounds', kind: 'bank', currency: 'GBP', opening: '100' });
  await open(page, '/dashboard');
  const balance = page.getByRole('link').filter({ has: page.getByTestId('figure-balance') });
  await expect(balance).toContainText('GBP not counted: it has no rate');
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
  for (const name of CHARTS) {
    const chart = page.getByTestId(`chart-${name}`);
    await chart.scrollIntoViewIfNeeded();
    await expect(chart.locator('svg path, canvas').first(), name).toBeAttached();
    await openTable(page, name);
    await expect(page.getByTestId(`table-${name}`)).toBeVisible();
  }
  await expect(page.getByTestId('chart-by-month').locator('svg text').filter({ hasText: /^₹[\d.]+K?$/ }).first()).toBeAttached();
  const sum = (rows, at) => rows.reduce((total, row) => total + row[at], 0);
  expect((await minors('by-category')).flat().toSorted((a, b) => a - b)).toEqual([25, 2050]);
  expect(sum(await minors('by-day'), 0)).toBe(2075);
  const months = await minors('by-month');
  expect(months.at(-1)).toEqual([100_000, 2075]);
  expect(months.at(-2)).toEqual([0, 500]);
});

test('every amount of a chart leads to the records behind it', async ({ page, person }) => {
  test.slow();
  await seed(person);
  for (const [name, minor, sums] of CELLS) {
    await open(page, '/dashboard');
    await openTable(page, name);
    await page.getByTestId(`table-${name}`).locator(`td[data-minor="${minor}"]`).getByRole('link').click();
    await page.waitForURL('**/records?**');
    await expect(page.getByTestId('sum-count'), name).toBeVisible();
    expect(await sumsShown(page), name).toEqual(sums);
  }
});

test('without JavaScript a chart is its table and no empty box', async ({ browser, server, person }) => {
  await seed(person);
  const page = await plainPage(browser, server, person);
  await page.goto('/dashboard');
  for (const name of CHARTS) {
    await expect(page.getByTestId(`chart-${name}`), name).toBeHidden();
    await openTable(page, name);
    await expect(page.getByTestId(`table-${name}`)).toBeVisible();
  }
});

test('on paper charts are plain marks on white, whatever the screen is', async ({ page, context, server, person }) => {
  await seed(person);
  for (const dark of ['by hand', 'by the device']) {
    await page.emulateMedia({ media: 'print', colorScheme: dark === 'by hand' ? 'light' : 'dark' });
    await person.call('save_theme', { theme: dark === 'by hand' ? 'dark' : 'auto', contrast: 'on' });
    await context.addCookies(person.browserCookies());
    await open(page, `${server.url}/dashboard`);
    const bars = page.locator('.plain-bars').filter({ visible: true });
    await expect(bars.first(), dark).toBeVisible();
    await expect(bars.locator('rect').first()).toBeAttached();
    const [ground, ink, slice] = await page.evaluate(() => {
      const style = getComputedStyle(document.documentElement);
      return ['--ground', '--ink', '--chart-1'].map((name) => style.getPropertyValue(name).trim());
    });
    expect(['white', '#fff'], dark).toContain(ground);
    expect(['black', '#000'], dark).toContain(ink);
    expect(slice, dark).not.toBe('#84cba6');
  }
});

test('charts that cannot be loaded say so, and the next page tries again', async ({ page, person, faults }) => {
  await seed(person);
  let missing = true;
  await page.route('**/pkg/echarts*', (route) => (missing ? route.fulfill({ status: 404 }) : route.fallback()));
  await open(page, '/dashboard');
  await expect(page.getByText('The chart could not be loaded. The table below has the same numbers.')).toHaveCount(CHARTS.length);
  await expect(page.getByTestId('chart-by-day')).toBeHidden();
  expect(faults.splice(0).filter((fault) => !fault.includes('/pkg/echarts')), 'nothing else is missing').toEqual([]);
  missing = false;
  await goTo(page, 'Records');
  await goTo(page, 'Dashboard');
  for (const name of CHARTS) await isDrawn(page, name);
});

test('charts left behind hear of no other theme', async ({ page, person }) => {
  await seed(person);
  await open(page, '/dashboard');
  await isDrawn(page, 'by-day');
  await goTo(page, 'Records');
  for (const colorScheme of ['dark', 'light']) {
    await page.emulateMedia({ colorScheme });
    await page.evaluate(() => new Promise((shown) => requestAnimationFrame(() => requestAnimationFrame(shown))));
  }
});

test('an upcoming bill shows the day it is due', async ({ page, person }) => {
  const due = dayAfter(45);
  await person.call('save_bill', { id: newId(), name: 'Insurance', amount: '900', due, repeats: 'once', category: '', account: '', remind: '' });
  await open(page, '/dashboard');
  const bill = page.getByTestId('upcoming-bill');
  await expect(bill.locator(`time[datetime="${due}"]`)).toBeVisible();
  await expect(bill).toContainText('Due in 45 days');
});

test('a record added on the dashboard changes its figures at once', async ({ page, person }) => {
  await open(page, '/dashboard');
  await page.getByRole('button', { name: 'Add record', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Add record' });
  await dialog.getByLabel('Amount', { exact: true }).fill('12.34');
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByTestId('figure-expenses')).toHaveAttribute('data-minor', '1234');
  await expect(page.getByTestId('figure-balance')).toHaveAttribute('data-minor', '-1234');
  await expect.poll(() => person.records()).toHaveLength(1);
  await page.reload();
  await hydrated(page);
  await expect(page.getByTestId('figure-expenses')).toHaveAttribute('data-minor', '1234');
});

test('the month is compared with the months before it', async ({ page, person }) => {
  await seed(person);
  await open(page, '/dashboard');
  const saved = page.getByTestId('figure-saved');
  await expect(saved).toHaveText('98 %');
  await expect(saved).toHaveAttribute('data-minor', '97925');
  const line = page.getByTestId('compared-last-month');
  await expect(line).toHaveAttribute('data-minor', '1575');
  await expect(line).toContainText('15.75 more than by this day last month');
  await expect(page.getByTestId('compared-average'), 'a young book has no usual month').toHaveCount(0);
  await openTable(page, 'pace');
  await expect(page.getByTestId('table-pace').locator('tbody tr').first().locator('td').nth(1)).toHaveAttribute('data-minor', '500');
  await line.getByRole('link').click();
  await page.waitForURL('**/reports?**beside=month');
  await expect(page.getByTestId('report-expenses')).toHaveAttribute('data-minor', '2075');
  const beside = page.getByTestId('report-beside').locator('tbody tr');
  await expect(beside.nth(1).locator('td').nth(1), 'both periods are there').toHaveAttribute('data-minor', '500');
  await expect(page.getByTestId('report-pace')).toBeVisible();
});

/** Food with Groceries and Eating out below it, and Fuel beside it. */
async function tree(person) {
  const { categories } = await person.book();
  const id = (name) => categories.find((category) => category.name === name).id;
  const food = newId();
  await person.call('save_category', { id: food, name: 'Food', kind: 'expense', icon: '' });
  for (const name of ['Groceries', 'Eating out']) {
    const { revision } = categories.find((category) => category.name === name);
    await person.call('save_category', { id: id(name), revision: String(revision), name, kind: 'expense', icon: '', parent: food });
  }
  await person.save({ amount: '20', category: id('Groceries') });
  await person.save({ amount: '5', category: id('Eating out') });
  await person.save({ amount: '1', category: food });
  await person.save({ amount: '2', category: id('Fuel') });
}

const minorsOf = (page) => page.getByTestId('table-by-category').locator('td[data-minor]').evaluateAll((cells) => cells.map((cell) => Number(cell.dataset.minor)));

test('a category opens to what stands below it, and closes again', async ({ page, person, browser, server }) => {
  await tree(person);
  await open(page, '/dashboard');
  await openTable(page, 'by-category');
  await expect.poll(() => minorsOf(page)).toEqual([2600, 200]);
  const table = page.getByTestId('table-by-category');
  await table.getByRole('link', { name: /^Food/ }).focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/inside=/);
  await expect.poll(() => minorsOf(page)).toEqual([2000, 500, 100]);
  await expect(table.getByRole('row', { name: /^Food itself/ })).toBeVisible();
  const back = page.getByRole('link', { name: 'Back to all categories' });
  await page.keyboard.press('Tab');
  await expect(back, 'the keyboard goes on from where it was').toBeFocused();
  await page.keyboard.press('Enter');
  await expect.poll(() => minorsOf(page)).toEqual([2600, 200]);
  await page.goBack();
  await expect.poll(() => minorsOf(page)).toEqual([2000, 500, 100]);
  await table.locator('td[data-minor="2000"]').getByRole('link').click();
  await page.waitForURL('**/records?**');
  const plain = await plainPage(browser, server, person);
  await plain.goto('/dashboard');
  await openTable(plain, 'by-category');
  await plain.getByTestId('table-by-category').getByRole('link', { name: /^Food/ }).click();
  await expect(plain.getByRole('link', { name: 'Back to all categories' })).toBeVisible();
  expect(await minorsOf(plain)).toEqual([2000, 500, 100]);
});

test('another period is shown in place, and the month again', async ({ page, person }) => {
  await seed(person);
  await open(page, '/dashboard');
  const periods = page.getByRole('navigation', { name: 'Period' });
  await expect(periods.getByRole('link', { name: 'Now' })).toHaveAttribute('aria-current', 'true');
  await periods.getByRole('link', { name: 'Year', exact: true }).click();
  await expect(page).toHaveURL(/dashboard\?span=year/);
  await expect(page.getByTestId('report-period')).toHaveText(today().slice(0, 4));
  await expect(page.getByTestId('report-by-payee')).toContainText('Corner shop');
  await isDrawn(page, 'by-category');
  await periods.getByRole('link', { name: 'Month', exact: true }).click();
  await page.getByRole('link', { name: /^Previous/ }).click();
  await expect(page.getByTestId('report-expenses')).toHaveAttribute('data-minor', '500');
  await page.getByRole('navigation', { name: 'Compare with' }).getByRole('link').nth(1).click();
  await expect(page).toHaveURL(/beside=before/);
  await periods.getByRole('link', { name: 'Now' }).click();
  await expect(page.getByTestId('figure-expenses')).toHaveAttribute('data-minor', '2075');
});

test('without JavaScript another period is shown too', async ({ browser, server, person }) => {
  await seed(person);
  const page = await plainPage(browser, server, person);
  await page.goto('/dashboard');
  await page.getByRole('navigation', { name: 'Period' }).getByRole('link', { name: 'Month', exact: true }).click();
  await expect(page.getByTestId('report-expenses')).toHaveAttribute('data-minor', '2075');
  await expect(page.getByTestId('report-by-tag').or(page.getByTestId('report-by-payee'))).toBeVisible();
});

test('the dashboard tells where the month went, and what there was before it', async ({ page, person }) => {
  await seed(person);
  await open(page, '/dashboard');
  const where = page.getByTestId('where-it-went');
  await expect(where.getByTestId('where-by-payee').locator('li[data-minor="2050"]')).toContainText('Corner shop');
  await expect(where.getByTestId('where-by-account').locator('li')).toHaveCount(1);
  await expect(where.getByTestId('where-largest').locator('li')).toHaveCount(2);
  await expect(page.getByTestId('dashboard-heat').locator('td[data-minor="2075"]')).toBeVisible();
  const worth = page.getByTestId('dashboard-worth');
  await worth.locator('summary').click();
  await expect(worth.locator('td[data-minor]').last()).toHaveAttribute('data-minor', '97425');
  await expect(worth.locator('td[data-minor]').nth(-2)).toHaveAttribute('data-minor', '-500');
  await where.getByRole('link', { name: /^Corner shop/ }).first().click();
  await page.waitForURL('**/records?**payee=**');
});

test('an insight leads to its records and stays away once it is dismissed', async ({ page, person }) => {
  for (let n = 0; n < 5; n += 1) await person.save({ amount: '1' });
  await open(page, '/dashboard');
  const insight = page.getByTestId('insight');
  await expect(insight).toContainText('5 expenses of this month have no category');
  await insight.getByText('Why this?').click();
  await expect(insight.getByText('Told when five or more expenses of the month have no category.')).toBeVisible();
  await insight.getByRole('link').click();
  await page.waitForURL('**/records?**category=none**');
  await expect(page.getByTestId('sum-count')).toHaveAttribute('data-count', '5');
  await open(page, '/dashboard');
  await insight.getByRole('button', { name: /^Dismiss/ }).click();
  await expect(insight).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await insight.getByRole('button', { name: /^Dismiss/ }).click();
  await expect(insight).toHaveCount(0);
  await open(page, '/dashboard');
  await expect(page.getByTestId('figure-expenses')).toHaveAttribute('data-minor', '500');
  await expect(insight).toHaveCount(0);
});

test('without JavaScript an insight is dismissed too', async ({ browser, server, person }) => {
  for (let n = 0; n < 5; n += 1) await person.save({ amount: '1' });
  const page = await plainPage(browser, server, person);
  await page.goto('/dashboard');
  await page.getByTestId('insight').getByRole('button', { name: /^Dismiss/ }).click();
  await page.waitForURL('**/dashboard');
  await expect(page.getByTestId('insight')).toHaveCount(0);
});
