import { Image, View } from '@tarojs/components';
import { useState } from 'react';
import { fillIn, useTexts } from '../texts';
import { SecondaryButton } from './buttons';

/** As wide as the page, and times that. */
const ZOOMS = [1, 1.5, 2, 3, 4] as const;

/** A picture that can be made larger, and then moved by finger, wheel or arrow keys within its frame. */
export function ZoomPicture({ source, name }: { source: string; name: string }) {
  const texts = useTexts();
  const [at, setAt] = useState(0);
  const zoom = ZOOMS[at] ?? 1;
  // Taro's types know no keys.
  const forKeys: object = { tabIndex: 0 };
  return (
    <>
      <View className="zoom-tools">
        <SecondaryButton disabled={at === ZOOMS.length - 1} onPress={() => setAt(at + 1)}>
          {texts.zoomIn}
        </SecondaryButton>
        <SecondaryButton disabled={at === 0} onPress={() => setAt(at - 1)}>
          {texts.zoomOut}
        </SecondaryButton>
        <SecondaryButton disabled={at === 0} onPress={() => setAt(0)}>
          {texts.zoomReset}
        </SecondaryButton>
      </View>
      <View className="hint" role="status">
        {fillIn(texts.zoomedTo, { percent: zoom * 100 })}
      </View>
      <View className="zoom-frame" role="region" aria-label={name} {...forKeys}>
        <Image
          className="zoom-picture"
          mode="widthFix"
          src={source}
          style={{ width: `${zoom * 100}%` }}
          {...{ role: 'img', 'aria-label': name }}
          nativeProps={{ alt: name }}
        />
      </View>
    </>
  );
}
