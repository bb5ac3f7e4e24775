// The editor beside the list on wide screens, as a sheet on phones; rows that are swiped; waiting that can be stopped.

import { dayAfter, newId } from '../fixtures/person.mjs';
import { answered, fillRecord, rowOf, save } from '../fixtures/records.mjs';
import { expect, hold, open, test } from '../fixtures/test.mjs';

const isWide = (page) => page.viewportSize().width >= 1100;

test('the editor stands beside the list, follows the arrows, and is closed by Escape', async ({ page, person }) => {
  test.skip(!isWide(page), 'on narrow screens it stands before the list');
  for (const payee of ['Bottom', 'Middle', 'Top']) await person.save({ payee });
  await open(page, '/records');
  await rowOf(page, 'Top').getByRole('button', { name: 'Edit' }).click();
  const dialog = page.getByRole('dialog', { name: 'Edit record' });
  await expect(dialog.getByLabel('Payee', { exact: true })).toHaveValue('Top');
  const [list, panel] = await Promise.all([page.getByRole('table', { name: 'Records' }).boundingBox(), dialog.boundingBox()]);
  expect(list.x + list.width).toBeLessThanOrEqual(panel.x);
  await rowOf(page, 'Top').evaluate((row) => { row.tabIndex = -1; row.focus(); });
  await page.keyboard.press('ArrowDown');
  await expect(rowOf(page, 'Middle')).toBeFocused();
  await expect(dialog.getByLabel('Payee', { exact: true })).toHaveValue('Middle');
  await fillRecord(dialog, { note: 'typed' });
  await rowOf(page, 'Bottom').focus();
  await expect(dialog.getByLabel('Payee', { exact: true })).toHaveValue('Middle');
  await save(dialog);
  await expect(dialog).toBeHidden();
  await answered(page);
  await page.getByRole('button', { name: 'Add record', exact: true }).click();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect.poll(async () => (await person.records()).find((one) => one.payee === 'Middle')?.note).toBe('typed');
});

const lists = {
  bills: { add: ['save_bill', { amount: '15000', due: dayAfter(3), repeats: 'monthly', remind: '' }], row: 'bill', title: 'Edit bill' },
  budgets: { add: ['save_budget', { amount: '500', period: 'month' }], row: 'budget', title: 'Edit budget' },
  accounts: { add: ['save_account', { kind: 'bank', opening: '5', currency: 'INR' }], row: 'account', title: 'Edit account' },
};

for (const [list, { add: [endpoint, fields], row, title }] of Object.entries(lists)) {
  test(`${list}: a row opens beside the list, or on a page of its own where there is no room`, async ({ page, person }) => {
    for (const name of ['First', 'Second']) await person.call(endpoint, { id: newId(), name, ...fields });
    await open(page, `/${list}`);
    const of = (name) => page.getByTestId(row).filter({ hasText: name });
    const rowAround = (name) => page.locator('li').filter({ has: page.getByRole('link', { name, exact: true }) }).first();
    await of('First').getByRole('link', { name: 'First' }).click();
    if (!isWide(page)) {
      await page.waitForURL(new RegExp(`/${list}/[0-9a-f-]+$`));
      await expect(page.getByRole('heading', { level: 1, name: 'First' })).toBeVisible();
      return;
    }
    const details = page.getByRole('dialog', { name: 'First' });
    await expect(details).toBeVisible();
    expect(new URL(page.url()).pathname, 'the list stays').toBe(`/${list}`);
    const [left, panel] = await Promise.all([rowAround('First').boundingBox(), details.boundingBox()]);
    expect(left.x + left.width).toBeLessThanOrEqual(panel.x);
    await rowAround('First').evaluate((element) => { element.tabIndex = -1; element.focus(); });
    await page.keyboard.press('ArrowDown');
    await expect(rowAround('Second')).toBeFocused();
    await expect(page.getByRole('dialog', { name: 'Second' })).toBeVisible();
    await page.keyboard.press('Enter');
    const form = page.getByRole('dialog', { name: title });
    await expect(form.getByLabel('Name', { exact: true })).toHaveValue('Second');
    await form.getByLabel('Name', { exact: true }).fill('Renamed');
    await of('First').getByRole('button', { name: 'Edit' }).click();
    await expect(page.getByText('Save what you typed, or close it first.')).toBeVisible();
    await save(form);
    await expect(form).toBeHidden();
    await expect(of('Renamed')).toBeVisible();
    await of('First').getByRole('button', { name: 'Edit' }).click();
    await expect(form.getByLabel('Name', { exact: true })).toHaveValue('First');
    await form.getByRole('button', { name: 'Cancel' }).click();
    await expect(form).toBeHidden();
    await of('First').getByRole('link', { name: 'First' }).click();
    await expect(details).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(details).toBeHidden();
    await expect.poll(async () => (await person.book())[list].map((one) => one.name)).toContain('Renamed');
  });
}

test('Save stands in sight and covers nothing', async ({ page, person }) => {
  await person.save({ payee: 'Corner shop' });
  await open(page, '/records');
  await rowOf(page, 'Corner shop').getByRole('button', { name: 'Edit' }).click();
  const dialog = page.getByRole('dialog', { name: 'Edit record' });
  await expect(dialog.getByRole('button', { name: 'Save', exact: true })).toBeInViewport({ ratio: 1 });
  const apart = async () => {
    const [tags, button] = await Promise.all([dialog.getByLabel('Tags', { exact: true }).boundingBox(), dialog.getByRole('button', { name: 'Save', exact: true }).boundingBox()]);
    return button.y - (tags.y + tags.height);
  };
  if (isWide(page)) await expect.poll(apart).toBeGreaterThan(0);
  // About what a keypad leaves.
  await page.setViewportSize({ width: page.viewportSize().width, height: 500 });
  await expect(dialog.getByRole('button', { name: 'Save', exact: true })).toBeInViewport({ ratio: 1 });
  await dialog.getByLabel('Note', { exact: true }).focus();
  await page.keyboard.press('Tab');
  await expect(dialog.getByLabel('Tags', { exact: true })).toBeFocused();
  await expect.poll(apart).toBeGreaterThan(0);
});

test('a refund is typed beside the list too, and what is refunded whole says so', async ({ page, person }) => {
  await person.save({ payee: 'Shoes', amount: '100' });
  await open(page, '/records');
  const refund = rowOf(page, 'Shoes').getByRole('button', { name: 'Refund' });
  await refund.click();
  const dialog = page.getByRole('dialog', { name: 'Add refund' });
  await expect(dialog.getByLabel('Amount', { exact: true })).toHaveValue('100.00');
  expect(new URL(page.url()).pathname).toBe('/records');
  await save(dialog);
  await expect(dialog).toBeHidden();
  await answered(page);
  await refund.click();
  await expect(page.getByText('All of it is refunded already.')).toBeVisible();
  await expect(dialog).toBeHidden();
});

test('a row that is swiped shows its buttons large', async ({ page, person }) => {
  test.skip(isWide(page), 'fingers are for small screens');
  await person.save({ payee: 'Corner shop' });
  await open(page, '/records');
  const row = rowOf(page, 'Corner shop');
  const swipe = (from, to) => row.evaluate((element, [start, end]) => {
    const box = element.getBoundingClientRect();
    const say = (type, x) => element.firstElementChild.dispatchEvent(new PointerEvent(type, {
      bubbles: true, pointerType: 'touch', clientX: x, clientY: box.bottom - 10,
    }));
    say('pointerdown', start);
    say('pointermove', end);
    say('pointerup', end);
  }, [from, to]);
  await swipe(300, 200);
  await expect(row).toHaveClass(/is-swiped/);
  const remove = await row.getByRole('button', { name: 'Delete' }).boundingBox();
  expect(remove.width).toBeGreaterThanOrEqual(60);
  await page.setViewportSize({ width: 320, height: 568 });
  const first = await row.getByRole('button', { name: 'Edit' }).boundingBox();
  expect(first.x, 'all four are in sight on the smallest phone').toBeGreaterThanOrEqual(16);
  await swipe(200, 300);
  await expect(row).not.toHaveClass(/is-swiped/);
  await swipe(300, 200);
  await row.locator('td.num').tap();
  await expect(row).not.toHaveClass(/is-swiped/);
  await expect(page.getByRole('dialog'), 'a tap that puts a row back opens nothing').toHaveCount(0);
  await swipe(300, 200);
  await row.getByRole('button', { name: 'Delete' }).tap();
  await expect(row).toHaveCount(0);
  await expect.poll(() => person.records()).toEqual([]);
});

test('a page that takes long says so, and Cancel stays on the one before', async ({ page, person }) => {
  await person.save({ payee: 'Corner shop' });
  await open(page, '/dashboard');
  const release = await hold(page, 'list_records');
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Records', exact: true }).click();
  await expect(page.locator('.wait-line')).toBeVisible();
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  await expect(page).toHaveURL(/\/dashboard$/);
  await expect(page.getByRole('heading', { level: 1, name: 'Dashboard' })).toBeVisible();
  await expect(page.locator('.wait-line')).toHaveCount(0);
  release();
});

test('a save that takes long is stopped by Cancel, and can be opened again', async ({ page, person }) => {
  await open(page, '/records');
  await page.getByRole('button', { name: 'Add record', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Add record' });
  await fillRecord(dialog, { amount: '5', payee: 'Corner shop' });
  await hold(page, 'save_record');
  await save(dialog);
  await expect(rowOf(page, 'Corner shop')).toBeVisible();
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  await expect(page.getByText(/Corner shop, ₹5.00 was not saved. You stopped waiting/)).toBeVisible();
  await expect(rowOf(page, 'Corner shop')).toHaveCount(0);
  await page.unroute('**/api/save_record');
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(rowOf(page, 'Corner shop')).toBeVisible();
  await answered(page);
  await expect.poll(() => person.records()).toHaveLength(1);
});

test('a refund that takes long to open is stopped by Cancel, and can be tried again', async ({ page, person }) => {
  await person.save({ payee: 'Shoes', amount: '100' });
  await open(page, '/records');
  await hold(page, 'find_ties');
  await rowOf(page, 'Shoes').getByRole('button', { name: 'Refund' }).click();
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  await expect(page.getByText(/You stopped waiting/)).toBeVisible();
  await page.unroute('**/api/find_ties');
  await page.getByRole('button', { name: 'Try again' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add refund' });
  await expect(dialog.getByLabel('Amount', { exact: true })).toHaveValue('100.00');
});
