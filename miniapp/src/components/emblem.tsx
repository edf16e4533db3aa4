import { View } from '@tarojs/components';

/** Stands where the authority's own emblem would. Its name is beside it, so that screen readers pass over it. */
export function Emblem() {
  return <View className="emblem" />;
}
