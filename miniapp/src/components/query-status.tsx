import { View } from '@tarojs/components';
import { ApiError } from '../api-error';
import { useServerMessage, useTexts } from '../texts';
import type { Query } from '../use-query';
import { SecondaryButton } from './buttons';
import { Skeleton } from './skeleton';

/** Stands where something is not there yet: it is being read, or could not be read and can be tried again. */
export function QueryStatus({
  query: { error, reload },
  lines,
}: {
  query: Query<unknown>;
  /** About how many lines it will have. */
  lines?: number;
}) {
  const texts = useTexts();
  const serverMessage = useServerMessage();
  if (error === undefined) return <Skeleton lines={lines} />;
  const message = error instanceof ApiError ? serverMessage(error.code, error.message) : texts.offline;
  return (
    <View className="problem" role="alert">
      <View>{message}</View>
      <SecondaryButton onPress={reload}>{texts.retry}</SecondaryButton>
    </View>
  );
}
