import { Canvas, View } from '@tarojs/components';
import Taro from '@tarojs/taro';
import { useEffect, useRef, useState } from 'react';
import { SecondaryButton } from '../components/buttons';
import { useJourney } from '../journey';
import { platform } from '../platform';
import type { Place } from '../platform/contract';
import { fromPad, isSamePlacement, penOn, placementOf, withStroke } from '../signature';
import type { Ink, Pad, Pen, Point, Signature } from '../signature';
import { useTexts } from '../texts';

const ID = 'signature-pad';

/**
 * 签字区. The strokes with their timing are what is sent; the drawing only shows them, and the line and the words behind it are no
 * part of them. At first the pad stands upright; the person can turn it, so that it covers the whole screen of a phone that is held
 * sideways.
 */
export function SignaturePad({ ink, onChange }: { ink: Ink; onChange: (ink: Ink) => void }) {
  const texts = useTexts();
  const { markEdited } = useJourney();
  const canvas = useRef<{ node: HTMLCanvasElement; context: CanvasRenderingContext2D; pad: Pad }>();
  const pen = useRef<Pen>();
  const stroke = useRef<Point[]>();
  const beganAt = useRef(ink.beganAt);
  const [isTurned, setTurned] = useState(false);
  const [isReady, setReady] = useState(false);
  const [isWriting, setWriting] = useState(false);
  const { strokes } = ink;
  // The next stroke may begin before React has drawn the last one.
  const latest = useRef<Signature>(ink);
  latest.current = ink;

  /** Measures the canvas, which is new, was turned, or has another size, and draws the signature on it again. */
  const prepare = () => {
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
  const latestPrepare = useRef(prepare);
  latestPrepare.current = prepare;
  // In browsers, and after a turn, the canvas is ready as soon as it is drawn. Alipay calls onReady.
  useEffect(() => {
    setReady(false);
    Taro.nextTick(() => latestPrepare.current());
  }, [isTurned]);
  useEffect(() => platform.onResize(() => latestPrepare.current()), []);

  const pointAt = (place: Place): Point | undefined => {
    if (!canvas.current) return undefined;
    const { pad } = canvas.current;
    return fromPad(pad, placementOf(latest.current, pad), place, Date.now() - beganAt.current);
  };
  // While one finger writes, another one or the palm on the screen changes nothing.
  const down = (place: Place): boolean => {
    if (stroke.current) return false;
    if (latest.current.strokes.length === 0) beganAt.current = Date.now();
    const point = pointAt(place);
    if (!point) return false;
    stroke.current = [point];
    setWriting(true);
    pen.current?.down(point);
    return true;
  };
  const move = (place: Place) => {
    const point = pointAt(place);
    if (!stroke.current || !point) return;
    stroke.current.push(point);
    pen.current?.move(point);
  };
  const change = (next: Signature) => {
    markEdited();
    latest.current = next;
    onChange({ ...next, beganAt: beganAt.current });
  };
  const changeAndRedraw = (next: Signature) => {
    redraw(next);
    change(next);
  };
  const up = () => {
    const written = stroke.current;
    stroke.current = undefined;
    setWriting(false);
    if (!written || !canvas.current) return;
    const { pad } = canvas.current;
    const next = withStroke(latest.current, written, pad);
    const isSame = isSamePlacement(placementOf(latest.current, pad), placementOf(next, pad));
    (isSame ? change : changeAndRedraw)(next);
  };

  return (
    <View className={isTurned ? 'pad-screen' : 'pad-card'} role="group" aria-label={texts.pad}>
      <View className="pad-paper">
        <View className="pad-baseline" />
        {strokes.length === 0 && !isWriting && <View className="pad-prompt">{texts.signHere}</View>}
        <Canvas
          type="2d"
          id={ID}
          className="pad"
          data-strokes={isReady ? strokes.length : undefined}
          disableScroll
          {...platform.strokeHandlers({ down, move, up })}
          // Only Alipay has this event, and Taro's types do not.
          {...{ onReady: () => latestPrepare.current() }}
        />
      </View>
      <View className="pad-tools">
        <SecondaryButton
          disabled={strokes.length === 0}
          onPress={() => changeAndRedraw({ ...ink, strokes: strokes.slice(0, -1) })}
        >
          {texts.undo}
        </SecondaryButton>
        <SecondaryButton
          disabled={strokes.length === 0}
          onPress={() => changeAndRedraw({ ...ink, strokes: [] })}
        >
          {texts.clear}
        </SecondaryButton>
        <SecondaryButton onPress={() => setTurned(!isTurned)}>
          {isTurned ? texts.upright : texts.sideways}
        </SecondaryButton>
      </View>
    </View>
  );
}
