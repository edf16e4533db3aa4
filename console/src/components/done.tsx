import type { ReactNode } from 'react';
import { Alert } from 'antd';

/** Says that something has been done; screen readers read it at once. */
export function Done({ title, children }: { title: ReactNode; children?: ReactNode }) {
  return <Alert role="status" type="success" showIcon title={title} description={children} />;
}
