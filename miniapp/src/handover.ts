import { platform } from './platform';

const HANDOVER = 'handover';

/** Keeps the code with which this phone was opened by the QR code of a computer: signing in leaves the page and its address. */
export function keepHandover(): void {
  const code = platform.handover?.takeCode();
  if (code) platform.tabStorage.write(HANDOVER, code);
}

export function keptHandover(): string | undefined {
  return platform.tabStorage.read(HANDOVER);
}

export function forgetHandover(): void {
  platform.tabStorage.remove(HANDOVER);
}
