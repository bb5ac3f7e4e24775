// Taking one's data along, and leaving.

import { readFile } from 'node:fs/promises';
import { inflateRawSync } from 'node:zlib';

import { PASSWORD } from '../fixtures/person.mjs';
import { tooWide, violations } from '../fixtures/looks.mjs';
import { expect, open, test } from '../fixtures/test.mjs';

/** The files of a zip archive, by name, as its central directory lists them. */
function unzip(bytes) {
  const files = {};
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [size, name, extra, comment] = [bytes.readUInt32LE(at + 20), ...[28, 30, 32].map((offset) => bytes.readUInt16LE(at + offset))];
    const head = bytes.readUInt32LE(at + 42);
    const data = head + 30 + bytes.readUInt16LE(head + 26) + bytes.readUInt16LE(head + 28);
    files[bytes.toString('utf8', at + 46, at + 46 + name)] = inflateRawSync(bytes.subarray(data, data + size)).toString();
    at += 46 + name + extra + comment;
  }
  return files;
}

test('all data is taken along in one file', async ({ page, person }) => {
  await person.save({ payee: 'Corner shop', amount: '12.50', tags: 'goa' });
  await open(page, '/settings');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export my data' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^expenso-\d{4}-\d\d-\d\d\.zip$/);
  const files = unzip(await readFile(await file.path()));
  const all = JSON.parse(files['expenso.json']);
  expect(all.records.map((record) => [record.payee, record.amount.minor])).toEqual([['Corner shop', 1250]]);
  expect(files['records.csv']).toContain(',Corner shop,,goa,-12.50,');
});

test('an account is deleted in seven days, unless its owner keeps it', async ({ page, person }) => {
  await open(page, '/settings');
  await page.getByRole('button', { name: 'Delete my account' }).click();
  await expect(page.getByRole('heading', { name: 'Delete my account' })).toBeVisible();
  expect(await tooWide(page)).toBe(0);
  expect(await violations(page)).toEqual([]);
  const form = page.getByRole('form', { name: 'Delete my account' });
  await form.getByLabel('Password').fill('not this one at all');
  await form.getByRole('button', { name: 'Delete my account' }).click();
  await expect(page.getByText('This is not your password')).toBeVisible();
  await form.getByLabel('Password').fill(person.password ?? PASSWORD);
  await form.getByRole('button', { name: 'Delete my account' }).click();
  const banner = page.getByRole('complementary', { name: 'Your account will be deleted' });
  await expect(banner).toContainText(/will be deleted on \d+ \w+ \d{4}/);
  expect(await violations(page)).toEqual([]);
  await open(page, '/dashboard');
  await banner.getByRole('button', { name: 'Keep my account' }).click();
  await page.waitForURL('**/settings');
  await expect(page.getByRole('button', { name: 'Delete my account' })).toBeVisible();
  await expect(banner).toHaveCount(0);
});
