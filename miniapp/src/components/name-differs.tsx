import { View } from '@tarojs/components';
import type { ToDoDetails } from '../api-contract';
import { useTexts } from '../texts';
import { Row } from './screen';

/** Why a matter can't be signed; in full, because the person has to find the difference. */
export function NameDiffers({ names }: { names: ToDoDetails['differingNames'] }) {
  const texts = useTexts();
  if (!names) return null;
  return (
    <View className="notice" role="alert">
      <View>{texts.nameDiffers}</View>
      <Row label={texts.nameInMatter}>{names.inMatter}</Row>
      <Row label={texts.nameOnDocument}>{names.onDocument}</Row>
    </View>
  );
}
