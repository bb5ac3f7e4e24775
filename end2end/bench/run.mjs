// How fast the finished program answers: `node bench/run.mjs [records …]`. Writes RESULTS.md beside itself.

import { writeFile } from 'node:fs/promises';
import { today } from '../fixtures/person.mjs';
import { aims } from './aims.mjs';
import { measureBook } from './book.mjs';
import { measureLighthouse } from './lighthouse.mjs';
import { machine } from './machine.mjs';
import { measurePhone } from './phone.mjs';
import { report } from './report.mjs';

const USUAL = [1000, 10_000, 100_000, 1_000_000];

function sizes(words) {
  const wanted = words.map(Number);
  if (wanted.some((size) => !Number.isInteger(size) || size < 1)) throw new Error('give sizes in records, such as: 1000 100000');
  return (wanted.length ? wanted : USUAL).toSorted((a, b) => a - b);
}

const books = [];
for (const size of sizes(process.argv.slice(2))) {
  console.log(`a book of ${size} records …`);
  const book = await measureBook(size);
  console.table({ ...book.bare, ...book.deeds });
  books.push(book);
}
console.log('the first page on a phone …');
const phone = await measurePhone().catch((error) => ({ failed: error.message.split('\n')[0] }));
console.log('Lighthouse …');
const lighthouse = await measureLighthouse().catch((error) => ({ failed: error.message.split('\n')[0] }));
const text = report({ books, aims: aims(books, phone, lighthouse), lighthouse, machine: machine(), day: today() });
const file = new URL('RESULTS.md', import.meta.url).pathname;
await writeFile(file, text);
console.log(`\n${text}\nThis is kept in ${file}`);
