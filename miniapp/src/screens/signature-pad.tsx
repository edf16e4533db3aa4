import { Canvas, View } from '@tarojs/components';
import Taro from '@tarojs/taro';
import { useEffect, useRef, useState } from 'react';
import type { Point, Signature } from '../../../domain/signature';
import { useJourney } from '../journey';
import { Secondary } from '../parts/actions';
import { platform } from '../platform';
import type { Place } from '../platform/contract';
import { fromPad, isSamePlacement, penOn, placementOf, withStroke } from '../signature';
import type { Pad, Pen } from '../signature';
import { useTexts } from '../texts';

const ID = 'signature-pad';

/**
 * 签字区: strokes with their timing are what is sent; what is drawn here only shows them. Upright first; across the whole screen, for
 * a phone that is held sideways, by choice.
 */
export function SignaturePad({
  signature,
  onChange,
}: {
  signature: Signature;
  onChange: (signature: Signature) => void;
}) {
  const texts = useTexts();
  const { forgetAgain } = useJourney();
  const canvas = useRef<{ node: HTMLCanvasElement; context: CanvasRenderingContext2D; pad: Pad }>();
  const pen = useRef<Pen>();
  const stroke = useRef<Point[]>();
  const begun = useRef(0);
  const [isTurned, setTurned] = useState(false);
  const [isReady, setReady] = useState(false);
  const { strokes } = signature;
  // What is drawn follows the finger late: the next stroke may begin before.
  const latest = useRef(signature);
  latest.current = signature;

  /** Takes the measure of the canvas, which is new, was turned, or has another size; what was written is kept. */
  const open = () => {
    const query = Taro.createSelectorQuery();
    query.select(`#${ID}`).node();
    query.select(`#${ID}`).boundingClientRect();
    query.exec(([found, box]: [{ node?: HTMLCanvasElement }?, { width: number; height: number }?]) => {
      const context = found?.node?.getContext('2d');
      if (!found?.node || !context || !box || box.width === 0) return;
      const pad = { width: box.width, height: box.height, isTurned };
      canvas.current = { node: found.node, context, pad };
      redraw(latest.current);
      setReady(true);
    });
  };
  const redraw = (all: Signature) => {
    if (!canvas.current) return;
    const { node, context, pad } = canvas.current;
    const { pixelRatio } = Taro.getSystemInfoSync();
    pen.current = penOn(context, node, pad, placementOf(all, pad), pixelRatio);
    pen.current.draw(all.strokes);
  };
  const reopen = useRef(open);
  reopen.current = open;
  // Alipay says when a canvas is ready; elsewhere, and after a turn, it is as soon as it is drawn.
  useEffect(() => {
    setReady(false);
    Taro.nextTick(() => reopen.current());
  }, [isTurned]);
  useEffect(() => platform.onResize(() => reopen.current()), []);

  const pointAt = (place: Place): Point | undefined => {
    if (!canvas.current) return undefined;
    const { pad } = canvas.current;
    return fromPad(pad, placementOf(latest.current, pad), place, Date.now() - begun.current);
  };
  // One hand writes; another one, or the palm that lies on the screen, changes nothing of it.
  const down = (place: Place): boolean => {
    if (stroke.current) return false;
    if (latest.current.strokes.length === 0) begun.current = Date.now();
    const point = pointAt(place);
    if (!point) return false;
    stroke.current = [point];
    pen.current?.down(point);
    return true;
  };
  const move = (place: Place) => {
    const point = pointAt(place);
    if (!stroke.current || !point) return;
    stroke.current.push(point);
    pen.current?.move(point);
  };
  const keep = (next: Signature) => {
    forgetAgain();
    latest.current = next;
    onChange(next);
  };
  const put = (next: Signature) => {
    redraw(next);
    keep(next);
  };
  const up = () => {
    const written = stroke.current;
    stroke.current = undefined;
    if (!written || !canvas.current) return;
    const { pad } = canvas.current;
    const next = withStroke(latest.current, written, pad);
    const isWhereItWas = isSamePlacement(placementOf(latest.current, pad), placementOf(next, pad));
    (isWhereItWas ? keep : put)(next);
  };

  return (
    <View className={isTurned ? 'pad-screen' : 'card'} role="group" aria-label={texts.pad}>
      <Canvas
        type="2d"
        id={ID}
        className="pad"
        data-strokes={isReady ? strokes.length : undefined}
        disableScroll
        {...platform.writing({ down, move, up })}
        // Alipay only, and in no other's types.
        {...{ onReady: () => reopen.current() }}
      />
      <View className="pad-tools">
        <Secondary
          disabled={strokes.length === 0}
          onTap={() => put({ ...signature, strokes: strokes.slice(0, -1) })}
        >
          {texts.undo}
        </Secondary>
        <Secondary disabled={strokes.length === 0} onTap={() => put({ ...signature, strokes: [] })}>
          {texts.clear}
        </Secondary>
        <Secondary onTap={() => setTurned(!isTurned)}>{isTurned ? texts.upright : texts.sideways}</Secondary>
      </View>
    </View>
  );
}
