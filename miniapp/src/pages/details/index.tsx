import { useRouter } from '@tarojs/taro';
import { useEffect } from 'react';
import { useJourney } from '../../journey';
import { Aside, leavePage } from '../../parts/frame';
import { Details } from '../../screens/details';

/** 业务详情, over the list: "back" of the phone leads back to it. */
export default function DetailsPage() {
  const { toDo = '', invited } = useRouter().params;
  const { view, isReady, isBusy } = useJourney();
  const isLost = !isBusy && isReady && !view;
  // Opened again without a journey: the entry comes first.
  useEffect(() => {
    if (isLost) leavePage();
  }, [isLost]);
  return <Aside>{view && <Details view={view} toDoId={toDo} isInvited={invited !== undefined} />}</Aside>;
}
