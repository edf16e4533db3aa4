import { View } from '@tarojs/components';

/** A drawing beside its name, so that screen readers pass over it. @param name of a class in styles/icons.scss */
export function Icon({ name }: { name: string }) {
  return <View className={`icon icon-${name}`} />;
}
