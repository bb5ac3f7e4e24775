import { Agent, request } from 'node:http';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from '@playwright/test';
import { tell } from '../fixtures/full.mjs';
import { Person } from '../fixtures/person.mjs';
import { sqlite } from '../fixtures/python.mjs';
import { scanned } from '../fixtures/scanned.mjs';
import { SITE, Server } from '../fixtures/server.mjs';

/** What tells of insides: SQL, where code stands, what panicked, folders of the machine. */
const INSIDES = /\bselect\b.{1,200}\bfrom\b|\binsert into\b|no such (?:table|column)|(?:relation|column) \S+ does not exist|syntax error|\b(?:sqlite|sqlx|sqlstate|postgres)\b|\.rs\b|panicked|backtrace|stack trace|\bat line \d|expenso-end2end-|\/(?:home|root|tmp|usr|var|work)\//is;

/** What an answer says, without the random letters of its nonces. */
const said = (body) => body.replaceAll(/nonce="[^"]*"/g, '');

/** How many ask at once. */
const SCANNERS = 16;

const agent = new Agent({ keepAlive: true, maxSockets: SCANNERS });
test.afterAll(() => agent.destroy());

/** Asks for a path exactly as it stands. */
function get(server, url, cookie = '') {
  const { hostname: host, port } = new URL(server.url);
  return new Promise((resolve, reject) => {
    const sent = request({ agent, host, port, path: url, headers: { cookie, accept: 'text/html' } }, async (answer) => {
      resolve({ url, status: answer.statusCode, kind: answer.headers['content-type'] ?? '', body: said(await text(answer)) });
    });
    sent.on('error', reject).end();
  });
}

/** Whether an answer says in words, or as the application reads it, that there is nothing; only programs ask for figures. */
const isFriendly = ({ url, kind, body }) => (url === '/metrics' && body === '') || (kind.startsWith('text/html') ? body.includes('<main') : /json/.test(kind));

test('thousands of names that scanners try are answered with a friendly 404, signed in or not', async () => {
  test.setTimeout(180_000);
  const server = await Server.start();
  try {
    const person = await Person.signUp(server.url);
    const site = (await readdir(path.join(SITE, 'pkg'))).filter((name) => !/\.(?:br|gz)$/.test(name));
    const paths = scanned(site);
    expect(paths.length).toBeGreaterThan(5000);
    for (const cookie of ['', person.cookieHeader]) {
      const answers = [];
      const left = [...paths];
      await Promise.all(Array.from({ length: SCANNERS }, async () => {
        while (left.length > 0) answers.push(await get(server, left.pop(), cookie));
      }));
      const served = answers.filter((answer) => answer.status !== 404).map(({ url, status }) => `${status} ${url}`);
      const talkative = answers.filter(({ body }) => INSIDES.test(body)).map(({ url, body }) => `${url}: ${INSIDES.exec(body)[0]}`);
      const unfriendly = answers.filter((answer) => !isFriendly(answer)).map(({ url, kind }) => `${url}: ${kind}`);
      expect({ served, talkative, unfriendly }).toEqual({ served: [], talkative: [], unfriendly: [] });
      expect(answers.length).toBe(paths.length);
    }
    tell('scanned', { paths: paths.length });
  } finally {
    await server.stop();
  }
});

test('a server whose database is broken says so in words, and nothing of its insides', async () => {
  const server = await Server.start();
  try {
    const person = await Person.signUp(server.url);
    const fields = await person.recordFields();
    // As after a repair that went wrong: every statement on records fails.
    await sqlite(server.database, 'alter table records rename to lost_records');
    const answers = [
      ...(await Promise.all(['/dashboard', '/records', '/reports'].map((page) => person.fetch(page, { headers: { accept: 'text/html' } })))),
      await person.post('save_record', fields),
      await person.post('load_book'),
    ];
    const bodies = await Promise.all(answers.map(async (answer) => said(await answer.text())));
    for (const [at, { status, url }] of answers.entries()) {
      expect(status, url).toBe(500);
      expect(bodies[at], url).toMatch(/reference/);
      expect(bodies[at], url).not.toMatch(INSIDES);
    }
  } finally {
    await server.stop();
  }
});
