import { Canvas, View } from '@tarojs/components';
import type { CanvasTouchEvent, ITouchEvent } from '@tarojs/components';
import Taro from '@tarojs/taro';
import { useEffect, useRef, useState } from 'react';
import type { Point, Stroke } from '../signature';
import { useTexts } from '../texts';
import { Secondary } from './parts';

interface Pad {
  context: CanvasRenderingContext2D;
  width: number;
  height: number;
}

const ID = 'signature-pad';

/** 签字区: strokes with their timing are what is sent; what is drawn here only shows them. */
export function SignaturePad({
  strokes,
  onChange,
}: {
  strokes: readonly Stroke[];
  onChange: (strokes: Stroke[], pad: { width: number; height: number }) => void;
}) {
  const texts = useTexts();
  const pad = useRef<Pad>();
  const current = useRef<Stroke>();
  const begun = useRef(0);
  const [isReady, setReady] = useState(false);

  const open = () => {
    const query = Taro.createSelectorQuery();
    query.select(`#${ID}`).node();
    query.select(`#${ID}`).boundingClientRect();
    query.exec(
      ([found, box]: [
        { node?: HTMLCanvasElement } | undefined,
        { width: number; height: number } | undefined,
      ]) => {
        const context = found?.node?.getContext('2d');
        if (!found?.node || !context || !box) return;
        const { width, height } = box;
        const ratio = Taro.getSystemInfoSync().pixelRatio;
        found.node.width = width * ratio;
        found.node.height = height * ratio;
        context.scale(ratio, ratio);
        context.lineCap = 'round';
        context.lineJoin = 'round';
        context.strokeStyle = '#111';
        pad.current = { context, width, height };
        redraw(strokes);
        setReady(true);
      },
    );
  };
  // Alipay says when a canvas is ready; elsewhere it is as soon as it is shown.
  useEffect(() => {
    if (process.env.TARO_ENV !== 'alipay') setTimeout(open, 100);
  }, []);

  function redraw(all: readonly Stroke[]): void {
    if (!pad.current) return;
    pad.current.context.clearRect(0, 0, pad.current.width, pad.current.height);
    for (const stroke of all) for (let at = 1; at < stroke.length; at += 1) draw(stroke, at);
  }

  /** One piece of a stroke, thinner the faster it was drawn. */
  function draw(stroke: Stroke, at: number): void {
    const [from, to] = [stroke[at - 1], stroke[at]];
    if (!pad.current || !from || !to) return;
    const speed = Math.hypot(to[0] - from[0], to[1] - from[1]) / Math.max(1, to[2] - from[2]);
    const { context } = pad.current;
    context.lineWidth = Math.max(2, 5 - speed * 2);
    context.beginPath();
    context.moveTo(from[0], from[1]);
    context.lineTo(to[0], to[1]);
    context.stroke();
  }

  /** Measured at each touch: a page that slides in or is turned moves the pad. */
  function placeOf(event: CanvasTouchEvent | ITouchEvent): Point | undefined {
    const touch = event.touches[0] as
      { x?: number; y?: number; clientX: number; clientY: number } | undefined;
    if (!touch) return undefined;
    const time = Date.now() - begun.current;
    if (touch.x !== undefined && touch.y !== undefined && process.env.TARO_ENV !== 'h5') {
      return [touch.x, touch.y, time];
    }
    const box = document.getElementById(ID)?.getBoundingClientRect();
    return box && [touch.clientX - box.left, touch.clientY - box.top, time];
  }

  const isWithin = ([x, y]: Point) =>
    pad.current && x >= 0 && y >= 0 && x <= pad.current.width && y <= pad.current.height;

  const start = (event: CanvasTouchEvent) => {
    if (strokes.length === 0) begun.current = Date.now();
    const place = placeOf(event);
    current.current = place && isWithin(place) ? [place] : undefined;
  };
  const move = (event: CanvasTouchEvent) => {
    const place = placeOf(event);
    if (!current.current || !place || !isWithin(place)) return;
    current.current.push(place);
    draw(current.current, current.current.length - 1);
  };
  const end = () => {
    const stroke = current.current;
    current.current = undefined;
    if (stroke && pad.current) onChange([...strokes, stroke], pad.current);
  };
  const put = (next: Stroke[]) => {
    redraw(next);
    if (pad.current) onChange(next, pad.current);
  };

  return (
    <View className="card">
      <Canvas
        type="2d"
        id={ID}
        className="pad"
        {...{ role: 'img', 'aria-label': texts.pad }}
        data-strokes={isReady ? strokes.length : undefined}
        disableScroll
        onTouchStart={start}
        onTouchMove={move}
        onTouchEnd={end}
        // Alipay only, and in no other's types.
        {...{ onReady: open }}
      />
      <View className="pad-tools">
        <Secondary disabled={strokes.length === 0} onTap={() => put(strokes.slice(0, -1))}>
          {texts.undo}
        </Secondary>
        <Secondary disabled={strokes.length === 0} onTap={() => put([])}>
          {texts.clear}
        </Secondary>
      </View>
    </View>
  );
}
