/** Both pages about batches, as one file: who opens the one comes to the other. */
export { BatchPage } from './batch';
export { NewBatch } from './new-batch';
