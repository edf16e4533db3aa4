import { useRouter } from '@tarojs/taro';
import { useEffect, useRef } from 'react';
import { leavePage, SubPage } from '../../components/frame';
import { useJourney } from '../../journey';
import { Details } from '../../screens/details';

/** 业务详情, over the list. The phone's “back” leads to the list, and so does every decision. */
export default function DetailsPage() {
  const { id = '', invited } = useRouter().params;
  const { view, isReady, isBusy } = useJourney();
  const openedAt = useRef<number>();
  openedAt.current ??= view?.revision;
  // The page was opened again without a journey: the person must begin at the entry.
  const isLost = !isBusy && isReady && !view;
  const hasMoved = view !== undefined && view.revision !== openedAt.current;
  useEffect(() => {
    if (isLost || hasMoved) leavePage();
  }, [isLost, hasMoved]);
  return <SubPage>{view && <Details view={view} toDoId={id} isInvited={invited !== undefined} />}</SubPage>;
}
