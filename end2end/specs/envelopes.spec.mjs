import { tooWide, violations } from '../fixtures/looks.mjs';
import { newId, today } from '../fixtures/person.mjs';
import { expect, lookAgain, open, plainPage, test } from '../fixtures/test.mjs';

const row = (page, name) => page.getByTestId('envelope').filter({ has: page.getByText(name, { exact: true }) });
const figure = (page, name) => page.getByTestId(`envelopes-${name}`);

async function give(page, amounts) {
  for (const [name, amount] of Object.entries(amounts)) await page.getByLabel(name, { exact: true }).fill(amount);
  await page.getByRole('button', { name: 'Save the plan' }).click();
}

test('the income of the month is given jobs, and money moves between them', async ({ page, person }) => {
  const { categories } = await person.book();
  const id = (name) => categories.find((one) => one.name === name).id;
  await person.save({ kind: 'income', amount: '1000' });
  await person.save({ amount: '30', category: id('Groceries') });
  await person.save({ amount: '5' });
  await open(page, '/budgets');
  await page.getByRole('link', { name: 'Envelopes' }).click();
  await expect(figure(page, 'unassigned')).toHaveAttribute('data-minor', '100000');
  await give(page, { Groceries: '400', Fuel: '150' });
  await expect(figure(page, 'unassigned')).toHaveAttribute('data-minor', '45000');
  await expect(row(page, 'Groceries').getByTestId('envelope-left')).toHaveText('₹370.00');
  await expect(page.getByTestId('envelopes-outside')).toContainText('₹5.00');
  await page.getByText('Move money between envelopes').click();
  const form = page.getByRole('form', { name: 'Move money' });
  await form.getByLabel('From', { exact: true }).selectOption(id('Fuel'));
  await form.getByLabel('To', { exact: true }).selectOption(id('Groceries'));
  await form.getByLabel('How much').fill('151');
  await form.getByRole('button', { name: 'Move' }).click();
  await expect(form.getByText('Only ₹150.00 is left in Fuel')).toBeVisible();
  await form.getByLabel('How much').fill('50');
  await form.getByRole('button', { name: 'Move' }).click();
  await expect(row(page, 'Groceries').getByTestId('envelope-left')).toHaveText('₹420.00');
  await expect(page.getByLabel('Fuel', { exact: true })).toHaveValue('100.00');
  await expect(figure(page, 'unassigned')).toHaveAttribute('data-minor', '45000');
  await page.locator('.toast').filter({ hasText: 'Moved' }).getByRole('button', { name: 'Undo' }).click();
  await expect(row(page, 'Groceries').getByTestId('envelope-left')).toHaveText('₹370.00');
  await expect(page.getByLabel('Fuel', { exact: true })).toHaveValue('150.00');
});

test('what is being typed stays with its envelope while categories come from elsewhere', async ({ page, person }) => {
  await open(page, '/budgets/envelopes');
  await page.getByLabel('Transport', { exact: true }).fill('150');
  await person.call('save_category', { id: newId(), name: 'Aquarium', kind: 'expense', icon: '' });
  await lookAgain(page);
  await expect(row(page, 'Aquarium')).toBeVisible();
  await expect(page.getByLabel('Transport', { exact: true })).toHaveValue('150');
  await expect(page.getByLabel('Transport', { exact: true })).toBeFocused();
  await expect(page.getByLabel('Shopping', { exact: true })).toHaveValue('');
  await expect(page.getByLabel('Travel', { exact: true })).toHaveValue('');
});

test('next month is planned like this one', async ({ page, person }) => {
  await person.save({ kind: 'income', amount: '1000' });
  await open(page, '/budgets/envelopes');
  await give(page, { Rent: '800' });
  await expect(figure(page, 'given')).toHaveAttribute('data-minor', '80000');
  await page.getByRole('link', { name: /Next month/ }).click();
  await expect(figure(page, 'given')).toHaveAttribute('data-minor', '0');
  await expect(figure(page, 'before')).toHaveAttribute('data-minor', '20000');
  await expect(row(page, 'Rent').getByText('₹800.00 from before')).toBeVisible();
  await page.getByRole('button', { name: "Copy last month's plan" }).click();
  await expect(page.getByLabel('Rent', { exact: true })).toHaveValue('800.00');
  await expect(page.getByRole('button', { name: "Copy last month's plan" })).toHaveCount(0);
  await page.locator('.toast').filter({ hasText: 'Planned' }).getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByLabel('Rent', { exact: true })).toHaveValue('');
  await expect(figure(page, 'given')).toHaveAttribute('data-minor', '0');
});

test('what was given no job goes on from month to month, and a plan of income does not', async ({ page, person }) => {
  const { categories } = await person.book();
  const id = (name) => categories.find((one) => one.name === name).id;
  const ago = (months) => {
    const at = new Date(`${today().slice(0, 7)}-01T00:00:00Z`);
    at.setUTCMonth(at.getUTCMonth() - months);
    return at.toISOString().slice(0, 7);
  };
  // Nothing counts before the first envelope.
  await person.save({ kind: 'income', amount: '9000', date: `${ago(3)}-28` });
  await person.save({ kind: 'income', amount: '1000', date: `${ago(2)}-28` });
  await person.call('save_plan', { month: ago(2), categories: [id('Fuel')], given: ['400'], before: ['0'] });
  await person.save({ amount: '450', date: `${ago(2)}-10`, category: id('Fuel') });
  await person.save({ amount: '30', date: `${ago(1)}-10`, category: id('Rent') });
  await open(page, '/budgets/envelopes');
  // 600, less the 50 that were overspent, less the 30 that were spent outside.
  await expect(figure(page, 'before')).toHaveAttribute('data-minor', '52000');
  await expect(page.getByText('From the month before')).toBeVisible();
  await expect(figure(page, 'unassigned')).toHaveAttribute('data-minor', '52000');
  await give(page, { Rent: '600' });
  await expect(figure(page, 'unassigned')).toHaveAttribute('data-minor', '-8000');
  expect(await tooWide(page)).toBe(0);
  expect(await violations(page)).toEqual([]);
  await page.getByRole('link', { name: /Next month/ }).click();
  await expect(figure(page, 'before')).toHaveAttribute('data-minor', '-8000');
  await expect(figure(page, 'before')).toHaveAttribute('data-tone', 'over');
  await person.call('save_book', { currency: 'INR', week_start: 'monday', income: '2000' });
  await open(page, `/budgets/envelopes?month=${ago(-1)}`);
  await expect(figure(page, 'unassigned')).toHaveAttribute('data-minor', '200000');
  await expect(figure(page, 'before')).toHaveCount(0);
});

test('a month is planned without JavaScript, and what cannot be read is said beside it', async ({ browser, server, person }) => {
  const page = await plainPage(browser, server, person);
  await page.goto('/budgets/envelopes');
  await give(page, { Groceries: '400', Fuel: 'much' });
  await expect(page.getByLabel('Fuel', { exact: true })).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByLabel('Groceries', { exact: true })).toHaveValue('400');
  await give(page, { Fuel: '20' });
  await expect(page).toHaveURL(/\/budgets\/envelopes\?month=/);
  await expect(figure(page, 'given')).toHaveAttribute('data-minor', '42000');
});

test('a plan that was changed elsewhere is refused', async ({ page, person }) => {
  const { categories } = await person.book();
  const fuel = categories.find((one) => one.name === 'Fuel').id;
  await open(page, '/budgets/envelopes');
  const month = await page.locator('input[name="form[month]"]').first().inputValue();
  const elsewhere = { month, categories: [fuel], given: ['50'], before: ['0'] };
  await person.call('save_plan', elsewhere);
  await give(page, { Fuel: '70' });
  await expect(page.getByRole('alert').filter({ hasText: 'changed elsewhere' })).toBeVisible();
});

test('the same move sent twice moves the money once', async ({ browser, server, page, person }) => {
  const { categories } = await person.book();
  const id = (name) => categories.find((one) => one.name === name).id;
  await open(page, '/budgets/envelopes');
  const month = await page.locator('input[name="form[month]"]').first().inputValue();
  await person.call('save_plan', { month, categories: [id('Fuel')], given: ['150'], before: ['0'] });
  const move = { id: newId(), month, from: id('Fuel'), to: id('Rent'), amount: '100' };
  await Promise.all([person.call('move_money', move), person.call('move_money', move)]);
  await person.call('move_money', move);
  const given = async (name) => (await person.book()).envelopes.find((one) => one.category === id(name)).given;
  await expect.poll(() => given('Rent')).toBe(10000);
  expect((await person.post('move_money', { ...move, amount: '20' })).status).toBe(409);

  const plain = await plainPage(browser, server, person);
  await plain.goto('/budgets/envelopes');
  await plain.getByText('Move money between envelopes').click();
  const form = plain.getByRole('form', { name: 'Move money' });
  await form.getByLabel('From', { exact: true }).selectOption(id('Fuel'));
  await form.getByLabel('To', { exact: true }).selectOption(id('Rent'));
  await form.getByLabel('How much').fill('30');
  await form.getByRole('button', { name: 'Move' }).dblclick();
  await expect(plain).toHaveURL(/\/budgets\/envelopes\?month=/);
  await expect.poll(() => given('Rent')).toBe(13000);

  // Two moves from one page are two.
  await open(page, '/budgets/envelopes');
  await page.getByText('Move money between envelopes').click();
  const here = page.getByRole('form', { name: 'Move money' });
  for (const rent of [14000, 15000]) {
    await here.getByLabel('From', { exact: true }).selectOption(id('Fuel'));
    await here.getByLabel('To', { exact: true }).selectOption(id('Rent'));
    await here.getByLabel('How much').fill('10');
    await here.getByRole('button', { name: 'Move' }).click();
    await expect.poll(() => given('Rent')).toBe(rent);
  }
});
