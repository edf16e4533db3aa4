import { passwordDefect } from '../../domain/clerks';
import { ApiError } from '../errors';

/** @throws ApiError that says at `path` why a clerk may not have this password */
export function rejectWeak(path: string, password: string, login: string): void {
  const code = passwordDefect(password, login);
  if (code) throw new ApiError('invalid', { issues: [{ path, code }] });
}
