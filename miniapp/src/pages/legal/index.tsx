import { View } from '@tarojs/components';
import { useRouter } from '@tarojs/taro';
import { useEffect, useState } from 'react';
import { call } from '../../api';
import type { LegalText } from '../../api';

/** A text to agree to, at the version in force. */
export default function LegalPage() {
  const { kind = '' } = useRouter().params;
  const [text, setText] = useState<LegalText>();
  useEffect(() => {
    void call<LegalText>('GET', `/api/legal-texts/${kind}`).then(setText);
  }, [kind]);
  if (!text) return null;
  return (
    <View className="page body" role="main">
      <View className="screen-title" role="heading" aria-level={1}>
        {text.title}
      </View>
      <View className="card">
        {text.text
          .split('\n')
          .slice(1)
          .filter(Boolean)
          .map((line) => (
            <View key={line} className="text">
              {line}
            </View>
          ))}
      </View>
    </View>
  );
}
