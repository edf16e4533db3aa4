import { View } from '@tarojs/components';
import Taro from '@tarojs/taro';
import type { LegalText } from '../api-contract';
import { legalBlocks } from '../legal-blocks';
import type { LegalBlock } from '../legal-blocks';
import { fillIn, useServerMessage, useTexts } from '../texts';
import { LinkButton } from './buttons';

/** A text of texts/legal/, without its title. */
export function LegalTextBody({ text }: { text: string }) {
  return (
    <>
      {legalBlocks(text).map((block, at) => (
        <Block key={at} block={block} />
      ))}
    </>
  );
}

function Block({ block }: { block: LegalBlock }) {
  switch (block.type) {
    case 'heading':
      return (
        <View className="legal-heading" role="heading" aria-level={3}>
          {block.text}
        </View>
      );
    case 'list':
      return (
        <View className="legal-list" role="list">
          {block.items.map((item) => (
            <View key={item} className="legal-item" role="listitem">
              {item}
            </View>
          ))}
        </View>
      );
    case 'paragraph':
      return <View className="legal-paragraph">{block.text}</View>;
  }
}

/** Opens a text at this version. */
export function LegalTextLink({
  text: { kind, version, title },
}: {
  text: Pick<LegalText, 'kind' | 'version' | 'title'>;
}) {
  const texts = useTexts();
  const serverMessage = useServerMessage();
  const open = () => void Taro.navigateTo({ url: `/pages/legal/index?kind=${kind}&version=${version}` });
  const label = fillIn(texts.read, { title: serverMessage(`title_${kind}`, title) });
  return <LinkButton onPress={open}>{label}</LinkButton>;
}
