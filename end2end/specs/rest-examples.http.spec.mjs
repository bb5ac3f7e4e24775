// The examples on the page about the REST API, run as they stand there.

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from '@playwright/test';
import { Person } from '../fixtures/person.mjs';
import { Server } from '../fixtures/server.mjs';

const run = promisify(execFile);

let server;
let person;
let page;

test.beforeAll(async () => {
  server = await Server.start();
  person = await Person.signUp(server.url);
  page = await (await fetch(`${server.url}/api/v1/docs`)).text();
});
test.afterAll(() => server.stop());

const SIGNS = { '&#34;': '"', '&quot;': '"', '&#39;': "'", '&lt;': '<', '&#60;': '<', '&gt;': '>', '&#62;': '>', '&amp;': '&', '&#38;': '&' };

/** What stands below the heading of the page, as a person copies it. */
function example(heading) {
  const [, text] = new RegExp(`<h3>${heading}</h3>\\s*<pre[^>]*><code>([\\s\\S]*?)</code>`).exec(page);
  return text.replace(/&(?:#\d+|\w+);/g, (sign) => SIGNS[sign] ?? sign);
}

const token = (scope) => person.call('create_token', { purpose: 'An example', scope, days: '30' });

/** Runs a program to its end; answers what it printed. */
async function runs(program, words, EXPENSO_TOKEN) {
  const env = { ...process.env, EXPENSO_TOKEN };
  return (await run(program, words, { env, timeout: 30_000 })).stdout;
}

async function needs(program) {
  const isHere = await run(program, ['--version']).then(() => true, () => false);
  test.skip(!isHere, `${program} is not installed`);
}

test('the example for curl adds a record, and once only', async () => {
  await needs('curl');
  const words = ['-c', example('curl')];
  const writes = await token('write');
  const first = JSON.parse(await runs('bash', words, writes));
  expect(first).toMatchObject({ amount: '12.50', payee: 'Tea stall', kind: 'expense' });
  expect(JSON.parse(await runs('bash', words, writes))).toEqual(first);
  expect((await person.records()).filter((record) => record.payee === 'Tea stall')).toHaveLength(1);
});

test('the example for Python adds a record and prints all there are', async () => {
  await needs('python3');
  const printed = await runs('python3', ['-c', example('Python')], await token('write'));
  expect(printed).toContain('12.50 INR Tea stall');
});

test('the example for Python says in words what is refused', async () => {
  await needs('python3');
  const refused = await runs('python3', ['-c', example('Python')], await token('read')).catch((error) => error);
  expect(refused.stderr).toContain('This token may only read.');
});
