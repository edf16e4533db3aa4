import { View } from '@tarojs/components';
import { useEffect, useState } from 'react';
import { call } from '../../api';
import type { Support } from '../../api';
import { useTexts } from '../../texts';

/** 【技术支持】: where to ask, and what is asked often. */
export default function SupportPage() {
  const texts = useTexts();
  const [support, setSupport] = useState<Support>();
  useEffect(() => {
    void call<Support>('GET', '/api/support').then(setSupport);
  }, []);
  if (!support) return <View className="working">{texts.working}</View>;
  return (
    <View className="page body" role="main">
      <View className="screen-title" role="heading" aria-level={1}>
        {texts.supportTitle}
      </View>
      <View className="card">
        <View className="card-title">{support.account}</View>
        {support.howTo.map((line) => (
          <View key={line} className="text">
            {line}
          </View>
        ))}
      </View>
      <View className="screen-title" role="heading" aria-level={2}>
        {texts.questions}
      </View>
      {support.questions.map(({ question, answer }) => (
        <View key={question} className="card">
          <View className="card-title">{question}</View>
          <View className="text">{answer}</View>
        </View>
      ))}
    </View>
  );
}
