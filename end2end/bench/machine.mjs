// Where the figures come from, without names.

import { execFileSync } from 'node:child_process';
import { statfsSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir, totalmem, type, release, arch } from 'node:os';
import { BINARY } from '../fixtures/server.mjs';

const DISKS = { 0xef53: 'ext4', 0x1021994: 'tmpfs', 0x794c7630: 'overlay', 0x9123683e: 'btrfs', 0x58465342: 'xfs', 0x2fc12fc1: 'zfs' };

const said = (program, ...words) => execFileSync(program, words, { encoding: 'utf8' }).trim();

/** A line of facts each: what, and what it is. */
export function machine() {
  const disk = statfsSync(tmpdir()).type;
  return [
    ['Processor', `${availableParallelism()} cores, ${cpus()[0]?.model.trim() || arch()}`],
    ['Memory', `${(totalmem() / 2 ** 30).toFixed(1)} GiB`],
    ['System', `${type()} ${release().split('-')[0]} on ${arch()}`],
    ['Data on', DISKS[disk] ?? `file system ${disk.toString(16)}`],
    ['Program', said(BINARY, '--version')],
    ['Compiler', said('rustc', '--version').replace(/ \(.*/, '')],
    ['Client', `Node.js ${process.version.slice(1)} on the same machine`],
  ];
}
