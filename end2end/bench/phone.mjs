// The first page on a phone: a slow processor and a slow network, by the browser's own emulation.

import { chromium } from '@playwright/test';
import config from '../playwright.config.mjs';
import { Person } from '../fixtures/person.mjs';
import { fillRecord, openDialog } from '../fixtures/records.mjs';
import { Server } from '../fixtures/server.mjs';
import { hydrated } from '../fixtures/test.mjs';
import { median } from './measure.mjs';

const RUNS = 5;

/** Of the person whose pages are loaded. */
const RECORDS = 40;

/** 1.6 Mbit/s down, 0.75 up, a round trip of 150 ms, and a fourth of this processor. */
const NETWORK = { offline: false, latency: 150, downloadThroughput: 1_600_000 / 8, uploadThroughput: 750_000 / 8 };
const SLOWER = 4;

/** What was emulated, in words. */
export const CONDITIONS = [
  `this machine's browser with a processor ${SLOWER} times as slow`,
  `${(NETWORK.downloadThroughput * 8) / 1e6} Mbit/s and a round trip of ${NETWORK.latency} ms`,
  `medians of ${RUNS} loads and saves by a person with ${RECORDS} records`,
].join('; ');

/** Notes when a figure stands in the page and when the page is interactive, in milliseconds from the start. */
function note() {
  window.seen = {};
  const look = () => {
    const { seen } = window;
    if (document.querySelector('[data-testid=figure-expenses]')) seen.figure ??= performance.now();
    if (document.documentElement?.dataset.hydrated === 'true') seen.interactive ??= performance.now();
  };
  new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-hydrated'] });
}

/** Loads the dashboard: `{ numbers, interactive, wire }`, milliseconds and kilobytes. */
async function load(page, devtools) {
  let bytes = 0;
  const count = ({ encodedDataLength }) => (bytes += encodedDataLength);
  devtools.on('Network.loadingFinished', count);
  await page.goto('/dashboard', { waitUntil: 'commit' });
  await hydrated(page);
  devtools.off('Network.loadingFinished', count);
  const seen = await page.evaluate(() => ({ ...window.seen, painted: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Infinity }));
  return { numbers: Math.max(seen.figure, seen.painted), interactive: seen.interactive, wire: bytes / 1000 };
}

/** Does something on a page of that size. */
async function onPhone(browser, person, deed) {
  const context = await browser.newContext({ baseURL: person.url, viewport: { width: 390, height: 844 }, hasTouch: true });
  try {
    await context.addCookies(person.browserCookies());
    const page = await context.newPage();
    return await deed(page, await context.newCDPSession(page));
  } finally {
    await context.close();
  }
}

/** From here on processor and network are as slow as a phone's. */
async function slowDown(devtools) {
  await devtools.send('Network.enable');
  await devtools.send('Network.emulateNetworkConditions', NETWORK);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
}

const coldAndWarm = (browser, person) => onPhone(browser, person, async (page, devtools) => {
  await page.addInitScript(note);
  await slowDown(devtools);
  const cold = await load(page, devtools);
  const warm = await load(page, devtools);
  return { ...cold, warm: warm.numbers };
});

/** From the press on Save to the row in the list, in milliseconds; `slow`: as on a phone. */
const listed = (browser, person, { payee, slow }) => onPhone(browser, person, async (page, devtools) => {
  const dialog = await openDialog(page);
  await fillRecord(dialog, { amount: '7', payee });
  if (slow) await slowDown(devtools);
  return dialog.getByRole('button', { name: 'Save', exact: true }).evaluate((button, payee) => new Promise((resolve) => {
    const start = performance.now();
    const isThere = () => [...document.querySelectorAll('[data-testid=record]')].some((row) => row.textContent.includes(payee));
    new MutationObserver((_, observer) => {
      if (!isThere()) return;
      observer.disconnect();
      resolve(performance.now() - start);
    }).observe(document, { subtree: true, childList: true });
    button.click();
  }), payee);
});

/** Medians: `{ numbers, interactive, wire, warm, listed, listedSlow }`. */
export async function measurePhone() {
  const server = await Server.start();
  let browser;
  try {
    browser = await chromium.launch(config.use.launchOptions);
    const loads = [];
    const saves = [];
    const slowSaves = [];
    for (let at = 0; at < RUNS; at += 1) {
      const person = await Person.signUp(server.url);
      for (let record = 0; record < RECORDS; record += 1) await person.save({ amount: String(10 + record) });
      loads.push(await coldAndWarm(browser, person));
      saves.push(await listed(browser, person, { payee: 'Just now' }));
      slowSaves.push(await listed(browser, person, { payee: 'On the way', slow: true }));
    }
    const of = (figure) => median(loads.map((one) => one[figure]));
    return {
      numbers: of('numbers'), interactive: of('interactive'), wire: of('wire'), warm: of('warm'),
      listed: median(saves), listedSlow: median(slowSaves),
    };
  } finally {
    await browser?.close();
    await server.stop();
  }
}
