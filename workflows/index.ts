// The workflows in the worker's bundle, each exported under the name of its type.
export { journey } from './journey';
export { matter } from './matter';
export { retention } from './retention';
export { sweep } from './sweep';
