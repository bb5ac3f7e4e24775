import ICAL from 'ical.js';

import { dayAfter, newId, today } from '../fixtures/person.mjs';
import { save } from '../fixtures/records.mjs';
import { expect, open, plainPage, test } from '../fixtures/test.mjs';

const bill = (page, name = 'Rent') => page.getByTestId('bill').filter({ hasText: name });

const monthly = (person, fields = {}) => person.call('save_bill', {
  id: newId(), name: 'Rent', amount: '15000', due: today(), repeats: 'monthly', category: '', account: '', remind: '', ...fields,
});

async function nextDue(person) {
  return (await person.book()).bills[0]?.next_due;
}

test('a bill is added', async ({ page, person }) => {
  await open(page, '/bills');
  await page.getByRole('button', { name: 'Add bill' }).first().click();
  await page.waitForURL(/\/bills\/new\??$/);
  await page.getByLabel('Name', { exact: true }).fill('Rent');
  await page.getByLabel('Amount', { exact: true }).fill('15000');
  await page.getByLabel('Due date', { exact: true }).fill(dayAfter(3));
  await save(page);
  await expect(bill(page).locator('[data-minor="1500000"]')).toBeVisible();
  await expect(bill(page).getByRole('button', { name: 'Mark paid' })).toBeVisible();
  await expect.poll(() => nextDue(person)).toBe(dayAfter(3));
  await open(page, '/dashboard');
  await expect(page.getByRole('heading', { name: 'Upcoming bills' })).toBeVisible();
  await expect(page.getByText('Rent').first()).toBeVisible();
});

test('a bill falls due every so many weeks, with and without JavaScript', async ({ browser, server, page, person }) => {
  await open(page, '/bills/new');
  const weeks = page.getByLabel('Weeks from one to the next');
  await expect(weeks).toBeHidden();
  await page.getByLabel('Name', { exact: true }).fill('Cleaner');
  await page.getByLabel('Amount', { exact: true }).fill('800');
  await page.getByLabel('Repeats', { exact: true }).selectOption('Every so many weeks');
  await weeks.fill('53');
  await save(page);
  await expect(weeks).toHaveAttribute('aria-invalid', 'true');
  await weeks.fill('3');
  await save(page);
  await expect.poll(async () => (await person.book()).bills.map((one) => one.repeats)).toEqual(['weeks-3']);
  await expect(bill(page, 'Cleaner')).toContainText('Every 3 weeks');

  const plain = await plainPage(browser, server, person);
  await plain.goto(`/bills/${(await person.book()).bills[0].id}/edit`);
  await expect(plain.getByLabel('Weeks from one to the next')).toHaveValue('3');
  await plain.getByLabel('Weeks from one to the next').fill('5');
  await plain.getByRole('button', { name: 'Save', exact: true }).click();
  await expect.poll(async () => (await person.book()).bills.map((one) => one.repeats)).toEqual(['weeks-5']);
});

test('paying a bill makes exactly one record, even by a double click', async ({ page, person }) => {
  await monthly(person);
  await open(page, '/bills');
  await bill(page).getByRole('button', { name: 'Mark paid' }).dblclick();
  await expect(page.getByText(/Paid Rent/)).toBeVisible();
  await expect.poll(async () => (await person.records()).length).toBe(1);
  const records = await person.records();
  expect(records.map((record) => [record.payee, record.amount.minor, record.day])).toEqual([['Rent', 1_500_000, today()]]);
  await expect.poll(async () => await nextDue(person) > today(), 'the next one is due later').toBe(true);
  await expect(bill(page).getByRole('button', { name: 'Mark paid' })).toBeVisible();
});

test('a bill is paid once without JavaScript', async ({ browser, server, person }) => {
  await monthly(person);
  const page = await plainPage(browser, server, person);
  await page.goto('/bills');
  await bill(page).getByRole('button', { name: 'Mark paid' }).click();
  await expect(page).toHaveURL(/\/bills/);
  await expect.poll(() => person.records()).toHaveLength(1);
});

test('a payment that goes over a limit says so without JavaScript', async ({ browser, server, person }) => {
  await monthly(person);
  await person.limit('100');
  const page = await plainPage(browser, server, person);
  await page.goto('/bills');
  await bill(page).getByRole('button', { name: 'Mark paid' }).click();
  await expect(page.getByText('Bill paid.')).toBeVisible();
  await expect(page.getByTestId('budget-alert')).toContainText('Everything is over its limit');
});

test('a payment that is refused says why without JavaScript', async ({ browser, server, person }) => {
  await monthly(person);
  const page = await plainPage(browser, server, person);
  await page.goto('/bills');
  const [{ id }] = (await person.book()).bills;
  await person.call('pay_bill', { bill: id, due: today() });
  const [answer] = await Promise.all([
    page.waitForResponse((one) => one.request().method() === 'POST'),
    bill(page).getByRole('button', { name: 'Mark paid' }).click(),
  ]);
  expect(answer.status()).toBe(409);
  await expect(page.getByRole('alert').filter({ hasText: 'This bill was settled in the meantime.' })).toBeVisible();
  await expect.poll(() => person.records()).toHaveLength(1);
});

test('an edit of a bill that was paid meanwhile is refused, keeps what was typed, and opens no paid day', async ({ browser, server, person }) => {
  await monthly(person);
  const page = await plainPage(browser, server, person);
  const [{ id }] = (await person.book()).bills;
  await page.goto(`/bills/${id}/edit`);
  await page.getByLabel('Name', { exact: true }).fill('Rent and water');
  await person.call('pay_bill', { bill: id, due: today() });
  const [answer] = await Promise.all([page.waitForResponse((one) => one.request().method() === 'POST'), save(page)]);
  expect(answer.status()).toBe(409);
  await expect(page.getByRole('alert').filter({ hasText: 'changed elsewhere' })).toBeVisible();
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Rent and water');
  await expect.poll(async () => await nextDue(person) > today()).toBe(true);
});

test('a settled bill is edited and stays settled', async ({ page, person }) => {
  await monthly(person, { repeats: 'once' });
  const [{ id }] = (await person.book()).bills;
  await person.call('pay_bill', { bill: id, due: today() });
  await open(page, '/bills');
  await bill(page).getByRole('button', { name: 'Edit' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Rent of the old flat');
  await save(page);
  await expect(bill(page, 'Rent of the old flat').getByText('Paid', { exact: true })).toBeVisible();
  await expect.poll(() => nextDue(person)).toBeNull();
});

test('paying is taken back by Undo', async ({ page, person }) => {
  await monthly(person);
  await open(page, '/bills');
  await bill(page).getByRole('button', { name: 'Mark paid' }).click();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => nextDue(person)).toBe(today());
  await expect.poll(() => person.records()).toEqual([]);
});

test('skipping is taken back by Undo', async ({ page, person }) => {
  await monthly(person);
  await open(page, '/bills');
  await bill(page).getByRole('button', { name: 'Skip' }).click();
  await expect.poll(async () => await nextDue(person) > today()).toBe(true);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => nextDue(person)).toBe(today());
});

test('a deleted bill is brought back by Undo', async ({ page, person }) => {
  await monthly(person);
  await open(page, '/bills');
  await bill(page).getByRole('button', { name: 'Delete' }).click();
  await expect(bill(page)).toHaveCount(0);
  await expect.poll(async () => (await person.book()).bills).toEqual([]);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(bill(page)).toBeVisible();
  await expect.poll(() => nextDue(person)).toBe(today());
});

test('skipping a bill records nothing and goes on to the next day it is due', async ({ page, person }) => {
  await monthly(person);
  await open(page, '/bills');
  await bill(page).getByRole('button', { name: 'Skip' }).click();
  await expect(page.getByText(/Skipped Rent/)).toBeVisible();
  await expect.poll(async () => await nextDue(person) > today()).toBe(true);
  await expect.poll(() => person.records()).toEqual([]);
});

test('a bill ends on a day or after a number of times, and its amount can be an estimate', async ({ page, person }) => {
  await open(page, '/bills/new');
  await page.getByLabel('Name', { exact: true }).fill('Course');
  await page.getByLabel('Amount', { exact: true }).fill('2500');
  await page.getByLabel('It differs each time').check();
  await page.getByLabel('Due date', { exact: true }).fill(today());
  await expect(page.getByLabel('Times', { exact: true })).toBeHidden();
  await page.getByLabel('Ends', { exact: true }).selectOption('After a number of times');
  await expect(page.getByLabel('Until', { exact: true })).toBeHidden();
  await page.getByLabel('Times', { exact: true }).fill('0');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Enter a number from 1 to 999')).toBeVisible();
  await page.getByLabel('Times', { exact: true }).fill('2');
  await save(page);
  await expect(bill(page, 'Course').getByText('about ₹2,500.00')).toBeVisible();
  await expect(bill(page, 'Course').getByText('Every month, 2 times')).toBeVisible();
  for (const _ of [1, 2]) {
    const before = await nextDue(person);
    await bill(page, 'Course').getByRole('button', { name: 'Skip' }).click();
    await expect.poll(() => nextDue(person)).not.toBe(before);
  }
  await expect.poll(() => nextDue(person)).toBeNull();
});

test('an end is chosen without JavaScript', async ({ browser, server, person }) => {
  const page = await plainPage(browser, server, person);
  await page.goto('/bills/new');
  await page.getByLabel('Name', { exact: true }).fill('Course');
  await page.getByLabel('Amount', { exact: true }).fill('2500');
  await page.getByLabel('Due date', { exact: true }).fill(today());
  await page.getByLabel('Ends', { exact: true }).selectOption('On a day');
  await page.getByLabel('Until', { exact: true }).fill(today());
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(bill(page, 'Course')).toBeVisible();
  await bill(page, 'Course').getByRole('button', { name: 'Skip' }).click();
  await expect(page.getByText('Bill skipped.')).toBeVisible();
  await expect.poll(() => nextDue(person)).toBeNull();
});

test('another amount is paid on another day from a dialog, and taken back', async ({ page, person }) => {
  await monthly(person);
  await open(page, '/bills');
  await bill(page).getByRole('button', { name: 'Pay differently' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByLabel('Amount', { exact: true })).toHaveValue(/15,?000/);
  await expect(dialog.getByLabel('Paid on', { exact: true })).toHaveValue(today());
  await dialog.getByLabel('Amount', { exact: true }).fill('14250.50');
  await dialog.getByLabel('Paid on', { exact: true }).fill(dayAfter(-2));
  await dialog.getByRole('button', { name: 'Pay', exact: true }).dblclick();
  await expect(page.getByText(/Paid Rent · ₹14,250.50/)).toBeVisible();
  await expect(dialog).toBeHidden();
  await expect.poll(async () => (await person.records()).map((record) => [record.amount.minor, record.day])).toEqual([[1_425_050, dayAfter(-2)]]);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => nextDue(person)).toBe(today());
  await expect.poll(() => person.records()).toEqual([]);
});

test('another amount is paid without JavaScript', async ({ browser, server, person }) => {
  await monthly(person);
  const page = await plainPage(browser, server, person);
  await page.goto('/bills');
  await bill(page).getByRole('button', { name: 'Pay differently' }).click();
  await expect(page).toHaveURL(/\/bills\/.*\/pay\?due=/);
  await page.getByLabel('Amount', { exact: true }).fill('99');
  await page.getByRole('button', { name: 'Pay', exact: true }).click();
  await expect(page.getByText('Bill paid.')).toBeVisible();
  await expect.poll(async () => (await person.records()).map((record) => record.amount.minor)).toEqual([9_900]);
});

test('one due day is changed, and Mark paid takes its amount', async ({ page, person }) => {
  await monthly(person);
  await open(page, '/bills');
  await bill(page).getByRole('link', { name: 'Rent' }).click();
  await page.getByRole('link', { name: /^Change the one due/ }).first().click();
  await page.getByLabel('Amount', { exact: true }).fill('16000');
  await page.getByLabel('Due date', { exact: true }).fill(dayAfter(4));
  await page.getByRole('button', { name: 'Save this one' }).click();
  await page.waitForURL(/\/bills\/[0-9a-f-]+$/);
  await expect(page.locator('[data-minor="1600000"]')).toHaveCount(1);
  await expect(page.locator('[data-minor="1500000"]').first()).toBeVisible();
  await open(page, '/bills');
  await expect(bill(page).getByText('Due in 4 days')).toBeVisible();
  await bill(page).getByRole('button', { name: 'Mark paid' }).click();
  await expect(page.getByText(/Paid Rent · ₹16,000.00/)).toBeVisible();
  await expect.poll(async () => (await person.records())[0]?.amount.minor).toBe(1_600_000);
});

test('all later due days are changed, and the earlier ones stay', async ({ page, person }) => {
  await monthly(person);
  const [{ id }] = (await person.book()).bills;
  await open(page, `/bills/${id}`);
  await page.getByRole('link', { name: /^Change the one due/ }).nth(2).click();
  await page.getByRole('link', { name: 'Change all later ones too' }).click();
  await page.getByLabel('Amount', { exact: true }).fill('18000');
  await save(page);
  await expect(page.getByTestId('bill')).toHaveCount(2);
  const told = async () => {
    const bills = (await person.book()).bills.sort((a, b) => a.next_due.localeCompare(b.next_due));
    return { amounts: bills.map((one) => one.amount.minor), first: bills[0]?.next_due };
  };
  await expect.poll(told).toEqual({ amounts: [1_500_000, 1_800_000], first: today() });
});

test('the history tells what was paid and skipped', async ({ page, person }) => {
  await monthly(person);
  const [{ id, next_due: due }] = (await person.book()).bills;
  await person.call('pay_bill', { bill: id, due, amount: '14000', date: dayAfter(-1) });
  const next = await nextDue(person);
  await person.call('skip_bill', { bill: id, due: next });
  await open(page, `/bills/${id}`);
  const rows = page.getByTestId('settled');
  await expect(rows).toHaveCount(2);
  await expect(rows.nth(0)).toContainText('Skipped');
  await expect(rows.nth(1)).toContainText('₹14,000.00');
  await rows.nth(1).getByRole('link').click();
  await expect(page.getByLabel('Amount', { exact: true })).toHaveValue(/14,?000/);
});

test('what is due in 7 and 30 days stands against what is in the accounts', async ({ page, person }) => {
  await monthly(person, { due: dayAfter(5), repeats: 'once' });
  await monthly(person, { name: 'Gas', amount: '900', due: dayAfter(20), repeats: 'once' });
  await person.save({ kind: 'income', amount: '20000' });
  await open(page, '/bills');
  await expect(page.getByTestId('figure-due-7')).toHaveAttribute('data-minor', '1500000');
  await expect(page.getByTestId('figure-due-30')).toHaveAttribute('data-minor', '1590000');
  await expect(page.getByTestId('figure-left-after-bills')).toHaveAttribute('data-minor', '410000');
});

test('a month calendar names each due day, with and without JavaScript', async ({ page, browser, server, person }) => {
  await monthly(person, { due: '2027-01-31' });
  const plain = await plainPage(browser, server, person);
  await plain.goto('/bills?month=2027-02');
  await open(page, '/bills?month=2027-02');
  for (const one of [plain, page]) {
    await expect(one.locator('caption')).toHaveText('February 2027');
    await expect(one.getByTestId('calendar-due')).toContainText('Rent');
    await expect(one.locator('td', { has: one.getByTestId('calendar-due') }).locator('time')).toHaveAttribute('datetime', '2027-02-28');
    await one.getByRole('link', { name: /^Next month/ }).click();
    await expect(one.locator('caption')).toHaveText('March 2027');
    await expect(one.locator('td', { has: one.getByTestId('calendar-due') }).locator('time')).toHaveAttribute('datetime', '2027-03-31');
  }
});

/** The month so many months after this one, such as "2027-01". */
function monthAhead(months) {
  const day = new Date(`${today().slice(0, 7)}-01T12:00:00Z`);
  day.setUTCMonth(day.getUTCMonth() + months);
  return day.toISOString().slice(0, 7);
}

/** The events of a feed, the earliest first, as a reader that is not ours understands them. */
function eventsOf(text) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  const events = calendar.getAllSubcomponents('vevent').map((event) => new ICAL.Event(event));
  expect(events.every((event) => event.startDate.isDate), 'whole days, wherever the reader is').toBe(true);
  const read = events.map(({ uid, summary, startDate }) => ({ uid, summary, day: startDate.toString() }));
  return read.sort((a, b) => a.day.localeCompare(b.day));
}

/** The days of a month on which the calendar of the page has something due. */
async function daysMarked(page, server, month) {
  const html = await (await page.request.get(`${server.url}/bills?month=${month}`)).text();
  const cells = html.split('<td').filter((cell) => cell.includes('calendar-due'));
  return cells.map((cell) => /datetime="([\d-]+)"/.exec(cell)[1]).filter((day) => day.startsWith(month));
}

test('a calendar feed is made, shown once, copied and reset', async ({ page, context, server, person }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await monthly(person);
  await open(page, '/bills');
  await page.getByRole('button', { name: 'Create link' }).click();
  const link = await page.getByTestId('feed-link').inputValue();
  const path = new URL(link).pathname;
  await page.getByRole('button', { name: 'Copy link', exact: true }).click();
  await expect(page.getByText('Link copied')).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(link);
  const feed = await fetch(server.url + path);
  expect(feed.headers.get('content-type')).toContain('text/calendar');
  const events = eventsOf(await feed.text());
  expect(new Set(events.map(({ summary }) => summary))).toEqual(new Set(['Rent · ₹15,000.00']));
  expect(new Set(events.map(({ uid }) => uid)).size, 'each has an id of its own').toBe(events.length);
  // The months that a feed tells of from end to end: each of their days is one that the page marks, and no other.
  const months = Array.from({ length: 13 }, (_, ahead) => monthAhead(ahead));
  const told = events.map(({ day }) => day).filter((day) => months.includes(day.slice(0, 7)));
  const shown = await Promise.all(months.map((month) => daysMarked(page, server, month)));
  expect(told).toEqual(shown.flat());
  expect(told.length).toBeGreaterThanOrEqual(12);
  await open(page, '/bills');
  await expect(page.getByTestId('feed-link')).toHaveCount(0);
  await page.getByRole('button', { name: 'Reset link' }).click();
  await expect(page.getByTestId('feed-link')).toBeVisible();
  expect((await fetch(server.url + path)).status).toBe(404);
});

test('what was paid of an estimate is asked for, and reopened from the history', async ({ page, person }) => {
  await monthly(person, { estimated: 'on' });
  const [{ id }] = (await person.book()).bills;
  await open(page, `/bills/${id}`);
  await page.getByRole('button', { name: 'Mark paid' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByLabel('Amount', { exact: true })).toHaveValue(/15,?000/);
  await dialog.getByLabel('Amount', { exact: true }).fill('14800');
  await dialog.getByRole('button', { name: 'Pay', exact: true }).click();
  await expect.poll(async () => (await person.records()).map((record) => record.amount.minor)).toEqual([1_480_000]);
  await page.getByRole('button', { name: /^Reopen the one due/ }).click();
  await expect.poll(() => nextDue(person)).toBe(today());
  await expect.poll(() => person.records()).toEqual([]);
});

test('a bill that was settled long ago is found by its name', async ({ page, person }) => {
  await monthly(person, { name: 'Old course', due: '2019-02-28', repeats: 'once' });
  const [{ id }] = (await person.book()).bills;
  await person.call('skip_bill', { bill: id, due: '2019-02-28' });
  await open(page, '/bills');
  await expect(page.getByText('No open bills')).toBeVisible();
  await page.getByRole('link', { name: 'Settled bills' }).click();
  await page.getByTestId('settled-bill').getByRole('link', { name: 'Old course' }).click();
  await expect(page.getByRole('heading', { name: 'Old course' })).toBeVisible();
});
