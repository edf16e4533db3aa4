import { prepared } from '../prepared';

/** The folder with the mini-program as it is built for Alipay. */
export function alipayBuild(): string {
  return prepared('alipay');
}
