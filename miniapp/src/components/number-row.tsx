import { View } from '@tarojs/components';
import Taro from '@tarojs/taro';
import { useId, useState } from 'react';
import { platform } from '../platform';
import { useTexts } from '../texts';
import { LinkButton } from './buttons';
import { Row } from './screen';

/** A number that the person may need elsewhere, and a button that copies it and then says so. */
export function NumberRow({ label, number }: { label: string; number: string }) {
  const texts = useTexts();
  const place = useId();
  const [state, setState] = useState<'copy' | 'copied' | 'notCopied'>('copy');
  const copy = async () => {
    try {
      await Taro.setClipboardData({ data: number });
      // In browsers Taro says it too, in Chinese only, and takes the focus away.
      Taro.hideToast();
      platform.focus(place);
      setState('copied');
    } catch {
      setState('notCopied');
    }
  };
  return (
    <Row label={label}>
      <View className="nowrap">{number}</View>
      <View id={place} role="status">
        <LinkButton onPress={() => void copy()}>{texts[state]}</LinkButton>
      </View>
    </Row>
  );
}
