import { prepared } from '../prepared';

/** The folder with the mini-program as it is built for WeChat. */
export function weappBuild(): string {
  return prepared('weapp');
}
