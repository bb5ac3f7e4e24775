import { Person, dayAfter, newId, today } from '../fixtures/person.mjs';
import { sumsShown } from '../fixtures/records.mjs';
import { expect, open, plainPage, test } from '../fixtures/test.mjs';

/** The first day of the month `months` before this one. */
function monthsBack(months) {
  const day = new Date(`${today().slice(0, 7)}-01T12:00:00Z`);
  day.setUTCMonth(day.getUTCMonth() - months);
  return day.toISOString().slice(0, 10);
}

/** "November 2026" */
const monthName = (day) => new Date(`${day}T12:00:00Z`).toLocaleDateString('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' });

/** This month 20.50 and 0.25 spent and 100 earned, last month 5.00, a year ago 7.00 spent. */
async function seed(person) {
  const { accounts: [cash, bank], categories } = await person.book();
  const category = (name) => categories.find((category) => category.name === name).id;
  await person.save({ amount: '20.50', category: category('Groceries'), payee: 'Corner shop', tags: 'Goa' });
  await person.save({ amount: '0.25', category: category('Fuel'), payee: 'Tea & <b>Co</b>' });
  await person.save({ kind: 'income', amount: '100', category: category('Salary'), account: bank.id, payee: 'Acme', tags: 'pay' });
  await person.save({ kind: 'transfer', amount: '9', account: bank.id, to_account: cash.id });
  await person.save({ amount: '5', date: monthsBack(1) });
  await person.save({ amount: '7', date: monthsBack(12), payee: 'Corner shop' });
}

const FIGURES = {
  'report-expenses': [2075, { expenses: 2075, income: 0, count: 2 }],
  'report-income': [10_000, { expenses: 0, income: 10_000, count: 1 }],
  'report-saved': [7925, { expenses: 2075, income: 10_000, transfers: 900, count: 4 }],
};

/** A card, an amount in its table, and the sums behind its link. */
const CELLS = [
  ['report-beside', 500, { count: 1, expenses: 500 }],
  ['report-beside', 700, { count: 1, expenses: 700 }],
  ['report-by-category', 2050, { count: 1, expenses: 2050 }],
  ['report-by-income', 10_000, { count: 1, income: 10_000 }],
  ['report-by-payee', 25, { count: 1, expenses: 25 }],
  ['report-by-payee', 2050, { count: 1, expenses: 2050 }],
  ['report-by-tag', 2050, { count: 1, expenses: 2050 }],
  ['report-income-by-payee', 10_000, { count: 1, income: 10_000 }],
  ['report-income-by-tag', 10_000, { count: 1, income: 10_000 }],
];

const period = (page) => page.getByTestId('report-period');

test('every figure of a report leads to the records behind it', async ({ page, person }) => {
  test.slow();
  await seed(person);
  for (const [testid, [minor, sums]] of Object.entries(FIGURES)) {
    await open(page, '/reports');
    await expect(period(page)).toHaveText(monthName(today()));
    await expect(page.getByTestId(testid), testid).toHaveAttribute('data-minor', String(minor));
    await page.getByRole('link').filter({ has: page.getByTestId(testid) }).click();
    await page.waitForURL('**/records?**');
    await expect(page.getByTestId('sum-count'), testid).toBeVisible();
    expect(await sumsShown(page), testid).toMatchObject(sums);
  }
});

test('net worth leads to what each account held, its opening balance included', async ({ page, person }) => {
  const { accounts: [cash] } = await person.book();
  await person.call('save_account', { id: cash.id, revision: String(cash.revision), name: cash.name, kind: 'cash', opening: '50' });
  await seed(person);
  await open(page, '/reports');
  const figure = page.getByTestId('report-net-worth');
  await expect(figure).toHaveAttribute('data-minor', '11725');
  await page.getByRole('link').filter({ has: figure }).click();
  await expect(page).toHaveURL(/#net-worth$/);
  const rows = page.getByTestId('report-worth').getByRole('table', { name: 'What each account held' }).locator('tbody tr');
  const minors = (column) => rows.evaluateAll((rows, at) => rows.map((row) => Number(row.querySelectorAll('td')[at].dataset.minor)), column);
  expect((await minors(0)).reduce((sum, minor) => sum + minor)).toBe(5000 - 1200);
  expect((await minors(2)).reduce((sum, minor) => sum + minor)).toBe(11_725);
  await rows.first().locator('td[data-minor]').nth(1).getByRole('link').click();
  await page.waitForURL('**/records?**account=**');
});

test('a period is compared line by line with another', async ({ page, person }) => {
  await seed(person);
  await open(page, '/reports');
  await page.getByRole('navigation', { name: 'Compare with' }).getByRole('link', { name: monthName(monthsBack(1)) }).click();
  await expect(page).toHaveURL(/beside=before/);
  const table = page.getByTestId('report-by-category');
  await expect(table.locator(`td[data-head^="${monthName(monthsBack(1))}"]`).first()).toBeVisible();
  await expect(table.locator('td[data-minor="500"]'), 'what only the other has is there').toHaveCount(1);
  await expect(page.getByTestId('report-pace')).toBeVisible();
  await table.locator('td[data-minor="500"]').getByRole('link').click();
  await page.waitForURL('**/records?**');
  await expect(page.getByTestId('sum-count')).toBeVisible();
  expect(await sumsShown(page)).toMatchObject({ count: 1, expenses: 500 });
});

test('a report has the budgets of its period, beside what is usual', async ({ page, person }) => {
  const { categories } = await person.book();
  const groceries = categories.find(({ name }) => name === 'Groceries').id;
  for (const months of [0, 1, 2, 3]) {
    await person.save({ amount: months ? '5' : '20', date: months ? monthsBack(months) : today(), category: groceries });
  }
  await person.call('save_budget', { id: newId(), name: 'All of it', amount: '15', period: 'month' });
  await open(page, '/reports');
  const row = page.getByTestId('report-budget');
  await expect(row).toHaveAttribute('data-state', 'over');
  await expect(row.locator('[data-minor="-500"]')).toBeVisible();
  await expect(page.getByTestId('report-than-usual')).toHaveAttribute('data-minor', /^[1-9]/);
  await expect(page.getByTestId('report-usual').locator('[data-minor="500"]')).toBeVisible();
  await expect(page.getByTestId('report-pace')).toContainText('Average');
  await page.getByTestId('report-insights').getByRole('link', { name: /Groceries/ }).click();
  await page.waitForURL('**/records?**');
  await expect(page.getByTestId('sum-count')).toBeVisible();
  expect(await sumsShown(page)).toMatchObject({ count: 1, expenses: 2000 });
});

test('two centuries are told by year', async ({ page, person }) => {
  await seed(person);
  await open(page, '/reports?from=1900-01-01&to=2199-12-31');
  await expect(page.getByTestId('report-expenses')).toHaveAttribute('data-minor', '3275');
  await page.getByTestId('report-by-part').locator('summary').click();
  await expect(page.getByTestId('report-by-part').locator('tbody tr')).toHaveCount(300);
  await expect(page.getByTestId('report-insights')).toContainText('single payments in those of up to a month');
});

test('every amount of a table leads to the records behind it', async ({ page, person }) => {
  test.slow();
  await seed(person);
  for (const [testid, minor, sums] of CELLS) {
    await open(page, '/reports');
    await page.getByTestId(testid).locator(`td[data-minor="${minor}"]`).getByRole('link').first().click();
    await page.waitForURL('**/records?**');
    await expect(page.getByTestId('sum-count'), testid).toBeVisible();
    expect(await sumsShown(page), `${testid} ${minor}`).toMatchObject(sums);
  }
});

test('one goes from period to period and chooses days of one’s own', async ({ page, person }) => {
  await seed(person);
  await open(page, '/reports');
  await page.getByRole('link', { name: 'Previous' }).click();
  await expect(period(page)).toHaveText(monthName(monthsBack(1)));
  await expect(page.getByTestId('report-expenses')).toHaveAttribute('data-minor', '500');
  await page.getByRole('link', { name: 'Next' }).click();
  await expect(page.getByTestId('report-expenses')).toHaveAttribute('data-minor', '2075');
  for (const name of ['Week', 'Quarter', 'Year', 'Month']) {
    await page.getByRole('navigation', { name: 'Period' }).getByRole('link', { name, exact: true }).click();
    await expect(page).toHaveURL(new RegExp(`span=${name.toLowerCase()}`));
    await expect(page.getByTestId('report-by-category')).toBeVisible();
  }
  await page.getByText('Custom', { exact: true }).click();
  await page.getByLabel('From', { exact: true }).fill(monthsBack(12));
  await page.getByLabel('Until', { exact: true }).fill(monthsBack(1));
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  await page.waitForURL('**/reports?from=**');
  await expect(page.getByTestId('report-expenses')).toHaveAttribute('data-minor', '1200');
});

test('without JavaScript the whole report is there', async ({ browser, server, person }) => {
  await seed(person);
  const page = await plainPage(browser, server, person);
  await page.goto(`/reports?span=year&at=${today()}`);
  await expect(period(page)).toHaveText(today().slice(0, 4));
  for (const name of ['by-category', 'by-income', 'by-payee', 'by-tag', 'by-account', 'by-part', 'heat', 'largest', 'worth', 'beside']) {
    await expect(page.getByTestId(`report-${name}`), name).toBeVisible();
  }
  await expect(page.getByRole('button', { name: 'Print' })).toBeHidden();
  await expect(page.getByText('Tea & <b>Co</b>').first()).toBeVisible();
  const months = await page.getByTestId('report-by-part').locator('tbody tr').count();
  expect(months).toBe(12);
});

test('on paper there is the report and nothing to press', async ({ page, person }) => {
  await seed(person);
  await open(page, '/reports');
  // The width of A4 between its margins.
  await page.setViewportSize({ width: 688, height: 1000 });
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByRole('heading', { level: 1, name: 'Reports' })).toBeVisible();
  await expect(period(page)).toBeVisible();
  await expect(page.getByTestId('report-by-category')).toBeVisible();
  for (const hidden of [page.getByRole('navigation', { name: 'Main' }), page.getByRole('navigation', { name: 'Period' }), page.getByRole('button')]) {
    await expect(hidden.filter({ visible: true })).toHaveCount(0);
  }
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(wide, 'nothing is cut at the side').toBeLessThanOrEqual(0);
});

/** So much spent in each of twelve categories, the first the most. */
async function twelve(person) {
  const { categories } = await person.book();
  const spent = categories.filter((one) => one.kind === 'expense' && !one.parent).slice(0, 12);
  for (const [at, category] of spent.entries()) await person.save({ amount: String(12 - at), category: category.id, date: dayAfter(-1) });
  return spent.map((one) => one.name);
}

test('the ring, the names of all its parts and full dates are on paper without a script that draws', async ({ page, person, browser, server }) => {
  const names = await twelve(person);
  const address = `/reports?from=${dayAfter(-5)}&to=${today()}`;
  for (const paper of [page, await plainPage(browser, server, person)]) {
    if (paper === page) await open(page, address);
    else await paper.goto(address);
    const ring = paper.locator('.chart-ring');
    const legend = paper.locator('.legend li').filter({ visible: true });
    await expect(legend).toHaveText([...names.slice(0, 6).map((name) => new RegExp(name)), /6 others/]);
    await expect(legend.last()).toContainText('₹21.00');
    await paper.emulateMedia({ media: 'print' });
    await expect(ring).toBeVisible();
    await expect(ring.locator('g circle')).toHaveCount(12);
    await expect(paper.getByTestId('chart-by-category')).toBeHidden();
    await expect(legend).toHaveText(names.map((name) => new RegExp(name)));
    for (const controls of [/^See the records/, /^All records of/]) {
      await expect(paper.getByRole('link', { name: controls }).filter({ visible: true })).toHaveCount(0);
    }
    const word = paper.getByTestId('report-largest').locator('.day-word').first();
    await expect(word).toHaveText('Yesterday');
    await expect(word).toHaveCSS('font-size', '0px');
    const date = await word.evaluate((word) => getComputedStyle(word, '::after').content);
    expect(date).toContain(dayAfter(-1).slice(0, 4));
  }
});

test('a short report has the last twelve months too, and pictures have their scale', async ({ page, person }) => {
  await seed(person);
  await open(page, '/reports');
  const card = page.getByTestId('report-by-month');
  await card.locator('summary').click();
  await expect(card.locator('tbody tr')).toHaveCount(12);
  const last = card.locator('tbody tr').last();
  for (const minor of [10_000, 2075, 7925]) await expect(last.locator(`td[data-minor="${minor}"]`)).toBeVisible();
  await expect(card.locator('td[data-minor="500"]')).toBeVisible();
  for (const testid of ['report-by-month', 'report-by-part', 'report-worth']) {
    const picture = page.getByTestId(testid);
    await expect(picture.locator('.picture-scale text').filter({ hasText: /^₹0$/ }), testid).toHaveCount(1);
    await expect(picture.locator('.picture-scale text').first(), testid).toHaveText(/^₹[1-9]/);
    await expect(picture.locator('.picture-places text'), testid).toHaveCount(3);
  }
  await open(page, '/reports?span=year');
  await expect(page.getByTestId('report-by-part')).toBeVisible();
  await expect(card, 'a year is told by month anyway').toHaveCount(0);
});

test('shares are those of the ring where more came back than was spent', async ({ page, person }) => {
  const { categories } = await person.book();
  const [fuel, rent] = ['Fuel', 'Rent'].map((name) => categories.find((one) => one.name === name).id);
  const dear = newId();
  await person.save({ id: dear, amount: '90', category: rent, date: monthsBack(1) });
  await person.save({ amount: '80', category: rent, refund_of: dear });
  await person.save({ amount: '30', category: fuel });
  await open(page, '/reports');
  await expect(page.getByTestId('report-expenses')).toHaveAttribute('data-minor', '-5000');
  const share = (name) => page.getByTestId('report-by-category').getByRole('row').filter({ hasText: name }).locator('td.num').first();
  await expect(share('Fuel')).toHaveText('100 %');
  await expect(share('Rent')).toHaveText('0 %');
  await expect(page.locator('.legend li').filter({ hasText: 'Fuel' })).toContainText('100 %');
});

test('the browser makes sheets of A4 of it', async ({ page, person }) => {
  await seed(person);
  await open(page, '/reports?span=year');
  const file = (await page.pdf({ preferCSSPageSize: true, printBackground: true })).toString('latin1');
  const sheets = file.match(/\/Type \/Page\b/g) ?? [];
  // 210 by 297 mm, in points.
  const upright = file.match(/\/MediaBox \[0 0 59[45](\.\d+)? 84[12](\.\d+)?\]/g) ?? [];
  expect(sheets.length, 'the whole year, and no sheet left empty').toBeGreaterThan(1);
  expect(sheets.length).toBeLessThan(8);
  expect(upright.length, 'each as large as the paper').toBe(sheets.length);
});

test('the monthly report is off until it is switched on', async ({ page, person }) => {
  await open(page, '/reports');
  const box = page.getByRole('checkbox', { name: 'Email me a monthly report' });
  await expect(box).not.toBeChecked();
  await box.check();
  const form = page.getByRole('form', { name: 'Monthly report' });
  await form.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('The next report comes on the first of the month')).toBeVisible();
  expect(await person.call('monthly_mail_on')).toBe(true);
  await open(page, '/reports');
  await expect(box).toBeChecked();
  await box.uncheck();
  await form.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('No more reports by email')).toBeVisible();
  expect(await person.call('monthly_mail_on')).toBe(false);
});

test('nothing of one person is in the report of another', async ({ page, server, person }) => {
  const other = await Person.signUp(server.url);
  await expect.poll(() => person.records()).toEqual([]);
  await seed(other);
  await open(page, `/reports?span=year&at=${today()}`);
  await expect(page.getByTestId('report-expenses')).toHaveAttribute('data-minor', '0');
  await expect(page.getByTestId('report').getByText('Corner shop')).toHaveCount(0);
});

test('what a report noticed is dismissed, with undo, and stays away', async ({ page, person }) => {
  for (let n = 0; n < 5; n += 1) await person.save({ amount: '1' });
  await open(page, '/reports');
  const insight = page.getByTestId('report-insights').getByTestId('insight').filter({ hasText: 'have no category' });
  const dismiss = insight.getByRole('button', { name: /^Dismiss/ });
  await dismiss.click();
  await expect(insight).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await dismiss.click();
  await expect(insight).toHaveCount(0);
  await expect(page.getByText('Nothing else is worth a look')).toBeVisible();
  await page.reload();
  await expect(page.getByTestId('report-expenses')).toHaveAttribute('data-minor', '500');
  await expect(insight).toHaveCount(0);
});
