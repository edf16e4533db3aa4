// What the worker's bundle holds: every workflow type by its name.
export { journey } from './journey';
export { matter } from './matter';
export { retention } from './retention';
export { sweep } from './sweep';
