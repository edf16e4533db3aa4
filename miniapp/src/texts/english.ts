// What a reader of English needs. In browsers it is a script of its own, which readers of Chinese never load.
export { en } from './en';
export { serverMessagesInEnglish } from './server-messages.en';
