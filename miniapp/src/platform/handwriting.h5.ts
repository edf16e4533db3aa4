import type { CanvasProps } from '@tarojs/components';
import type { Place, StrokeListener } from './contract';

/** Browsers have the same events for fingers, pens and mice. iOS before version 13 has touch events only. */
export function strokeHandlers(listener: StrokeListener): CanvasProps {
  return 'PointerEvent' in window ? pointerHandlers(listener) : touchHandlers(listener);
}

/** The canvas captures the pointer that writes, so that it gets its events wherever the pointer goes. */
function pointerHandlers(listener: StrokeListener): object {
  return {
    onPointerDown(event: PointerEvent) {
      if (event.button !== 0 || !listener.down(placeOf(event, event.pressure, event.target))) return;
      // Otherwise a mouse selects the text beside the pad.
      event.preventDefault();
      (event.target as Element).setPointerCapture(event.pointerId);
    },
    onPointerMove(event: PointerEvent) {
      const canvas = event.target as Element;
      if (!canvas.hasPointerCapture(event.pointerId)) return;
      listener.move(placeOf(event, event.pressure, canvas));
      // A finger that crosses the edge comes back, but a mouse or a pen has left. If another mouse button is held, the release of
      // the left one arrives as a move.
      const hasLeft = event.pointerType !== 'touch' && isOutside(event, canvas);
      if (hasLeft || (event.buttons & 1) === 0) canvas.releasePointerCapture(event.pointerId);
    },
    // The pointer was lifted or has left, or the system has taken it.
    onLostPointerCapture: () => listener.up(),
  };
}

function touchHandlers(listener: StrokeListener): object {
  const withPlace = (tell: (place: Place) => unknown) => (event: TouchEvent) => {
    const [touch] = Array.from(event.touches);
    if (touch) tell(placeOf(touch, touch.force, event.target));
  };
  const onLift = ({ touches }: TouchEvent) => {
    if (touches.length === 0) listener.up();
  };
  return {
    onTouchStart: withPlace(listener.down),
    onTouchMove: withPlace(listener.move),
    onTouchEnd: onLift,
    onTouchCancel: onLift,
  };
}

interface OnScreen {
  clientX: number;
  clientY: number;
}

/** It is measured at each event, because the canvas moves with the page. */
function placeOf({ clientX, clientY }: OnScreen, pressure: number, canvas: EventTarget | null): Place {
  const { left, top } = (canvas as Element).getBoundingClientRect();
  // Devices that feel no pressure always report 0, 0.5 or 1 (Pointer Events, section 4.1).
  const isFelt = ![0, 0.5, 1].includes(pressure);
  return { x: clientX - left, y: clientY - top, ...(isFelt && { pressure }) };
}

function isOutside({ clientX, clientY }: OnScreen, canvas: Element): boolean {
  const { left, right, top, bottom } = canvas.getBoundingClientRect();
  return clientX < left || clientX > right || clientY < top || clientY > bottom;
}
