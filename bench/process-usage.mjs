import { readFileSync } from 'node:fs';

// USER_HZ is 100 on every Linux that Node supports.
const TICK_MS = 10;

/** CPU time that a process has used, in milliseconds. @param {number} pid */
export function cpuTimeOf(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}

/** Memory that a process holds, in KB. @param {number} pid */
export function memoryOf(pid) {
  const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes);
}
