import { View } from '@tarojs/components';
import Taro from '@tarojs/taro';
import { useEffect, useState } from 'react';
import { call, Refusal } from '../../api';
import type { ConsentList, Journey } from '../../api';
import { Notices, Row, Secondary } from '../../screens/parts';
import { timeOf, useTexts } from '../../texts';

/** What the person has agreed to, and taking it back: as easy as giving it was (个人信息保护法 art. 15). */
export default function ConsentsPage() {
  const texts = useTexts();
  const [list, setList] = useState<ConsentList>();
  const [trouble, setTrouble] = useState('');
  const load = async () => {
    const { id } = await call<Journey>('GET', '/api/journeys/current');
    setList(await call<ConsentList>('GET', `/api/journeys/${id}/consents`));
  };
  useEffect(() => {
    void load().catch(() => setTrouble(texts.noConsents));
  }, []);

  const withdraw = async (kind: string, onWithdrawal: string) => {
    const { confirm } = await Taro.showModal({
      title: texts.withdraw,
      content: onWithdrawal,
      confirmText: texts.withdraw,
      cancelText: texts.back,
    });
    if (!confirm) return;
    try {
      // Where the journey stands by now, not where it stood when this page was opened.
      const { id, revision } = await call<Journey>('GET', '/api/journeys/current');
      await call('POST', `/api/journeys/${id}/consents/${kind}/withdrawal`, { revision });
      await load();
    } catch (error) {
      setTrouble(error instanceof Refusal ? error.message : texts.offline);
    }
  };

  return (
    <View className="page body" role="main">
      <View className="screen-title" role="heading" aria-level={1}>
        {texts.consents}
      </View>
      {trouble && (
        <View className="notice" role="alert">
          {trouble}
        </View>
      )}
      {list && <Notices notices={list.notices} />}
      {list?.consents.map(({ kind, version, title, givenAt, withdrawnAt, onWithdrawal }) => (
        <View key={`${kind} ${givenAt}`} className="card">
          <View className="card-title">{title}</View>
          <Row label={texts.version}>{version}</Row>
          <Row label={texts.givenAt}>{timeOf(givenAt)}</Row>
          {withdrawnAt ? (
            <Row label={texts.withdrawnAt}>{timeOf(withdrawnAt)}</Row>
          ) : (
            <Secondary onTap={() => void withdraw(kind, onWithdrawal)}>{texts.withdraw}</Secondary>
          )}
        </View>
      ))}
    </View>
  );
}
