import { Image, View } from '@tarojs/components';
import { useEffect, useState } from 'react';
import { useTexts } from '../texts';
import { SecondaryButton } from './buttons';

/** What another device scans. @param label what it is, for people who do not see it */
export function QrCode({ content, label }: { content: string; label: string }) {
  const texts = useTexts();
  const [picture, setPicture] = useState<string>();
  const [hasFailed, setFailed] = useState(false);
  useEffect(() => {
    if (hasFailed) return undefined;
    let isWanted = true;
    // Browsers load what draws the code when the first code is shown, which fails without a network.
    import('../qr-picture').then(
      ({ qrPicture }) => isWanted && setPicture(qrPicture(content)),
      () => isWanted && setFailed(true),
    );
    return () => {
      isWanted = false;
    };
  }, [content, hasFailed]);
  if (hasFailed)
    return (
      <View className="problem" role="alert">
        <View>{texts.qrCodeNotShown}</View>
        <SecondaryButton onPress={() => setFailed(false)}>{texts.retry}</SecondaryButton>
      </View>
    );
  if (picture === undefined) return null;
  return (
    <Image
      className="qr-code"
      src={picture}
      {...{ role: 'img', 'aria-label': label }}
      nativeProps={{ alt: label }}
    />
  );
}
