import { expect, test } from '@playwright/test';
import { PASSWORD, Person, freshEmail, newId } from '../fixtures/person.mjs';
import { BINARY, Server } from '../fixtures/server.mjs';

let server;
let person;

test.beforeAll(async () => {
  server = await Server.start();
  person = await Person.signUp(server.url);
});
test.afterAll(() => server.stop());

const get = (path, headers = {}) => fetch(server.url + path, { headers, redirect: 'manual' });

test('pages carry a strict policy and are kept by no cache', async () => {
  for (const path of ['/login', '/dashboard', '/records', '/nowhere']) {
    const { headers } = await person.fetch(path);
    const policy = headers.get('content-security-policy');
    expect(policy, path).toContain("default-src 'self'");
    expect(policy, path).toContain("frame-ancestors 'none'");
    expect(policy, path).toContain("object-src 'none'");
    expect(policy, path).toMatch(/script-src [^;]*'nonce-/);
    expect(policy, path).not.toContain('unsafe-inline');
    expect(policy, path).not.toContain("'unsafe-eval'");
    expect(headers.get('x-content-type-options'), path).toBe('nosniff');
    expect(headers.get('referrer-policy'), path).toBeTruthy();
    expect(headers.get('cache-control'), path).toContain('no-store');
  }
});

test('each page has a nonce of its own', async () => {
  const nonce = async () => /'nonce-([^']+)'/.exec((await get('/login')).headers.get('content-security-policy'))[1];
  expect(await nonce()).not.toBe(await nonce());
});

test('hashed files are kept for ever', async () => {
  const html = await (await get('/login')).text();
  const files = [...html.matchAll(/\/pkg\/[\w.-]+\.(?:js|css|wasm)/g)].map(([file]) => file);
  expect(files.length).toBeGreaterThan(2);
  for (const file of new Set(files)) {
    const answer = await get(file);
    expect(answer.status, file).toBe(200);
    expect(answer.headers.get('cache-control'), file).toMatch(/immutable/);
    expect(answer.headers.get('vary'), file).toMatch(/accept-encoding/i);
  }
});

test('the session cookie cannot be read by scripts or sent by other sites', async () => {
  const body = new URLSearchParams({ 'form[email]': person.email, 'form[password]': PASSWORD });
  const answer = await fetch(`${server.url}/api/log_in`, { method: 'POST', body, headers: { origin: server.url } });
  const cookies = answer.headers.getSetCookie();
  expect(cookies.length).toBeGreaterThan(0);
  for (const cookie of cookies) {
    expect(cookie).toMatch(/HttpOnly/i);
    expect(cookie).toMatch(/SameSite=Lax/i);
    expect(cookie).toMatch(/Path=\//i);
  }
});

test('a post from another site changes nothing', async () => {
  const fields = await person.recordFields({ payee: 'from elsewhere' });
  for (const origin of ['https://evil.example', 'null', `${server.url}0`]) {
    const body = new URLSearchParams(Object.entries(fields).map(([name, value]) => [`form[${name}]`, value]));
    const answer = await person.fetch('/api/save_record', { method: 'POST', body, headers: { origin } });
    expect(answer.status, origin).toBe(403);
    expect(await answer.text(), origin).toContain('Open Expenso itself and try again.');
  }
  expect(await person.records()).toEqual([]);
});

test('who is signed out is answered 401 by every call', async () => {
  const stranger = new Person(server.url);
  const fields = await person.recordFields();
  for (const [endpoint, form] of [['load_book', {}], ['save_record', fields], ['save_profile', { name: 'Somebody' }], ['delete_record', { id: fields.id }]]) {
    expect((await stranger.post(endpoint, form)).status, endpoint).toBe(401);
  }
  expect(await person.records()).toEqual([]);
});

test('a call is a post of a form or of JSON, and its answer is never a redirect', async () => {
  for (const type of ['text/plain', 'application/xml']) {
    const answer = await person.fetch('/api/save_record', { method: 'POST', body: 'form[amount]=5', headers: { 'content-type': type } });
    expect(answer.status, type).toBe(415);
  }
  expect((await person.fetch('/api/save_record')).status).toBe(405);
  expect((await person.fetch('/api/nothing')).status).toBe(404);
  const refused = await person.fetch('/api/save_record', {
    method: 'POST', body: new URLSearchParams({ 'form[amount]': 'x' }), headers: { accept: 'text/html', referer: `${server.url}/records` },
  });
  expect([refused.status, refused.headers.get('location')]).toEqual([422, null]);
});

test('the secret of a link is told to no other page', async () => {
  for (const path of ['/reset?token=x', '/confirm?token=x']) {
    expect((await get(path)).headers.get('referrer-policy'), path).toBe('no-referrer');
  }
});

test('nobody reaches the records of another person', async () => {
  const { records: [mine] } = await person.save({ payee: 'mine' });
  const other = await Person.signUp(server.url);
  const gone = await other.post('delete_record', { id: mine.id });
  const never = await other.post('delete_record', { id: newId() });
  expect([gone.status, await gone.text()], 'as if it did not exist').toEqual([never.status, await never.text()]);
  const headers = { 'content-type': 'application/json' };
  const found = await other.fetch('/api/find_record', { method: 'POST', headers, body: JSON.stringify({ id: mine.id }) });
  expect(found.status).toBe(404);
  const theirs = await other.recordFields({ account: mine.account });
  expect((await other.post('save_record', theirs)).ok).toBe(false);
  expect(await other.records()).toEqual([]);
  expect((await person.records()).map((record) => record.payee)).toEqual(['mine']);
  await person.call('delete_record', { id: mine.id });
});

test('a body that is too large is refused with 413', async () => {
  const answer = await person.fetch('/api/save_record', { method: 'POST', body: new URLSearchParams({ 'form[note]': 'x'.repeat(200_000) }) });
  expect(answer.status).toBe(413);
});

test('guessing passwords is slowed down with 429 and Retry-After', async () => {
  const victim = await Person.signUp(server.url);
  const guesser = new Person(server.url);
  let answer;
  for (let at = 0; at < 60 && answer?.status !== 429; at += 1) {
    answer = await guesser.post('log_in', { email: victim.email, password: `guess number ${at}`, next: '' });
  }
  expect(answer.status).toBe(429);
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
});

test('forgetting a password tells nobody who has an account', async () => {
  const answers = [];
  for (const email of [person.email, freshEmail()]) {
    const answer = await new Person(server.url).post('forgot', { email });
    answers.push([answer.status, await answer.text()]);
  }
  expect(answers[0]).toEqual(answers[1]);
  expect(answers[0][0]).toBe(200);
});

test('health is told and metrics are off unless asked for', async () => {
  expect((await get('/health/live')).status).toBe(200);
  expect((await get('/health/ready')).status).toBe(200);
  expect((await get('/metrics')).status).toBe(404);
});

test('hidden files and folders above the site are not served', async () => {
  for (const path of ['/.env', '/pkg/', '/pkg/../../secret.key', '/%2e%2e/secret.key', '/pkg/%2e%2e/%2e%2e/secret.key']) {
    expect((await get(path)).status, path).toBe(404);
  }
});

test('whoever finds a hole is told whom to tell', async () => {
  const answer = await get('/.well-known/security.txt');
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/plain; charset=utf-8']);
  const text = await answer.text();
  expect(text).toMatch(/^Contact: (?:mailto|https):\S+$/m);
  const [, expires] = /^Expires: (\S+)$/m.exec(text);
  expect(new Date(expires).toISOString()).toBe(expires);
});

test('an optimised program has nothing of development', async () => {
  test.skip(!/[\\/]release[\\/]/.test(BINARY), 'this is a development build');
  for (const path of ['/styleguide', '/styleguide/', '/live_reload']) {
    expect((await get(path)).status, path).toBe(404);
    expect((await person.fetch(path)).status, path).toBe(404);
  }
  const page = await (await get('/login')).text();
  expect(page).not.toMatch(/live_reload|WebSocket|ws:\/\//);
});
