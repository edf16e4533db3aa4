/** The content of a response, as Alipay documents it; without a `code` it is a success. */
export type Content = { code?: string; sub_code?: string } & Partial<Record<string, string | number>>;

export const ok = { code: '10000', msg: 'Success' } as const;

export function failed(sub_code: string, sub_msg = sub_code): Content {
  return { code: '40004', msg: 'Business Failed', sub_code, sub_msg };
}

export function missing(sub_code: string, sub_msg = sub_code): Content {
  return { code: '40001', msg: 'Missing Required Arguments', sub_code, sub_msg };
}

export const missingParameter = missing('isv.missing-parameter', 'a parameter is missing');

export function invalid(sub_code: string, sub_msg = sub_code): Content {
  return { code: '40002', msg: 'Invalid Arguments', sub_code, sub_msg };
}

export const notPermitted: Content = {
  code: '40006',
  msg: 'Insufficient Permissions',
  sub_code: 'isv.insufficient-isv-permissions',
  sub_msg: 'insufficient isv permissions',
};

export const invalidToken: Content = {
  code: '20001',
  msg: 'Insufficient Token Permissions',
  sub_code: 'aop.invalid-auth-token',
  sub_msg: 'invalid auth token',
};

export const unavailable: Content = {
  code: '20000',
  msg: 'Service Currently Unavailable',
  sub_code: 'aop.unknow-error',
  sub_msg: 'busy',
};
