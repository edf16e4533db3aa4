import type { CanvasTouchEvent } from '@tarojs/components';
import Taro from '@tarojs/taro';

/** What the mini-program was opened with. */
export function launchQuery(name: string): string | undefined {
  const { query } = Taro.getLaunchOptionsSync() as { query?: Record<string, string> };
  return query?.[name];
}

/** In mini-programs a touch says itself where on the canvas it is. */
export function placeFromEvent(event: CanvasTouchEvent): { x: number; y: number } | undefined {
  const [touch] = event.touches as { x?: number; y?: number }[];
  return touch?.x === undefined || touch.y === undefined ? undefined : { x: touch.x, y: touch.y };
}

export async function savePicture(url: string): Promise<void> {
  const { tempFilePath } = await Taro.downloadFile({ url });
  await Taro.saveImageToPhotosAlbum({ filePath: tempFilePath });
}

export function onNetwork(changed: (isThere: boolean) => void): () => void {
  const heard = ({ isConnected }: { isConnected: boolean }) => changed(isConnected);
  Taro.onNetworkStatusChange(heard);
  return () => Taro.offNetworkStatusChange(heard);
}
