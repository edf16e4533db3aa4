import { View } from '@tarojs/components';
import Taro from '@tarojs/taro';
import type { ToDoDetails } from '../api-contract';
import { Pressable } from '../components/pressable';
import { Card } from '../components/screen';
import { formatSize, useTexts } from '../texts';
import type { Texts } from '../texts/zh-CN';

type ApplicationDocument = ToDoDetails['documents'][number];
type UploadedFile = NonNullable<ApplicationDocument['file']>;

/** 申请材料: those that were uploaded can be opened, the others are on paper. */
export function DocumentsCard({ toDo: { toDoId, documents } }: { toDo: ToDoDetails }) {
  const texts = useTexts();
  if (documents.length === 0) return null;
  return (
    <Card title={texts.documents}>
      {documents.map((one) => (
        <DocumentRow key={`${one.sha256} ${one.name}`} toDoId={toDoId} document={one} />
      ))}
      {documents.some(({ file }) => !file) && <View className="hint">{texts.documentOnPaperWhat}</View>}
    </Card>
  );
}

function DocumentRow({
  toDoId,
  document: { name, sha256, file },
}: {
  toDoId: string;
  document: ApplicationDocument;
}) {
  const texts = useTexts();
  const content = (
    <>
      <View className="text">{name}</View>
      <View className="document-what">{file ? describeFile(texts, file) : texts.documentOnPaper}</View>
    </>
  );
  if (!file) return <View className="document">{content}</View>;
  const open = () => void Taro.navigateTo({ url: `/pages/document/index?toDo=${toDoId}&sha256=${sha256}` });
  return (
    <Pressable as={View} className="document opens" onPress={open}>
      {content}
    </Pressable>
  );
}

/** Its type and size. */
export function describeFile({ fileTypes }: Texts, { mediaType, size }: UploadedFile): string {
  return `${fileTypes[mediaType]} · ${formatSize(size)}`;
}
