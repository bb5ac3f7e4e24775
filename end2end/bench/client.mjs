// A lean HTTP client of one person: connections stay open, and answers are read to their end.

import { Agent, request } from 'node:http';

export class Client {
  /** `person`: whose cookies are sent and kept; nobody's where none is given. */
  constructor(url, person) {
    Object.assign(this, { url: new URL(url), person, agent: new Agent({ keepAlive: true }) });
  }

  /** Answers how many bytes came, and their text; fails unless it went well. */
  ask(method, path, body = '', headers = {}) {
    const { promise, resolve, reject } = newPromise();
    const options = {
      agent: this.agent, method, path, host: this.url.hostname, port: this.url.port,
      headers: { origin: this.url.origin, cookie: this.person?.cookieHeader ?? '', 'content-length': Buffer.byteLength(body), ...headers },
    };
    const sent = request(options, (answer) => {
      const chunks = [];
      answer.on('data', (chunk) => chunks.push(chunk));
      answer.on('error', reject);
      answer.on('end', () => {
        const bytes = Buffer.concat(chunks);
        this.person?.takeCookies(answer.headers['set-cookie'] ?? []);
        if (answer.statusCode === 200) resolve({ length: bytes.length, bytes });
        else reject(new Error(`${method} ${path} answered ${answer.statusCode}: ${bytes}`));
      });
    });
    sent.on('error', reject);
    sent.end(body);
    return promise;
  }

  get(path, headers) {
    return this.ask('GET', path, '', headers);
  }

  /** Calls a server function by form, as a page does. */
  form(endpoint, body) {
    return this.ask('POST', `/api/${endpoint}`, String(body), { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' });
  }

  /** Calls a server function that reads JSON. */
  json(endpoint, value) {
    return this.ask('POST', `/api/${endpoint}`, JSON.stringify(value), { accept: 'application/json', 'content-type': 'application/json' });
  }

  close() {
    this.agent.destroy();
  }
}

function newPromise() {
  const parts = {};
  parts.promise = new Promise((resolve, reject) => Object.assign(parts, { resolve, reject }));
  return parts;
}
