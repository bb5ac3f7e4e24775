// What Google's Lighthouse says of the pages that people open most, on its own emulated phone.

import { chromium } from '@playwright/test';
import lighthouse from 'lighthouse';
import config from '../playwright.config.mjs';
import { demo } from '../fixtures/demo.mjs';
import { Server, freePort } from '../fixtures/server.mjs';
import { median } from './measure.mjs';

const RUNS = 3;
const CATEGORIES = ['performance', 'accessibility', 'best-practices'];

/** Lighthouse's usual settings: a phone with a processor 4 times as slow, 1.6 Mbit/s and 150 ms, simulated. */
async function score(port, address, cookie) {
  const settings = { port, output: 'json', logLevel: 'error', onlyCategories: CATEGORIES, extraHeaders: cookie ? { Cookie: cookie } : {} };
  const { lhr } = await lighthouse(address, settings);
  const scores = CATEGORIES.map((name) => [name, Math.round(lhr.categories[name].score * 100)]);
  return { ...Object.fromEntries(scores), blocking: lhr.audits['total-blocking-time'].numericValue };
}

/** Medians by page: `{ '/dashboard': { performance, accessibility, 'best-practices', blocking } }`, scores of 100, blocking in ms. */
export async function measureLighthouse() {
  const server = await Server.start();
  const port = await freePort();
  const { args, ...options } = config.use.launchOptions;
  const browser = await chromium.launch({ ...options, args: [...args, `--remote-debugging-port=${port}`] });
  try {
    const { cookieHeader } = await demo(server);
    const pages = { '/dashboard': cookieHeader, '/records': cookieHeader, '/login': null };
    const answer = {};
    for (const [path, mine] of Object.entries(pages)) {
      const runs = [];
      for (let at = 0; at < RUNS; at += 1) runs.push(await score(port, server.url + path, mine));
      const figures = Object.keys(runs[0]).map((figure) => [figure, median(runs.map((run) => run[figure]))]);
      answer[path] = Object.fromEntries(figures);
    }
    return answer;
  } finally {
    await browser.close();
    await server.stop();
  }
}
