export { RegistryApiError, RegistryUnreachable } from './api-error';
export type { Issue } from './api-error';
export { createRegistryClient } from './client';
export type {
  AuthorityContact,
  ClientSettings,
  DocumentType,
  FedEvent,
  Invitations,
  Matter,
  MatterStanding,
  RegistryClient,
} from './client';
export { createCallbackReceiver, memoryDeliveries, memoryNonces } from './receiver';
export type { Callback, DeliveryStore, NonceStore, ReceiverSettings } from './receiver';
export { CallbackRejected } from './signature';
export type { CallbackDefect, CallbackKey, SigningKey } from './signature';
