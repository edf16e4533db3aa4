import { useRouter } from '@tarojs/taro';
import { useEffect, useRef } from 'react';
import { useJourney } from '../../journey';
import { Aside, leavePage } from '../../parts/frame';
import { Details } from '../../screens/details';

/** 业务详情, over the list: "back" of the phone leads back to it, and so does whatever is decided. */
export default function DetailsPage() {
  const { id = '', invited } = useRouter().params;
  const { view, isReady, isBusy } = useJourney();
  const opened = useRef<number>();
  opened.current ??= view?.revision;
  // Opened again without a journey: the entry comes first.
  const isLost = !isBusy && isReady && !view;
  const hasMoved = view !== undefined && view.revision !== opened.current;
  useEffect(() => {
    if (isLost || hasMoved) leavePage();
  }, [isLost, hasMoved]);
  return <Aside>{view && <Details view={view} toDoId={id} isInvited={invited !== undefined} />}</Aside>;
}
